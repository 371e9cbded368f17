"""A network with at least one of everything, and a canary in every private field of it.

To add an object: make it in one of the functions of `build`, with `birds.fields(Model, audience)`
for its fields, then give the addresses that name it to `tests/canaries/addresses.py`.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from wagtail.documents import get_document_model
from wagtail.models import Page

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.digest.models import DigestEntry, DigestLetter, DigestPreference
from intranet.files.models import HeldPicture, Picture
from intranet.imports.models import ImportRun
from intranet.invitations.models import Invitation
from intranet.invitations.queries import fingerprint
from intranet.jobs.models import Job, WorkerPool
from intranet.joining.models import JoinRequest
from intranet.network.models import Association, Membership, Territory, Theme, WorkingGroup
from intranet.network.operations import join, save_working_group
from intranet.notifications.models import Letter, SilentAddress
from intranet.search.models import Synonyms
from intranet.search.operations import rebuild
from pages.agenda.models import AgendaPage, EventPage
from pages.agenda.operations import make_calendar_address
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.charter.importing import import_charter
from pages.charter.markdown import read_markdown
from pages.charter.models import ArticlePage, CharterPage
from pages.charter.queries import latest_version
from pages.charter.structure import read_charter
from pages.contact.fields import FieldKind
from pages.contact.models import FormAnswer, FormField, FormIndexPage, FormPage
from pages.home.operations import lay_site
from pages.information.models import InformationIndexPage, InformationPage
from pages.news import moderation, truth
from pages.news.models import (
    Acknowledgement,
    AcknowledgementReminder,
    NewsIndexPage,
    NewsPage,
    NewsSettings,
    TruthQuestion,
)
from pages.resources.models import ResourceIndexPage, ResourcePage
from pages.signatures.models import Signature, State, Step
from surveys.campaigns.models import Campaign, Participation
from surveys.exports.models import Export
from surveys.questionnaires.builder import blocks_of
from surveys.questionnaires.definition import Definition, Question, Section
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import (
    draft_from_definition,
    freeze_definition,
    publish_questionnaire,
)
from surveys.responses.models import Draft, Response, Trial, Upload
from tests.canaries.planting import (
    ADMINISTRATOR,
    ANIMATOR,
    ASSOCIATION,
    CONTRIBUTOR,
    EDITOR,
    EDITORS,
    GROUP,
    INACTIVE,
    LEFT,
    MACHINE,
    MEMBERS,
    NOBODY,
    NONE,
    OTHER,
    PARTNER,
    REPRESENTATIVE,
    STAFF,
    WRITERS,
    Audience,
    Aviary,
)
from tests.conftest import make_person
from tests.people import NOW, TODAY

DAY = datetime.timedelta(days=1)
ASKED = STAFF | ASSOCIATION | {OTHER}
NO_SCREEN = "no screen shows it: it is for the machine, or leaves in a letter"

CHARTER = """# Charte

## Article 1 : Agir ensemble

Nous habitons les mêmes rues.

Nous nous engageons à :

