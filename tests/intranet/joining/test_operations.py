from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from intranet.accounts.closing import close_account
from intranet.accounts.roles import CONTRIBUTOR, REPRESENTATIVE
from intranet.joining import operations, queries
from intranet.joining.models import JoinRequest
from intranet.network.models import Association, Membership
from intranet.network.operations import join
from intranet.notifications.models import Letter
from tests.conftest import make_person
from tests.letters import send_letters
from tests.people import NOW

pytestmark = pytest.mark.django_db

State = JoinRequest.State
DAY = timedelta(days=1)


def sent_to(address: str):
    send_letters(at=NOW)
    return [letter for letter in mail.outbox if letter.to == [address]]


def associations(number: int) -> list[Association]:
    return [
        Association.objects.create(slug=f"association-{one}", name=f"Association {one}")
        for one in range(number)
    ]


# -- Asking ----------------------------------------------------------------------------------


def test_asking_writes_to_who_represents_the_association_alone(asked, aminata, benoit, claire):
    [letter] = sent_to(aminata.email)

    assert letter.subject == "Une personne demande à rejoindre Les Tisserands"
    assert "Samia Haddad (samia@example.org)" in letter.body
    assert "Je tiens l'atelier." in letter.body
    assert "/mon-espace/equipe/les-tisserands/#requests" in letter.body
    assert not sent_to(benoit.email)
    assert not sent_to(claire.email)


def test_where_nobody_represents_it_the_animators_are_written_to(
    samia, association, aminata, benoit, claire
):
    aminata.is_active = False
    aminata.save()

    operations.ask(user=samia, association=association, word="", at=NOW)

    assert sent_to(claire.email)
    assert not sent_to(aminata.email)
    assert not sent_to(benoit.email)


def test_the_outbox_holds_nothing_of_the_person(asked, samia):
    for letter in Letter.objects.all():
        held = f"{letter.subject} {letter.context} {letter.text} {letter.html}"
        assert "Samia" not in held
        assert "atelier" not in held


def test_asked_twice_it_is_asked_already(asked, samia, association):
    with pytest.raises(operations.AlreadyAsked):
        operations.ask(user=samia, association=association, word="Encore", at=NOW)

    assert JoinRequest.objects.get().word == "Je tiens l'atelier."


def test_the_database_holds_one_open_request_each(asked, samia, association):
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.create(user=samia, association=association, created_at=NOW)

    operations.withdraw(request=asked, at=NOW)
    JoinRequest.objects.create(user=samia, association=association, created_at=NOW)


def test_a_member_does_not_ask(benoit, association):
    with pytest.raises(operations.AlreadyMember):
        operations.ask(user=benoit, association=association, word="", at=NOW)


def test_an_association_that_left_the_network_is_not_asked(samia, association):
    Association.objects.update(is_active=False)

    with pytest.raises(operations.NoLongerThere):
        operations.ask(user=samia, association=association, word="", at=NOW)


def test_five_requests_wait_at_once(samia):
    *five, sixth = associations(6)
    made = [operations.ask(user=samia, association=one, word="", at=NOW) for one in five]

    with pytest.raises(operations.AskedTooMuch):
        operations.ask(user=samia, association=sixth, word="", at=NOW)
    operations.withdraw(request=made[0], at=NOW)
    operations.ask(user=samia, association=sixth, word="", at=NOW)

    assert JoinRequest.objects.open().count() == 5


def test_asking_and_taking_back_all_day_ends(samia, association):
    for _time in range(operations.MOST_IN_A_DAY):
        made = operations.ask(user=samia, association=association, word="", at=NOW)
        operations.withdraw(request=made, at=NOW)

    with pytest.raises(operations.AskedTooMuch):
        operations.ask(user=samia, association=association, word="", at=NOW)
    operations.ask(user=samia, association=association, word="", at=NOW + DAY)


def test_a_refusal_is_not_insisted_upon(asked, samia, association, aminata):
    operations.refuse(request=asked, answer="", by=aminata, at=NOW)

    with pytest.raises(operations.RefusedLately) as refused:
        operations.ask(user=samia, association=association, word="", at=NOW + DAY)
    assert refused.value.days == 29
    operations.ask(user=samia, association=association, word="", at=NOW + 30 * DAY)


