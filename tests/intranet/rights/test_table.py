"""The table, asked of everybody about everything, against what people wrote down beside it."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page, PageViewRestriction

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.digest.queries import pages_open_to, readers_among
from intranet.network import operations
from intranet.network.models import Membership
from intranet.network.permissions import is_member
from intranet.rights import table
from intranet.rights.permissions import forget, held_by, may
from intranet.rights.table import RIGHTS, ROLES, Role, Scope
from tests.conftest import make_person
from tests.intranet.rights.matrix import COLUMNS, MATRIX, expected

MINE, OTHER, GONE = "mine", "other", "gone"

# What each holds, in the words of the matrix; a role of a membership with its association.
ANYBODY: dict[str, str | None] = {"public": None}
ACCOUNT = {**ANYBODY, "account": None}
CAST: dict[str, dict[str, str | None]] = {
    "nobody": ANYBODY,
    "account": ACCOUNT,
    "partner": {**ACCOUNT, "partner": None},
    "contributor": {**ACCOUNT, "contributor": MINE},
    "representative": {**ACCOUNT, "representative": MINE},
    "editor": {**ACCOUNT, "editor": None},
    "animator": {**ACCOUNT, "animator": None},
    "administrator": {**ACCOUNT, "administrator": None},
    "suspended": ANYBODY,
    "suspended_administrator": ANYBODY,
    "left": ACCOUNT,
    "of_a_closed_association": ACCOUNT,
    "partner_who_contributes": {**ACCOUNT, "partner": None, "contributor": MINE},
    "here_and_there": {**ACCOUNT, "representative": MINE, "contributor": OTHER},
    "animator_who_represents": {**ACCOUNT, "animator": None, "representative": OTHER},
}
STAKES: tuple[dict[str, bool], ...] = ({}, {"own": True}, {"circle": True}, {"link": True})


@pytest.fixture
def cast(association, other_association) -> dict[str, User | AnonymousUser]:
    closed = type(association).objects.create(slug="close", name="Close", is_active=False)
    representative, contributor = Membership.Role.REPRESENTATIVE, Membership.Role.CONTRIBUTOR

    def person(name: str, *groups: str, **fields) -> User:
        made = make_person(f"{name}@example.org", name, *groups)
        for field, value in fields.items():
            setattr(made, field, value)
        made.save()
        return made

    made: dict[str, User | AnonymousUser] = {
        "nobody": AnonymousUser(),
        "account": person("account"),
        "partner": person("partner", roles.PARTNER),
        "contributor": person("contributor"),
        "representative": person("representative"),
        "editor": person("editor", roles.EDITOR),
        "animator": person("animator", roles.ANIMATOR),
        "administrator": person("administrator", is_superuser=True),
        "suspended": person("suspended", roles.ANIMATOR, is_active=False),
        "suspended_administrator": person("late", is_superuser=True, is_active=False),
        "left": person("left"),
        "of_a_closed_association": person("closed"),
        "partner_who_contributes": person("both", roles.PARTNER),
        "here_and_there": person("here"),
        "animator_who_represents": person("animator2", roles.ANIMATOR),
    }
    for name, where, role in (
        ("contributor", association, contributor),
        ("representative", association, representative),
        ("suspended", association, representative),
        ("left", association, representative),
        ("of_a_closed_association", closed, representative),
        ("partner_who_contributes", association, contributor),
        ("here_and_there", association, representative),
        ("here_and_there", other_association, contributor),
        ("animator_who_represents", other_association, representative),
    ):
        operations.join(user=made[name], association=where, role=role)
    operations.leave(membership=Membership.objects.get(user__email="left@example.org"))
    return made


def test_the_matrix_speaks_of_every_right_and_role():
    assert set(MATRIX) == set(RIGHTS)
    assert tuple(COLUMNS) == tuple(ROLES)


def test_every_cell_of_the_table_is_what_people_wrote_down():
    wrong = [
        f"{right.name}, {role}: {right.scope(role)}"
        for right in table.TABLE
        for role in ROLES
        if right.scope(role) != MATRIX[right.name].get(role, Scope.NO)
    ]

    assert wrong == []


def test_nobody_may_more_than_the_matrix_says_nor_less(cast, association, other_association):
    """Every role × object × action × two associations × what is at stake."""
    places = {MINE: association, OTHER: other_association}
    wrong, cases = [], 0
    for name, right, place, stake in product(CAST, RIGHTS.values(), places, STAKES):
        person = cast[name]
        said = may(
            person,
            right.action,
            right.object,
            association=places[place],
            owner=person.pk if "own" in stake else -1,
            in_circle="circle" in stake,
            by_link="link" in stake,
        )
        cases += 1
        if said != expected(right.name, CAST[name], place, **stake):
            wrong.append(f"{name}, {right.name}, {place}, {stake}: {said}")

    assert wrong == []
    assert cases == len(CAST) * len(RIGHTS) * 2 * len(STAKES) > 2_000


def test_an_association_that_is_no_longer_active_gives_no_right(cast, association):
    """As it says of itself, whatever was remembered of the person."""
    person = cast["representative"]
    assert may(person, "sign", "signature", association=association)

    association.is_active = False

    assert not may(person, "sign", "signature", association=association)


def test_what_is_not_said_is_not_granted(cast):
    wrong = [
        f"{name}, {right.name}"
        for name, right in product(CAST, RIGHTS.values())
        if may(cast[name], right.action, right.object) != expected(right.name, CAST[name])
    ]

    assert wrong == []


def test_nobody_owns_what_has_no_owner():
    """Neither has an account: the missing number of one is not that of the other."""
    assert not may(AnonymousUser(), "change", "news", owner=None)


def test_only_roles_of_the_network_hold_what_django_and_wagtail_grant():
    """A grant that no role of the network has whole would reach nobody."""
    useless = [
        right.name
        for right in table.TABLE
        if right.grants or right.media or right.pages
        if not any(right.scope(role) == Scope.ALL for role in table.NETWORK)
    ]

    assert useless == []


def test_only_memberships_are_held_in_an_association():
    elsewhere = [
        f"{right.name}, {role}"
        for right in table.TABLE
        for role in set(ROLES) - set(table.FROM_MEMBERSHIP)
        if right.scope(role) == Scope.ASSOCIATION
    ]

    assert elsewhere == []


def test_a_changed_cell_changes_what_a_screen_does(client, cast, monkeypatch):
    client.force_login(cast["contributor"])
    assert client.get("/actualites/ecrire/").status_code == 200
    cells = list(RIGHTS["news.write"].cells)
    cells[ROLES.index(Role.CONTRIBUTOR)] = Scope.NO
    changed = type(RIGHTS["news.write"])("news", "write", "", tuple(cells))
    monkeypatch.setitem(RIGHTS, "news.write", changed)

    assert client.get("/actualites/ecrire/").status_code == 403


# -- The members' circle -------------------------------------------------------------------

MEMBERS = {
    "contributor",
    "representative",
    "editor",
    "animator",
    "administrator",
    "partner_who_contributes",
    "here_and_there",
    "animator_who_represents",
}


def test_members_hold_a_role_of_the_network_or_belong_to_an_active_association(cast):
    assert {name for name, person in cast.items() if is_member(person)} == MEMBERS


def test_the_weekly_letter_knows_the_same_members(cast):
    people = User.objects.filter(is_active=True)

    assert readers_among(people).members == {cast[name].pk for name in MEMBERS}


def test_what_a_letter_points_at_is_open_to_the_same_members(cast):
    page = Page.get_first_root_node().add_child(instance=Page(title="Entre nous", slug="nous"))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    people = {name: person for name, person in cast.items() if person.pk}

    assert {name for name, person in people.items() if pages_open_to(person, [page.pk])} == MEMBERS


def test_leaving_is_felt_at_once(cast, association):
    person = cast["contributor"]
    assert is_member(person)

    operations.leave(membership=person.memberships.get())

    assert not is_member(person)


@pytest.mark.parametrize("name", sorted(CAST))
def test_a_person_is_asked_about_with_two_queries_at_most(
    name, cast, association, django_assert_max_num_queries
):
    person = cast[name]
    forget(person)

    with django_assert_max_num_queries(2):
        for right in RIGHTS.values():
            may(person, right.action, right.object, association=association, in_circle=True)
        assert held_by(person) is held_by(person)