- ouvrir nos portes
- nous entraider
"""


@dataclass
class World:
    birds: Aviary = field(default_factory=Aviary)
    people: dict[str, User | None] = field(default_factory=dict)
    # What no query finds again: what a test names, and the keys that open something.
    things: dict[str, Any] = field(default_factory=dict)

    def person(self, role: str) -> User:
        found = self.people[role]
        assert found is not None
        return found

    @property
    def roles(self) -> Iterator[tuple[str, User | None]]:
        return iter(self.people.items())


def build() -> World:
    world = World()
    make_people(world)
    make_network(world)
    make_site(world)
    make_pages(world)
    make_news(world)
    make_forms(world)
    make_signatures(world)
    make_questionnaires(world)
    make_campaigns(world)
    make_letters(world)
    make_machinery(world)
    rebuild()
    return world


# -- People ---------------------------------------------------------------------------------


def make_people(world: World) -> None:
    """One account for each role. Their address is their own, and that of those who run it all."""
    names = {
        PARTNER: roles.PARTNER,
        EDITOR: roles.EDITOR,
        ANIMATOR: roles.ANIMATOR,
    }
    world.people[NOBODY] = None
    for role in (PARTNER, LEFT, INACTIVE, CONTRIBUTOR, REPRESENTATIVE, OTHER, EDITOR, ANIMATOR):
        groups = [names[role]] if role in names else []
        user = make_person(_address(world, role), role.split()[0].capitalize(), *groups)
        _private_number(world, user, role)
        world.people[role] = user
    world.people[ADMINISTRATOR] = User.objects.create_superuser(
        _address(world, ADMINISTRATOR), "un-long-mot-de-passe", first_name="Administrator"
    )
    User.objects.filter(pk=world.person(INACTIVE).pk).update(is_active=False)


def _address(world: World, role: str) -> str:
    readers = STAFF | {role}
    if role == CONTRIBUTOR:
        # Who represents an association knows the addresses of those who write for it.
        readers |= {REPRESENTATIVE}
    return world.birds.text(f"address of {role}", readers) + "@example.org"


def _private_number(world: World, user: User, role: str) -> None:
    """A number and a function that the person shows to nobody."""
    user.phone = world.birds.text(f"telephone of {role}", STAFF | {role}, NO_SCREEN)
    user.function = world.birds.text(f"function of {role}", STAFF | {role}, NO_SCREEN)
    user.save()


# -- The network -----------------------------------------------------------------------------


def make_network(world: World) -> None:
    birds, things = world.birds, world.things
    things["territory"] = territory = Territory.objects.create(
        code="QN07501M", name="Les Tilleuls", commune="Valbonne-la-Neuve", insee_codes="75101"
    )
    things["theme"] = Theme.objects.create(name="Santé", slug="sante")
    own = Association.objects.create(slug="les-tisserands", name="Les Tisserands")
    other = Association.objects.create(slug="la-passerelle", name="La Passerelle")
    hidden = Association.objects.create(
        **birds.fields(
            Association,
            MEMBERS,
            rna=birds.text("Association.rna", MEMBERS, NO_SCREEN)[:10],
            siret="",
        )
    )
    for association in (own, other, hidden):
        association.territories.add(territory)
    things |= {"own": own, "other": other, "hidden": hidden}
    join(user=world.person(CONTRIBUTOR), association=own, role=Membership.Role.CONTRIBUTOR)
    join(user=world.person(REPRESENTATIVE), association=own, role=Membership.Role.REPRESENTATIVE)
    join(user=world.person(OTHER), association=other, role=Membership.Role.REPRESENTATIVE)
    _left(world, other)
    _colleague(world, own)
    _awaited(world, own)
    _asking(world, own, other)
    things["group"] = save_working_group(
        working_group=WorkingGroup(
            name=birds.text("WorkingGroup.name", GROUP | WRITERS),
        ),
        members=[world.person(CONTRIBUTOR), things["colleague"]],
    )
    Synonyms.objects.create(
        expressions=f"jardin\n{birds.text('Synonyms.expressions', WRITERS)}",
    )


def _left(world: World, other: Association) -> None:
    """Somebody who was of the network, and is of no association any more."""
    membership = join(user=world.person(LEFT), association=other, role=Membership.Role.CONTRIBUTOR)
    membership.delete()
    world.person(LEFT).groups.clear()


def _awaited(world: World, own: Association) -> None:
    """Somebody whom the association invited, and a file of members that the animator brought."""
    birds = world.birds
    Invitation.objects.create(
        **birds.fields(
            Invitation,
            STAFF | ASSOCIATION,
            unseen={"first_name": NO_SCREEN, "last_name": NO_SCREEN},
            association=own,
            role=Invitation.Role.CONTRIBUTOR,
            fingerprint=fingerprint("un-lien-qui-a-ete-envoye"),
            created_at=timezone.now(),
            expires_at=timezone.now() + DAY,
        )
    )
    reason = birds.text("ImportRun.report", STAFF)
    ImportRun.objects.create(
        **birds.fields(
            ImportRun,
            STAFF,
            kind="members",
            table={"columns": [], "words": birds.text("ImportRun.table", NONE, NO_SCREEN)},
            report={
                "new": [],
                "changed": [],
                "unchanged": 0,
                "possible": [],
                "doubles": [],
                "refused": [{"line": 2, "reason": reason}],
            },
            state=ImportRun.State.READY,
            asked_at=NOW,
        )
    )


def _asking(world: World, own: Association, other: Association) -> None:
    """Somebody who asks to join the association, and somebody whom another one has refused."""
    birds = world.birds
    readers = STAFF | {REPRESENTATIVE}
    asker = User.objects.create(
        **birds.fields(
            User,
            readers,
            apart={"password": NONE, "phone": STAFF, "function": STAFF},
            unseen={"password": "nobody reads it", "phone": NO_SCREEN, "function": NO_SCREEN},
        )
    )
    JoinRequest.objects.create(
        **birds.fields(
            JoinRequest, readers, only=["word"], user=asker, association=own, created_at=NOW
        )
    )
    JoinRequest.objects.create(
        **birds.fields(
            JoinRequest,
            STAFF | {LEFT},
            only=["answer"],
            user=world.person(LEFT),
            association=other,
            state=JoinRequest.State.REFUSED,
            created_at=NOW,
            decided_at=NOW,
        )
    )


def _colleague(world: World, own: Association) -> None:
    """Somebody of the association who shows nothing in the directory, and one whose account is
    closed. Their association, and those who run the network, know them."""
    birds = world.birds
    readers = STAFF | ASSOCIATION
    colleague = User.objects.create(
        **birds.fields(
            User,
            readers,
            apart={"password": NONE, "phone": STAFF, "function": STAFF},
            unseen={"password": "nobody reads it", "phone": NO_SCREEN, "function": NO_SCREEN},
        )
    )
    join(user=colleague, association=own, role=Membership.Role.CONTRIBUTOR)
    closed = User.objects.create(
        **birds.fields(
            User,
            STAFF,
            apart={"password": NONE},
            unseen={"password": "nobody reads it", "phone": NO_SCREEN, "function": NO_SCREEN},
            is_active=False,
            closed_at=NOW - DAY,
        )
    )
    world.things |= {"colleague": colleague, "closed": closed}


# -- Files ------------------------------------------------------------------------------------


def add_document(world: World, readers: Audience, label: str):
    """A text whose title, name and content are canaries.

    Animators and editors choose among all files, whatever they belong to; what a document says
    is for those who read its pages.
    """
    birds, within = world.birds, readers | WRITERS
    name = birds.text(f"name of a document, {label}", within)
    content = birds.text(f"content of a document, {label}", _content_readers(readers))
    return get_document_model().objects.create(
        title=birds.text(f"title of a document, {label}", within),
        file=ContentFile(content.encode(), name=f"{name}.txt"),
        uploaded_by_user=world.person(EDITOR),
    )


def _content_readers(readers: Audience) -> Audience:
    # Before it is published, a file waits in a collection of animators and editors.
    return readers if readers & MEMBERS - WRITERS else readers | WRITERS


def picture_file(content: str) -> bytes:
    told = PngInfo()
    told.add_text("Comment", content)
    file = BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(file, format="PNG", pnginfo=told)
    return file.getvalue()


def add_picture(world: World, readers: Audience, label: str) -> Picture:
    """An image whose title, name, description, credit and file are canaries.

    Animators and editors see all images, since they choose among their thumbnails.
    """
    birds, within = world.birds, readers | WRITERS
    name = birds.text(f"name of an image, {label}", within)
    content = birds.text(f"content of an image, {label}", within)
    return Picture.objects.create(
        title=birds.text(f"title of an image, {label}", within),
        description=birds.text(f"description of an image, {label}", within),
        credit=birds.text(f"credit of an image, {label}", within),
        file=ImageFile(BytesIO(picture_file(content)), name=f"{name}.png"),
        uploaded_by_user=world.person(EDITOR),
    )


# -- Pages ------------------------------------------------------------------------------------


def make_site(world: World) -> None:
    home = lay_site()
    charter = read_charter(read_markdown(CHARTER))
    import_charter(charter=charter, home=home, by=world.person(EDITOR), at=NOW - 9 * DAY)
    world.things["version"] = latest_version()
    world.things["charter"] = CharterPage.objects.get()


SECTIONS: dict[type[Page], tuple[type[Page], Audience]] = {
    EventPage: (AgendaPage, WRITERS),
    ResourcePage: (ResourceIndexPage, WRITERS),
    # Animators write news, resources, events and forms; other pages belong to editors.
    InformationPage: (InformationIndexPage, EDITORS),
    NewsPage: (NewsIndexPage, WRITERS),
}


def make_pages(world: World) -> None:
    for model, (index, writers) in SECTIONS.items():
        parent = index.objects.get()
        for circle, readers in (
            (Circle.MEMBERS, MEMBERS),
            (Circle.GROUP, GROUP | writers),
        ):
            page = _page(world, model, readers, f"{circle} of {model.__name__}")
            _add(world, parent, page, circle)
            _publish(world, page)
        _drafts(world, model, parent, writers)
    _closed_subtree(world)
    _events_link(world)
    _newer_drafts(world)


def _page(world: World, model: type[Page], readers: Audience, label: str, **given: Any) -> Page:
    """A page of the kind, not saved, with canaries in all its fields, files and blocks."""
    birds = world.birds
    words = {
        one.name: birds.text(f"{label}: {one.name}", readers, given.pop("unseen", ""))
        for one in model._meta.concrete_fields
        if one.name in {"title", "summary", "place", "address", "organiser", "accessibility"}
        or one.name in {"author", "image_alt"}
    }
    fields: dict[str, Any] = {**words, "slug": birds.text(f"{label}: slug", readers)}
    for one in ("seo_title", "search_description"):
        fields[one] = birds.text(f"{label}: {one}", readers)
    document = add_document(world, readers, label)
    picture = add_picture(world, readers, label)
    body = birds.text(f"{label}: body", readers)
    fields["body"] = [
        {"type": "paragraph", "value": f"<p>{body}</p>"},
        {"type": "document", "value": {"document": document.pk, "title": ""}},
        {
            "type": "figure",
            "value": {
                "image": {
                    "image": picture.pk,
                    "alt_text": birds.text(f"{label}: alt", readers),
                    "decorative": False,
                },
                "caption": birds.text(f"{label}: caption", readers),
            },
        },
    ]
    if model is EventPage:
        fields["starts_on"] = TODAY + 10 * DAY
        fields["remote_link"] = f"https://{birds.text(f'{label}: remote link', readers)}.example/"
    if model is ResourcePage:
        fields["kind"] = "document"
        fields["document"] = add_document(world, readers, f"{label}, its file")
        fields["link"] = f"https://{birds.text(f'{label}: link', readers)}.example/"
    if model is NewsPage:
        fields["date"] = TODAY
        fields["image"] = add_picture(world, readers, f"{label}, its image")
    return model(**fields | {"live": False, "owner": world.person(EDITOR)} | given)


def _add(world: World, parent: Page, page: Page, circle: Circle) -> None:
    group = world.things["group"] if circle == Circle.GROUP else None
    if isinstance(page, NewsPage):
        page.circle, page.working_group = circle, group
    parent.add_child(instance=page)
    if hasattr(page, "territories"):
        page.territories.set([world.things["territory"]])
        page.themes.set([world.things["theme"]])
        page.save()
    if not isinstance(page, NewsPage):
        give_circle(page=page, circle=circle, group=group)


def _publish(world: World, page: Page) -> None:
    by = world.person(EDITOR)
    page.save_revision(user=by).publish(user=by)
    page.refresh_from_db()


def _drafts(world: World, model: type[Page], parent: Page, writers: Audience) -> None:
    """Never published, to be published later, taken down: all would be public."""
    never = _page(world, model, writers, f"draft of {model.__name__}")
    _add(world, parent, never, Circle.PUBLIC)
    never.save_revision(user=world.person(EDITOR))
    later = _page(world, model, writers, f"scheduled {model.__name__}", go_live_at=NOW + 30 * DAY)
    _add(world, parent, later, Circle.PUBLIC)
    _publish(world, later)
    down = _page(world, model, writers, f"withdrawn {model.__name__}")
    _add(world, parent, down, Circle.PUBLIC)
    _publish(world, down)
    model.objects.get(pk=down.pk).unpublish()


def _closed_subtree(world: World) -> None:
    """A page below a page of members is theirs too, though nothing closes it by itself."""
    parent = InformationPage.objects.filter(view_restrictions__isnull=False).order_by("path")[0]
    below = _page(world, InformationPage, MEMBERS, "below a page of members")
    parent.add_child(instance=below)
    _publish(world, below)


def _events_link(world: World) -> None:
    """The link of a public event is for the members, unless somebody ticked otherwise."""
    link = world.birds.text("remote link of a public event", MEMBERS)
    page = EventPage(
        title="Fête du quartier",
        slug="fete-du-quartier",
        starts_on=TODAY + 12 * DAY,
        remote_link=f"https://{link}.example/",
    )
    AgendaPage.objects.get().add_child(instance=page)
    _publish(world, page)


def _newer_drafts(world: World) -> None:
    """Public pages whose next text is not public yet."""
    pages: list[tuple[Page, Page, Audience]] = [
        (EventPage.objects.get(slug="fete-du-quartier"), AgendaPage.objects.get(), WRITERS),
    ]
    for model in (ResourcePage, InformationPage, NewsPage):
        index, writers = SECTIONS[model]
        page = model(title="Publique", slug=f"publique-{model.__name__.lower()}")
        if model is ResourcePage:
            page.kind, page.link = "link", "https://exemple.invalid/"
        index.objects.get().add_child(instance=page)
        _publish(world, page)
        pages.append((page, index.objects.get(), writers))
    article = ArticlePage.objects.get()
    for page, writers in [(one, writers) for one, _, writers in pages] + [(article, EDITORS)]:
        label = f"newer draft of {type(page).__name__}"
        draft = type(page).objects.get(pk=page.pk)
        draft.title = world.birds.text(f"{label}: title", writers)
        draft.summary = world.birds.text(f"{label}: summary", writers)
        if not isinstance(page, ArticlePage):
            body = world.birds.text(f"{label}: body", writers)
            draft.body = [{"type": "paragraph", "value": f"<p>{body}</p>"}]
        draft.save_revision(user=world.person(EDITOR))
    charter = world.things["charter"]
    for name in ("subtitle", "introduction", "closing_title", "closing", "members"):
        text = world.birds.text(f"newer draft of the charter: {name}", EDITORS)
        setattr(charter, name, text)
    charter.save_revision(user=world.person(EDITOR))


def make_news(world: World) -> None:
    """What a member wrote and that waits to be read, and what happened to what was published."""
    settings = NewsSettings.load()
    settings.members_news_are_read_first = True
    settings.save()
    moderation.follow_setting(settings=settings)
    author = world.person(CONTRIBUTOR)
    index = NewsIndexPage.objects.get()
    waiting = _page(
        world, NewsPage, WRITERS | {CONTRIBUTOR}, "news to be read", association=world.things["own"]
    )
    waiting.owner = author
    _add(world, index, waiting, Circle.PUBLIC)
    moderation.hand_in(page=waiting, by=author)
    told = NewsPage(
        title="Nous fêtons dix ans",
        slug="dix-ans",
        circle=Circle.PUBLIC,
        owner=author,
        association=world.things["own"],
        acknowledge_by=TODAY + 9 * DAY,
    )
    index.add_child(instance=told)
    _publish(world, told)
    Acknowledgement.objects.create(
        page=told, association=world.things["hidden"], by=world.things["colleague"], at=NOW
    )
    AcknowledgementReminder.objects.create(page=told, on_date=TODAY, letters=1)
    truth.ask(page=told, at=NOW)
    world.things |= {
        "told": told,
        "truth": truth.token_of(TruthQuestion.objects.get()),
        "held": _held(world, author),
    }


def _held(world: World, author: User) -> HeldPicture:
    birds = world.birds
    content = birds.text("content of a held photograph", frozenset({CONTRIBUTOR}))
    held = HeldPicture(
        person=author,
        name=birds.text("HeldPicture.name", frozenset({CONTRIBUTOR}), NO_SCREEN) + ".png",
        type="image/png",
        held_at=NOW,
    )
    held.file.save(held.id.hex, ContentFile(picture_file(content)), save=True)
    return held


def make_forms(world: World) -> None:
    birds = world.birds
    form = FormPage(
        title="Nous écrire",
        slug="nous-ecrire",
        purpose="Vous répondre.",
        recipients=birds.text("FormPage.recipients", WRITERS) + "@example.org",
        thanks=f"<p>{birds.text('FormPage.thanks', frozenset({*WRITERS}))}</p>",
    )
    form.form_fields = [
        FormField(label="Message", field_type=FieldKind.TEXT, clean_name="message", sort_order=0)
    ]
    FormIndexPage.objects.get().add_child(instance=form)
    _publish(world, form)
    FormAnswer.objects.create(
        page=form,
        ticket=birds.text("FormAnswer.ticket", NONE, "what makes an answer one"),
        erase_on=TODAY + 90 * DAY,
        form_data={"message": birds.text("FormAnswer.form_data", WRITERS)},
    )
    closed = FormPage(
        title=birds.text("form of members: title", MEMBERS),
        slug=birds.text("form of members: slug", MEMBERS),
        summary=birds.text("form of members: summary", MEMBERS),
        introduction=f"<p>{birds.text('form of members: introduction', MEMBERS)}</p>",
        purpose=birds.text("form of members: purpose", MEMBERS),
        live=False,
    )
    closed.form_fields = [
        FormField(
            label=birds.text("FormField.label", MEMBERS),
            field_type=FieldKind.RADIO if hasattr(FieldKind, "RADIO") else FieldKind.TEXT,
            clean_name=birds.text("FormField.clean_name", MEMBERS),
            choices=birds.text("FormField.choices", MEMBERS),
            help_text=birds.text("FormField.help_text", MEMBERS),
            sort_order=0,
        )
    ]
    FormIndexPage.objects.get().add_child(instance=closed)
    give_circle(page=closed, circle=Circle.MEMBERS)
    _publish(world, closed)
    world.things["form"] = form


def make_signatures(world: World) -> None:
    """A signature in force, whose name is not shown to everybody, and one to be validated."""
    birds, things = world.birds, world.things
    readers = STAFF | ASSOCIATION
    for association, state, named in (
        (things["own"], State.VALIDATED, MEMBERS),
        (things["hidden"], State.REQUESTED, STAFF),
    ):
        label = f"signature {state}"
        signature = Signature.objects.create(
            association=association,
            version=things["version"],
            state=state,
            board_date=TODAY - 20 * DAY,
            signatory_name=birds.text(f"{label}: name", named),
            signatory_function=birds.text(f"{label}: function", named),
            signed_at=NOW,
        )
        told = readers if association == things["own"] else STAFF
        Step.objects.create(
            **birds.fields(Step, told, signature=signature, kind=Step.Kind.CORRECTION_ASKED,
                           at=NOW, version=things["version"], by=world.person(ANIMATOR))
        )  # fmt: skip


# -- Surveys ----------------------------------------------------------------------------------


def definition_of(title: str, introduction: str, label: str) -> Definition:
    def question(code: str, kind: str) -> Question:
        return Question(id=f"q-{code}", code=code, kind=kind, label={"fr": f"{label} {code}"})

    return Definition(
        title={"fr": title},
        introduction={"fr": introduction},
        sections=(
            Section(
                id="s-1",
                title={"fr": label},
                questions=(
                    question("mot", "text"),
                    question("souhait", "long_text"),
                    question("piece", "file"),
                    question("age", "integer"),
                ),
            ),
        ),
    )


def make_questionnaires(world: World) -> None:
    """One that was published and has a newer draft, one that never was."""
    birds, by = world.birds, world.person(EDITOR)
    asked = draft_from_definition(
        slug="besoins", definition=definition_of("Besoins", "Trois minutes.", "Question"), by=by,
        at=NOW - 8 * DAY,
    )  # fmt: skip
    publish_questionnaire(questionnaire=asked, by=by, at=NOW - 8 * DAY)
    newer = Questionnaire.objects.get(pk=asked.pk).get_latest_revision_as_object()
    newer.title = birds.text("newer draft of a questionnaire: title", WRITERS)
    newer.introduction = birds.text("newer draft of a questionnaire: introduction", WRITERS)
    section = birds.text("newer draft of a questionnaire: question", WRITERS)
    blocks = blocks_of(definition_of("", "", section))
    newer.sections = newer.sections.stream_block.to_python([*newer.blocks, *blocks])
    newer.save_revision(user=by)
    draft = draft_from_definition(
        slug=birds.text("draft questionnaire: slug", WRITERS),
        definition=definition_of(
            birds.text("draft questionnaire: title", WRITERS),
            birds.text("draft questionnaire: introduction", WRITERS),
            birds.text("draft questionnaire: question", WRITERS),
        ),
        by=by,
        at=NOW,
    )
    planned = draft_from_definition(
        slug="annee-prochaine", definition=definition_of("Prochain", "", "x"), by=by, at=NOW
    )
    freeze_definition(
        questionnaire=planned,
        definition=definition_of(
            birds.text("QuestionnaireVersion.document: title", MEMBERS),
            birds.text("QuestionnaireVersion.document: introduction", MEMBERS),
            birds.text("QuestionnaireVersion.document: question", MEMBERS),
        ),
        by=by,
        at=NOW,
    )
    world.things |= {"asked": asked, "draft questionnaire": draft, "planned": planned}
    trier = frozenset({EDITOR})
    trial = Trial.objects.create(
        questionnaire=asked,
        definition=definition_of(
            birds.text("Trial.definition: title", trier), "", birds.text("Trial.definition", trier)
        ).to_json(),
        document={"q-souhait": birds.text("Trial.document", trier)},
        updated_at=NOW,
        updated_by=by,
    )
    Upload.objects.create(**_upload(world, trier, "of a trial", key=trial.pk))
    world.things["trial"] = trial


def _upload(world: World, readers: Audience, label: str, **given: Any) -> dict[str, Any]:
    name = world.birds.text(f"name of a file {label}", readers)
    content = world.birds.text(f"content of a file {label}", readers).encode()
    path = default_storage.save(f"answers/{len(world.birds.known)}", ContentFile(content))
    return {
        "file": path,
        "name": f"{name}.txt",
        "type": "text/plain",
        "size": len(content),
        "kept_since": TODAY,
        **given,
    }


def make_campaigns(world: World) -> None:
    birds, things = world.birds, world.things
    version = things["asked"].versions.get()
    survey = _campaign(world, "besoins-2026", Campaign.Kind.NEEDS_SURVEY, title="Vos besoins")
    _submitted(world, survey, version, STAFF, "a resident's response", territory=True)
    nobody_else: Audience = NONE
    draft = Draft.objects.create(
        campaign=survey,
        version=version,
        updated_at=NOW,
        document={
            "q-mot": birds.text("Draft.document of a resident", nobody_else, "their device's alone")
        },
    )
    Upload.objects.create(
        **_upload(world, nobody_else, "of a resident's draft", campaign=survey, key=draft.pk)
    )
    for year in (2026, 2025):
        campaign = _campaign(
            world,
            f"bilan-{year}",
            Campaign.Kind.SELF_ASSESSMENT,
            title=f"Bilan {year}",
            message=birds.text("Campaign.message", ASKED, NO_SCREEN),
        )
        for association, people in ((things["own"], ASSOCIATION), (things["other"], {OTHER})):
            told = f"{association} {year}"
            participation = Participation.objects.create(campaign=campaign, association=association)
            if year == 2025:
                _submitted(world, campaign, version, STAFF | people, told, participation)
            else:
                _begun(world, campaign, version, frozenset(people), told, participation)
        Participation.objects.create(campaign=campaign, association=things["hidden"])
    _campaign(
        world,
        birds.text("planned campaign: slug", STAFF),
        Campaign.Kind.SELF_ASSESSMENT,
        title=birds.text("planned campaign: title", STAFF),
        message=birds.text("planned campaign: message", STAFF, NO_SCREEN),
        questionnaire=things["planned"],
        opens_date=TODAY + 30 * DAY,
        closes_date=TODAY + 60 * DAY,
    )
    asked_by = frozenset({ANIMATOR})
    path = default_storage.save(
        "exports/rows.xlsx", ContentFile(birds.text("content of an export", asked_by).encode())
    )
    Export.objects.create(
        campaign=survey,
        format="csv",
        content=Export.Content.ROWS,
        state=Export.State.READY,
        file=path,
        requested_at=NOW,
        requested_by=world.person(ANIMATOR),
    )
    things |= {"survey": survey, "resident's draft": draft}


def _campaign(world: World, slug: str, kind: str, **given: Any) -> Campaign:
    return Campaign.objects.create(
        **{
            "slug": slug,
            "kind": kind,
            "questionnaire": world.things["asked"],
            "opens_date": TODAY - 3 * DAY,
            "closes_date": TODAY + 20 * DAY,
            "threshold": 5,
            **given,
        }
    )


def _submitted(
    world: World,
    campaign: Campaign,
    version: Any,
    readers: Audience,
    label: str,
    participation: Participation | None = None,
    territory: bool = False,
) -> None:
    birds = world.birds
    if participation:
        Participation.objects.filter(pk=participation.pk).update(
            state=Participation.State.SUBMITTED, submitted_at=NOW
        )
    response = Response.objects.create(
        campaign=campaign,
        participation=participation,
        version=version,
        week=TODAY - 3 * DAY,
        territory=world.things["territory"] if territory else None,
        document={},
    )
    # A name says who sent it: of a needs survey none is kept, and whoever reads answers opens it.
    upload = Upload.objects.create(
        **_upload(world, readers, f"of {label}", campaign=campaign, response=response)
    )
    ids = {one.code: one.id for one in version.definition.questions}
    response.document = {
        ids["mot"]: birds.text(f"{label}: text", readers),
        ids["souhait"]: birds.text(f"{label}: long text", readers),
        ids["piece"]: {
            "file": str(upload.pk), "name": upload.name, "type": upload.type, "size": upload.size,
        },
    }  # fmt: skip
    response.save()


def _begun(
    world: World,
    campaign: Campaign,
    version: Any,
    readers: Audience,
    label: str,
    participation: Participation,
) -> None:
    birds = world.birds
    draft = Draft.objects.create(
        campaign=campaign, participation=participation, version=version, updated_at=NOW,
        updated_by=world.person(CONTRIBUTOR) if CONTRIBUTOR in readers else world.person(OTHER),
    )  # fmt: skip
    upload = Upload.objects.create(
        **_upload(world, readers, f"of the draft of {label}", campaign=campaign, key=draft.pk)
    )
    ids = {one.code: one.id for one in version.definition.questions}
    draft.document = {
        ids["mot"]: birds.text(f"draft of {label}: text", readers),
        ids["souhait"]: birds.text(f"draft of {label}: long text", readers),
        ids["piece"]: {
            "file": str(upload.pk), "name": upload.name, "type": upload.type, "size": upload.size,
        },
    }  # fmt: skip
    draft.save()
    Participation.objects.filter(pk=participation.pk).update(state=Participation.State.STARTED)


# -- Letters, calendars and what runs the house ------------------------------------------------


def make_letters(world: World) -> None:
    birds, things = world.birds, world.things
    person = world.person(CONTRIBUTOR)
    reader = frozenset({CONTRIBUTOR})
    Letter.objects.create(
        **birds.fields(
            Letter,
            STAFF,
            unseen=dict.fromkeys(
                ("kind", "occasion", "text", "html", "template", "check_name"), NO_SCREEN
            )
            | dict.fromkeys(("sent_name", "worker"), NO_SCREEN),
            apart=dict.fromkeys(("text", "html"), NONE),
            person=person,
            context={"words": birds.text("Letter.context", NONE, NO_SCREEN)},
            state=Letter.State.REFUSED,
            asked_at=NOW,
            due_at=NOW,
            settled_at=NOW,
        )
    )
    SilentAddress.objects.create(
        **birds.fields(
            SilentAddress,
            STAFF,
            unseen={"answer": NO_SCREEN, "address": NO_SCREEN},
            reason="refused",
            since=NOW,
        )
    )
    entry = DigestEntry.objects.create(
        **birds.fields(
            DigestEntry,
            reader,
            section="news",
            at=NOW,
            key="news 1",
            path="/actualites/",
            check_name="",
        )
    )
    things["digest"] = DigestLetter.objects.create(
        person=person, occasion="weekly 2026-W10", entries=[entry.pk], made_at=NOW
    )
    DigestPreference.objects.create(person=person, rhythm="deadlines", changed_at=NOW)
    things["calendar"] = make_calendar_address(person=person, at=NOW)


def make_machinery(world: World) -> None:
    birds = world.birds
    pool = WorkerPool.objects.create(
        **birds.fields(WorkerPool, MACHINE, unseen={"supervisor": NO_SCREEN, "culprit": NO_SCREEN})
    )
    Job.objects.create(
        **birds.fields(
            Job,
            MACHINE,
            unseen={"worker": NO_SCREEN, "occasion": NO_SCREEN, "name": "", "error": ""},
            pool=pool,
            arguments=[birds.text("Job.arguments", MACHINE, NO_SCREEN)],
            state=Job.State.FAILED,
        )
    )
