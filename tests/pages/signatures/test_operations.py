"""From the board's decision to a signature, and what a new version asks."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from intranet.network.models import Association, Membership
from intranet.notifications.models import Letter
from pages.charter.queries import latest_version
from pages.signatures import operations, tasks
from pages.signatures.models import Signature, State, Step
from tests.letters import send_letters
from tests.pages.signatures.conftest import DECISION
from tests.people import NOW

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """What was sent while something was done: (to, subject) of each letter."""

    def sent(do):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            do()
        send_letters(at=NOW + 2 * DAY)
        return [(letter.to[0], letter.subject) for letter in mail.outbox]

    return sent


@pytest.fixture
def signed(first, association, aminata) -> Signature:
    return operations.sign(
        association=association, version=first, decision=DECISION, by=aminata, at=NOW
    )


@pytest.fixture
def validated(signed, association, claire) -> Signature:
    signature = operations.validate(association=association, by=claire, at=NOW)
    send_letters(at=NOW)
    return signature


def kinds(signature: Signature) -> list[str]:
    return [str(step.kind) for step in signature.steps.order_by("pk")]


# -- Signing -------------------------------------------------------------------------------


def test_a_signature_waits_to_be_validated_and_says_who_decided_what(signed, first, aminata):
    assert (signed.state, signed.version) == (State.REQUESTED, first)
    assert not signed.is_in_force
    step = signed.steps.get()
    assert (step.kind, step.by, step.version) == (Step.Kind.SIGNED, aminata, first)
    assert (step.board_date, step.signatory_name) == (date(2026, 3, 2), "Aminata Sow")


def test_a_board_cannot_have_decided_tomorrow(first, association, aminata):
    decision = operations.Decision(NOW.date() + DAY, "Aminata Sow", "présidente")

    with pytest.raises(operations.DecisionToCome):
        operations.sign(
            association=association, version=first, decision=decision, by=aminata, at=NOW
        )

    assert not Signature.objects.exists()


def test_only_the_latest_version_is_signed(publish_next, first, association, aminata):
    second = publish_next()

    with pytest.raises(operations.AnotherVersion) as refused:
        operations.sign(
            association=association, version=first, decision=DECISION, by=aminata, at=NOW
        )

    assert refused.value.latest == second


def test_a_signature_in_force_is_not_asked_for_again(validated, first, association, aminata):
    with pytest.raises(operations.WrongState):
        operations.sign(
            association=association, version=first, decision=DECISION, by=aminata, at=NOW
        )


def test_the_database_keeps_one_signature_for_an_association(validated):
    twin = Signature.objects.get()
    twin.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_the_database_refuses_an_unknown_state(validated):
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.update(state="perdue")


# -- Validating ----------------------------------------------------------------------------


def test_validating_tells_the_representatives(signed, association, claire, letters):
    sent = letters(lambda: operations.validate(association=association, by=claire, at=NOW))

    assert sent == [("aminata@example.org", "La charte est signée au nom de Les Tisserands")]
    signed.refresh_from_db()
    assert signed.state == State.VALIDATED
    assert kinds(signed) == ["signed", "validated"]


def test_a_correction_is_asked_with_a_comment_and_sent_again(
    signed, association, claire, aminata, first, letters
):
    sent = letters(
        lambda: operations.ask_for_correction(
            association=association, comment="Quel dimanche ?", by=claire, at=NOW
        )
    )

    assert sent == [
        (
            "aminata@example.org",
            "La signature de Les Tisserands : une chose à corriger",
        )
    ]
    assert "Quel dimanche ?" in mail.outbox[0].body
    signed.refresh_from_db()
    assert signed.state == State.TO_CORRECT
    operations.sign(association=association, version=first, decision=DECISION, by=aminata, at=NOW)
    assert kinds(signed) == ["signed", "correction-asked", "signed"]


def test_what_was_done_is_not_done_twice(validated, association, claire):
    for again in (
        lambda: operations.validate(association=association, by=claire, at=NOW),
        lambda: operations.ask_for_correction(
            association=association, comment="x", by=claire, at=NOW
        ),
    ):
        with pytest.raises(operations.WrongState):
            again()

    assert kinds(validated) == ["signed", "validated"]


def test_an_association_without_a_representative_receives_at_its_own_address(
    first, other_association, claire, aminata, letters
):
    Association.objects.filter(pk=other_association.pk).update(email="nous@passerelle.example")
    other_association.refresh_from_db()
    operations.sign(
        association=other_association, version=first, decision=DECISION, by=aminata, at=NOW
    )

    sent = letters(lambda: operations.validate(association=other_association, by=claire, at=NOW))

    assert [to for to, _subject in sent] == ["nous@passerelle.example"]


# -- A new version -------------------------------------------------------------------------


def test_a_new_version_asks_every_signatory_once(
    validated, publish_next, other_association, claire, aminata, first
):
    operations.sign(
        association=other_association, version=first, decision=DECISION, by=aminata, at=NOW
    )
    mail.outbox.clear()

    second = publish_next(reason="Plus court, plus clair.")

    validated.refresh_from_db()
    assert (validated.state, validated.version) == (State.TO_CONFIRM, first)
    assert validated.is_in_force
    (letter,) = mail.outbox
    assert letter.to == ["aminata@example.org"]
    assert "Plus court, plus clair." in letter.body
    assert "/charte/signature/les-tisserands/confirmer/" in letter.body
    # The job may run again, as often as it likes.
    tasks.ask_to_confirm(second.pk)
    assert operations.ask_to_confirm(version=second, at=NOW + DAY) == 0
    assert kinds(validated) == ["signed", "validated", "asked"]
    # Who only asked to sign has nothing to confirm.
    assert Signature.objects.get(association=other_association).state == State.REQUESTED


def test_the_database_refuses_to_ask_twice_for_a_version(validated, publish_next):
    second = publish_next()
    step = Step(signature=validated, kind=Step.Kind.ASKED, at=NOW, version=second)

    with pytest.raises(IntegrityError), transaction.atomic():
        step.save()


def test_an_older_version_asks_nobody_any_more(validated, publish_next, first):
    publish_next()

    assert operations.ask_to_confirm(version=first, at=NOW) == 0


def test_each_version_asks_once_again(validated, publish_next):
    publish_next()
    publish_next(("les passe-droits", "toute faveur"))

    assert kinds(validated) == ["signed", "validated", "asked", "asked"]
    assert [step.version.number for step in validated.steps.filter(kind="asked")] == [3, 2]


def test_validating_a_version_that_is_no_longer_the_last_asks_to_confirm(
    signed, publish_next, association, claire, letters
):
    publish_next()

    sent = letters(lambda: operations.validate(association=association, by=claire, at=NOW))

    signed.refresh_from_db()
    assert signed.state == State.TO_CONFIRM
    assert [subject for _to, subject in sent] == [
        "La charte a changé : la signature de Les Tisserands est-elle confirmée ?"
    ]
    assert kinds(signed) == ["signed", "validated", "asked"]


def test_confirming_signs_the_latest_version_at_once(
    validated, publish_next, association, aminata, first
):
    second = publish_next()
    later = operations.Decision(date(2026, 3, 10), "Aminata Sow", "présidente")

    with pytest.raises(operations.AnotherVersion):
        operations.confirm(
            association=association, version=first, decision=later, by=aminata, at=NOW
        )
    operations.confirm(
        association=association, version=second, decision=later, by=aminata, at=NOW + DAY
    )

    validated.refresh_from_db()
    assert (validated.state, validated.version) == (State.VALIDATED, second)
    assert (validated.board_date, validated.asked_at) == (date(2026, 3, 10), None)
    # What was signed before stays in the history.
    assert [
        (step.version.number, step.board_date)
        for step in validated.steps.exclude(board_date=None).order_by("pk")
    ] == [(1, date(2026, 3, 2)), (2, date(2026, 3, 10))]


def test_withdrawing_keeps_the_history_and_allows_to_sign_again(
    validated, association, aminata, first
):
    operations.withdraw(association=association, comment="On arrête.", by=aminata, at=NOW)

    validated.refresh_from_db()
    assert not validated.is_in_force
    with pytest.raises(operations.WrongState):
        operations.withdraw(association=association, comment="", by=aminata, at=NOW)
    operations.sign(association=association, version=first, decision=DECISION, by=aminata, at=NOW)
    assert kinds(validated) == ["signed", "validated", "withdrawn", "signed"]


def test_who_withdrew_is_asked_nothing(validated, publish_next, association, aminata):
    operations.withdraw(association=association, comment="", by=aminata, at=NOW)
    mail.outbox.clear()

    publish_next()

    assert mail.outbox == []
    validated.refresh_from_db()
    assert validated.state == State.WITHDRAWN


def test_reminders_leave_at_most_once_a_day(validated, publish_next, claire, letters):
    publish_next()

    def remind(at):
        return lambda: operations.remind(by=claire, at=at)

    assert letters(remind(NOW + timedelta(hours=23))) == []
    assert letters(remind(NOW + DAY)) == [
        (
            "aminata@example.org",
            "Rappel : la signature de Les Tisserands est-elle confirmée ?",
        )
    ]
    assert letters(remind(NOW + DAY + timedelta(hours=1))) == []
    assert kinds(validated) == ["signed", "validated", "asked", "reminded"]


def test_nobody_is_reminded_where_no_letter_can_arrive(validated, publish_next, claire):
    publish_next()
    Membership.objects.all().delete()
    Association.objects.update(email="")

    assert operations.remind(by=claire, at=NOW + DAY) == 0


def test_a_letter_no_longer_needed_does_not_leave(
    validated, publish_next, association, aminata, claire
):
    second = publish_next()
    mail.outbox.clear()
    assert operations.remind(by=claire, at=NOW + DAY) == 1
    operations.confirm(
        association=association, version=second, decision=DECISION, by=aminata, at=NOW + DAY
    )

    send_letters(at=NOW + DAY)

    assert mail.outbox == []
    assert Letter.objects.get(kind="signature-reminder").state == Letter.State.NOT_NEEDED


# -- The whole story -----------------------------------------------------------------------


def test_the_charter_changes_and_every_signatory_is_asked_once(
    client, validated, publish_next, first, association, aminata, claire, other_association, denis
):
    """An article reworded, a commitment added, another moved: anchors kept, two texts side by
    side, one letter each."""
    operations.sign(
        association=other_association, version=first, decision=DECISION, by=denis, at=NOW
    )
    operations.validate(association=other_association, by=claire, at=NOW)
    send_letters(at=NOW)
    mail.outbox.clear()
    seasons = "- Recueillir chaque saison ce dont les gens ont besoin, avec les gens ;\n"
    last = "En transmettant aussitôt les nouvelles reçues."

    second = publish_next(
        ("Chacun travaille dans son coin", "Chacun travaille encore dans son coin"),
        (last, f"{last}\n- En publiant nos comptes"),
        (seasons, ""),
        ("veilleurs de nuit.\n", f"veilleurs de nuit.\n{seasons}"),
    )

    assert (second.number, latest_version()) == (2, second)
    before, after = (
        {
            item["value"]["anchor"]
            for article in version.content["articles"]
            for block in article["body"]
            if block["type"] == "commitments"
            for item in block["value"]["commitments"]
        }
        for version in (first, second)
    )
    assert after - before == {"en-publiant-nos-comptes"}
    assert before <= after
    text = client.get("/charte/versions/1-2/").text
    assert all(f">{change}</span>" in text for change in ("ajouté", "reformulé", "déplacé"))
    assert ">retiré</span>" not in text
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "aminata@example.org",
        "denis@example.org",
    ]
    assert Signature.objects.filter(state=State.TO_CONFIRM).count() == 2
    assert Step.objects.filter(kind=Step.Kind.ASKED, version=second).count() == 2
    operations.ask_to_confirm(version=second, at=NOW + DAY)
    assert len(mail.outbox) == 2