# -- Answering -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "group", "words"),
    [
        ("contributor", CONTRIBUTOR, "Vous répondez et écrivez pour elle"),
        ("representative", REPRESENTATIVE, "Vous la représentez"),
    ],
)
def test_accepting_makes_a_member_whose_groups_and_circle_follow(
    asked, samia, aminata, association, territory, role, group, words
):
    operations.accept(request=asked, role=role, by=aminata, at=NOW)

    asked.refresh_from_db()
    assert (asked.state, asked.role, asked.decided_by) == (State.ACCEPTED, role, aminata)
    assert samia.memberships.get().role == role
    circle = territory.circle
    assert samia in circle.members.all()
    assert set(samia.groups.values_list("name", flat=True)) == {group, circle.group.name}
    [letter] = sent_to(samia.email)
    assert letter.subject == "Vous faites partie de Les Tisserands"
    assert words in letter.body


def test_refusing_tells_the_person_with_the_word(asked, samia, aminata):
    operations.refuse(request=asked, answer="Passez nous voir.", by=aminata, at=NOW)

    assert not samia.memberships.exists()
    [letter] = sent_to(samia.email)
    assert "n'a pas accepté votre demande" in letter.body
    assert "Passez nous voir." in letter.body


@pytest.mark.parametrize("first", ["accept", "refuse", "withdraw"])
def test_what_is_settled_stays_settled(asked, samia, aminata, first):
    gestures = {
        "accept": lambda: operations.accept(request=asked, role="contributor", by=aminata, at=NOW),
        "refuse": lambda: operations.refuse(request=asked, answer="", by=aminata, at=NOW),
        "withdraw": lambda: operations.withdraw(request=asked, at=NOW),
    }
    gestures[first]()
    state = JoinRequest.objects.get().state

    for gesture in gestures.values():
        with pytest.raises(operations.NoLongerOpen):
            gesture()
    assert JoinRequest.objects.get().state == state
    assert samia.memberships.exists() == (first == "accept")


def test_a_request_that_was_taken_back_is_not_told_any_more(asked, aminata):
    operations.withdraw(request=asked, at=NOW)

    assert not sent_to(aminata.email)


def test_who_represents_the_association_no_more_is_not_told_any_more(asked, aminata, association):
    join(
        user=make_person("ines@example.org", "Inès"),
        association=association,
        role=Membership.Role.REPRESENTATIVE,
    )
    aminata.memberships.update(role=Membership.Role.CONTRIBUTOR)

    assert not sent_to(aminata.email)


def test_coming_in_by_another_door_answers_the_request(asked, samia, association):
    join(user=samia, association=association, role=Membership.Role.CONTRIBUTOR)

    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (State.ACCEPTED, None)
    assert list(queries.open_requests_to(association)) == []


def test_another_membership_answers_nothing(asked, samia, other_association):
    join(user=samia, association=other_association, role=Membership.Role.CONTRIBUTOR)

    asked.refresh_from_db()
    assert asked.state == State.OPEN


def test_somebody_who_came_in_unheard_is_accepted_as_they_are(asked, samia, aminata, association):
    role = Membership.Role.REPRESENTATIVE
    Membership.objects.bulk_create([Membership(user=samia, association=association, role=role)])

    operations.accept(request=asked, role="contributor", by=aminata, at=NOW)

    assert samia.memberships.get().role == role


# -- Forgetting ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "erased"),
    [
        ({"state": State.REFUSED, "decided_at": NOW - 91 * DAY}, 1),
        ({"state": State.WITHDRAWN, "decided_at": NOW - 91 * DAY}, 1),
        ({"state": State.ACCEPTED, "decided_at": NOW - 89 * DAY}, 0),
        ({"created_at": NOW - 181 * DAY}, 1),
        ({"created_at": NOW - 179 * DAY}, 0),
    ],
)
def test_old_requests_are_erased(asked, change, erased):
    JoinRequest.objects.update(**change)

    assert operations.purge_join_requests(at=NOW) == erased
    assert JoinRequest.objects.count() == 1 - erased


def test_closing_an_account_erases_what_it_asked_and_no_longer_says_who_answered(
    asked, samia, association, aminata, claire
):
    elsewhere = JoinRequest.objects.create(
        user=claire,
        association=association,
        state=State.REFUSED,
        created_at=NOW,
        decided_at=NOW,
        decided_by=samia,
    )

    close_account(user=samia, by=None, at=NOW)

    assert not JoinRequest.objects.filter(pk=asked.pk).exists()
    elsewhere.refresh_from_db()
    assert elsewhere.decided_by is None


def test_a_closed_account_awaits_no_answer(asked, samia, aminata, association):
    samia.is_active = False
    samia.save()

    assert list(queries.open_requests_to(association)) == []
    with pytest.raises(operations.NoLongerOpen):
        operations.accept(request=asked, role="contributor", by=aminata, at=NOW)
