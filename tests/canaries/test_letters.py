"""Every letter that the product sends says what is for its reader, and nothing else.

A letter is written by its operation, sent by the outbox, and read whole: subject, text, HTML,
headers, what is attached.
"""

import ast
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from wagtail.models import WorkflowState

from intranet.accounts.operations import reset_second_factor
from intranet.digest.operations import write_deadline_letters, write_weekly_letters
from intranet.invitations import operations as invitations
from intranet.joining import operations as joining
from intranet.joining.models import JoinRequest
from intranet.network.models import Membership
from intranet.notifications.models import Letter
from pages.charter.models import CharterVersion
from pages.charter.operations import publish_version
from pages.contact.operations import record_answer
from pages.news import acknowledging, truth
from pages.news.models import NewsPage
from pages.signatures import operations as signatures
from pages.signatures.models import Signature, State
from surveys.campaigns import operations as campaigns
from surveys.campaigns.models import Participation
from surveys.responses import operations as responses
from surveys.responses.models import Draft
from tests.canaries.planting import (
    ADMINISTRATOR,
    ANIMATOR,
    ASKING,
    ASSOCIATION,
    CONTRIBUTOR,
    EDITOR,
    INVITED,
    MEMBERS,
    OTHER,
    REPRESENTATIVE,
    STAFF,
    WRITERS,
    Audience,
    Canary,
)
from tests.canaries.reading import text_of
from tests.canaries.world import World
from tests.letters import send_letters
from tests.people import NOW, TODAY

pytestmark = pytest.mark.django_db

DAY: Final = timedelta(days=1)


# -- Who reads a letter ----------------------------------------------------------------------


def readers_of(world: World, address: str) -> Audience | None:
    """The roles in whose name a letter box is read; None for a box of nobody's we know."""
    things = world.things
    for role, person in world.roles:
        if person is not None and person.email == address:
            return frozenset({role})
    boxes: dict[str, Audience] = {
        # Of the association and of the working group, as the contributor is.
        things["colleague"].email: frozenset({CONTRIBUTOR}),
        things["own"].email: ASSOCIATION,
        things["hidden"].email: frozenset({OTHER}),
        things["form"].recipients: WRITERS,
        things["invitation"].email: frozenset({INVITED}),
        things["asker"].email: frozenset({ASKING}),
    }
    return boxes.get(address)


def may_be_told(canary: Canary, readers: Audience | None, address: str) -> bool:
    if canary.text in address:
        return True
    return readers is not None and readers <= canary.audience


def words_of(letter: EmailMessage) -> str:
    """All that leaves: what the mail server is given, unfolded and decoded, files included."""
    message = letter.message()
    said = [f"{name}: {value}" for name, value in letter.extra_headers.items()]
    said += [letter.subject, str(message["Subject"]), *letter.to, *letter.cc, *letter.bcc]
    for part in message.walk():
        content = part.get_payload(decode=True)
        said.append(text_of(content) if isinstance(content, bytes) else "")
        said.append(part.get_filename() or "")
    return "\n".join(said)


def leaks_in(world: World, letters: Iterable[EmailMessage]) -> list[str]:
    found = []
    for letter in letters:
        [address] = letter.recipients()
        readers = readers_of(world, address)
        for number in sorted(world.birds.heard_in(words_of(letter))):
            if not may_be_told(world.birds[number], readers, address):
                found.append(f"{address} was sent {world.birds[number]} in {letter.subject!r}")
    return found


# -- What has each letter written --------------------------------------------------------------


def weekly(world: World) -> None:
    write_weekly_letters(on=TODAY + DAY, at=NOW)


def deadlines(world: World) -> None:
    Participation.objects.filter(campaign__slug="bilan-2026").update(invited_at=NOW - 3 * DAY)
    for ahead in range(30):
        write_deadline_letters(on=TODAY + ahead * DAY, at=NOW)


def invitation_to_join(world: World) -> None:
    """Written when the world was made, and again: the first link opens nothing any more."""
    things = world.things
    invitations.resend(invitation=things["invitation"], by=world.person(ANIMATOR), at=NOW)


def members(world: World) -> None:
    own, at = world.things["own"], NOW
    theirs = {one.user_id: one for one in own.memberships.select_related("user")}
    first = theirs[world.person(REPRESENTATIVE).pk]
    invitations.hand_over(
        membership=first, to=theirs[world.things["colleague"].pk], leaves=False, at=at
    )
    contributor = theirs[world.person(CONTRIBUTOR).pk]
    invitations.remove_member(membership=contributor, keeps_representative=True, at=at)


def asked_to_join(world: World) -> None:
    """Somebody is let in, leaves, asks again, and is refused."""
    birds, asker, own, at = world.birds, world.things["asker"], world.things["own"], NOW
    readers = STAFF | {REPRESENTATIVE, ASKING}
    opened = JoinRequest.objects.get(user=asker, state=JoinRequest.State.OPEN)
    by = world.person(REPRESENTATIVE)
    membership = joining.accept(request=opened, role=Membership.Role.CONTRIBUTOR, by=by, at=at)
    send_letters(at=at)
    membership.delete()
    word = birds.text("a word for the association", readers)
    again = joining.ask(user=asker, association=own, word=word, at=at)
    send_letters(at=at)
    joining.refuse(request=again, answer=birds.text("why not", readers), by=by, at=at)


def second_factor(world: World) -> None:
    reset_second_factor(user=world.person(CONTRIBUTOR), by=world.person(ADMINISTRATOR), at=NOW)


def lost_password(world: World) -> None:
    for role, person in world.roles:
        if person is not None and role != CONTRIBUTOR:
            EmailAddress.objects.get_or_create(user=person, email=person.email, primary=True)
    client = Client()
    for address in (world.person(EDITOR).email, world.things["colleague"].email):
        assert client.post("/compte/password/reset/", {"email": address}).status_code == 302


def read_news(world: World) -> None:
    """What waits was said to wait when it was handed in; it is refused, then published."""
    page = NewsPage.objects.get(slug__startswith="canari", association=world.things["own"])
    state = WorkflowState.objects.get(object_id=str(page.pk))
    send_letters(at=NOW)
    state.current_task_state.reject(user=world.person(ANIMATOR), comment="Une date ?")
    send_letters(at=NOW)
    state = WorkflowState.objects.get(pk=state.pk)
    state.resume(user=world.person(CONTRIBUTOR))
    state = WorkflowState.objects.get(pk=state.pk)
    state.current_task_state.approve(user=world.person(EDITOR))


def acknowledged(world: World) -> None:
    """Closed items ask too, and only those who may read them are reminded."""
    for page in NewsPage.objects.live():
        page.acknowledge_by = TODAY + 9 * DAY
        page.save()
        page.acknowledgements.all().delete()
        page.reminders.all().delete()
        acknowledging.remind(page=page, at=NOW)


def still_true(world: World) -> None:
    for page in NewsPage.objects.live():
        truth.ask(page=page, at=NOW + DAY)


def form_answer(world: World) -> None:
    secret = world.birds.text("an answer to a form", WRITERS)
    form = world.things["form"]
    record_answer(page=form, data={"message": secret}, ticket="un-billet", at=NOW)


def signed(world: World) -> None:
    by, at = world.person(ANIMATOR), NOW
    hidden = world.things["hidden"]
    signatures.ask_for_correction(
        association=hidden, comment=world.birds.text("what to correct", MEMBERS), by=by, at=at
    )
    send_letters(at=at)
    Signature.objects.filter(association=hidden).update(state=State.REQUESTED)
    signatures.validate(association=hidden, by=by, at=at)
    send_letters(at=at)
    publish_version(reason="Une phrase plus claire.", by=world.person(EDITOR), at=at)
    newest = CharterVersion.objects.latest("number")
    signatures.ask_to_confirm(version=newest, at=at)
    signatures.remind(by=by, at=at + 2 * DAY)


def asked_to_answer(world: World) -> None:
    campaigns.open_due_campaigns(at=NOW + timedelta(hours=1))


def ready(world: World) -> None:
    for draft in Draft.objects.exclude(participation=None):
        # Nothing is asked any more: what is there is all that there is to say.
        draft.document = {}
        draft.save()
        responses.tell_ready(key=draft.pk, by=world.person(CONTRIBUTOR), at=NOW)


def receipt(world: World) -> None:
    for draft in Draft.objects.exclude(participation=None):
        draft.document = {}
        draft.save()
        by = draft.updated_by
        responses.submit_response(key=draft.key if hasattr(draft, "key") else draft.pk, by=by,
                                  at=NOW)  # fmt: skip


WRITTEN: Final[dict[Callable[[World], None], set[str]]] = {
    weekly: {"weekly-letter"},
    deadlines: {"weekly-letter"},
    invitation_to_join: {"invitation"},
    members: {"representative-handed-over", "membership-ended"},
    asked_to_join: {"join-request", "join-refused", "join-accepted"},
    second_factor: {"second-factor-reset"},
    lost_password: {"account/password_reset_key"},
    read_news: {"news-changes", "news-to-read", "news-published"},
    acknowledged: {"news-acknowledge"},
    still_true: {"news-still-true"},
    form_answer: {"form-answer"},
    signed: {
        "signature-to-correct", "signature-validated", "signature-to-confirm",
        "signature-reminder",
    },
    asked_to_answer: {"invitation"},
    ready: {"response-ready"},
    receipt: {"receipt"},
}  # fmt: skip


@pytest.fixture
def boxes(world: World) -> None:
    """Associations have a letter box too."""
    own = world.things["own"]
    own.email = "bonjour@tisserands.example"
    own.save()


@pytest.mark.parametrize("write", WRITTEN, ids=lambda write: write.__name__)
def test_each_letter_tells_what_is_for_its_reader(
    world: World, boxes: None, write: Callable[[World], None]
) -> None:
    write(world)
    send_letters(at=NOW + 3 * DAY)

    assert not Letter.objects.filter(state=Letter.State.WAITING).exists()
    sent = set(Letter.objects.filter(state=Letter.State.SENT).values_list("kind", flat=True))
    assert sent >= WRITTEN[write]
    assert leaks_in(world, mail.outbox) == []


def test_no_kind_of_letter_is_forgotten() -> None:
    """A letter that a room begins to send has to be written here too."""
    kinds = {
        word.value.value
        for room in (settings.BASE_DIR / app for app in ("intranet", "pages", "surveys"))
        for file in (*room.rglob("notifications.py"), *room.rglob("operations.py"))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and any(word.arg == "subject" for word in call.keywords)
        for word in call.keywords
        if word.arg == "kind" and isinstance(word.value, ast.Constant)
    }

    assert len(kinds) > 12
    assert kinds - {kind for sent in WRITTEN.values() for kind in sent} == set()
