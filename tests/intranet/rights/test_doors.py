"""Every address and every command has its line, and does what the table says, over HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import get_commands
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from intranet.rights import doors
from intranet.rights.doors import COMMANDS, DOORS, EDITOR, EITHER, HIDDEN, Door, doors_of
from intranet.rights.table import RIGHTS, Role, Scope
from tests.intranet.rights.matrix import expected
from tests.intranet.rights.world import Place, World, build_world
from tests.seeding import kept_for_a_while
from tests.test_house import APPS, HOUSE, calls, constant, sources

KNOW_SUPERUSERS = {
    "intranet/accounts/admin.py",
    "intranet/accounts/closing.py",
    "intranet/accounts/models.py",
    "intranet/accounts/queries.py",
    "intranet/digest/queries.py",
    "intranet/imports/resources.py",
    "intranet/network/permissions.py",
    "intranet/network/queries.py",
    "intranet/rights/permissions.py",
    "intranet/templatetags/navigation.py",
    "pages/audience/queries.py",
}

Address = tuple[str, URLPattern]


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[Address]:
    """Every address that has a name, with those of the sections it is in."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield f"{space}{entry.name}", entry


NAMES = sorted({name for name, _pattern in addresses()})


# -- The lines -----------------------------------------------------------------------------


def test_every_address_has_exactly_one_line():
    lines = {name: [door.name for door in doors_of(name)] for name in NAMES}

    assert len(NAMES) > 350
    assert {name: found for name, found in lines.items() if len(found) != 1} == {}


def test_no_line_is_written_twice_or_leads_nowhere():
    told = [door.name for door in doors._ADDRESSES]
    used = {door.name for name in NAMES for door in doors_of(name)}

    assert len(told) == len(set(told))
    assert set(told) - used == set()


def test_every_command_of_ours_has_its_line():
    ours = {name for name, app in get_commands().items() if app in APPS}

    assert ours == set(COMMANDS)


def test_commands_are_the_machines():
    refused = [
        f"{name}: {right}"
        for name, rights in COMMANDS.items()
        for right in rights
        if RIGHTS[right].scope(Role.MACHINE) != Scope.ALL
    ]

    assert refused == []


def asked_of_the_table() -> dict[str, str]:
    """The rights that the code asks by name, and where."""
    found = {}
    for path in sources():
        for name, args in calls(path):
            words = [constant(arg) for arg in args[1:3]]
            if name == "may" and len(words) == 2 and all(words):
                found[f"{words[1]}.{words[0]}"] = str(path)
    return found


def test_the_code_asks_only_about_rights_of_the_table():
    assert {name: path for name, path in asked_of_the_table().items() if name not in RIGHTS} == {}


def test_every_right_is_used_by_a_door_a_command_or_the_code():
    by_doors = {right for door in DOORS.values() for right in door.rights}
    by_commands = {right for rights in COMMANDS.values() for right in rights}
    used = by_doors | by_commands | asked_of_the_table().keys() | doors.JOBS

    assert used <= RIGHTS.keys()
    assert RIGHTS.keys() - used == set()


def test_every_room_asks_the_table():
    """No room has a rule of its own: its permissions end in a right of the table."""
    silent = []
    for path in sources():
        if path.name != "permissions.py" or path.parent.name in {"rights", "network"}:
            continue
        names = {name for name, _args in calls(path)}
        if "may" not in names:
            silent.append(str(path))

    assert silent == []


def test_only_a_few_places_know_what_a_superuser_is():
    """Where Django and Wagtail have to be told, and where it is kept; others ask the table."""
    found = {
        str(path.relative_to(HOUSE))
        for path in sources()
        if "is_superuser" in path.read_text(encoding="utf-8")
    }

    assert found == KNOW_SUPERUSERS


# -- What happens there --------------------------------------------------------------------

LOGGED_IN: dict[str, str | None] = {"public": None, "account": None}
HELD: dict[str, dict[str, str | None]] = {
    "nobody": {"public": None},
    "left": LOGGED_IN,
    "partner": {**LOGGED_IN, "partner": None},
    "contributor": {**LOGGED_IN, "contributor": "mine"},
    "contributor elsewhere": {**LOGGED_IN, "contributor": "other"},
    "representative": {**LOGGED_IN, "representative": "mine"},
    "representative elsewhere": {**LOGGED_IN, "representative": "other"},
    "editor": {**LOGGED_IN, "editor": None},
    "animator": {**LOGGED_IN, "animator": None},
    "administrator": {**LOGGED_IN, "administrator": None},
}
AUTHOR = "contributor"
DESK = {"editor", "animator", "administrator"}
MEMBERS = set(HELD) - {"nobody", "left", "partner"}
# What is always about the person who asks.
ABOUT_ONESELF = {"account.change", "weekly_letter.choose"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Built once for all, in a transaction that is rolled back."""
    with kept_for_a_while(django_db_blocker):
        yield build_world()


@pytest.fixture
def plain_refusals(monkeypatch):
    """Refused a thousand times, people are told so in a word: the pages that say it are slow."""
    for status in (403, 404):
        answer = f"tests.intranet.rights.test_doors.plain_{status}"
        monkeypatch.setattr("intranet.urls.handler" + str(status), answer, raising=False)


def plain_403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("403", status=403)


def plain_404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("404", status=404)


def stake_of(place: Place, name: str) -> dict[str, bool]:
    stake = dict(place.stake)
    if stake.pop("own_of_author", False):
        stake["own"] = name == AUTHOR
    if stake.pop("own_of_editor", False):
        stake["own"] = name == "editor"
    if stake.pop("circle_of_members", False):
        stake["circle"] = name in MEMBERS
    if stake.pop("circle_of_group", False):
        stake["circle"] = name == AUTHOR
    return stake


def may_pass(door: Door, place: Place, name: str) -> bool:
    rights = place.rights or door.rights
    stake = stake_of(place, name)
    return any(
        expected(right, HELD[name], "mine", **({"own": True} if right in ABOUT_ONESELF else stake))
        for right in rights
    )


NOBODYS = "00000000-0000-0000-0000-000000000000"


def places_of(world: World, name: str, pattern: URLPattern) -> list[Place]:
    if name in world.places:
        return world.places[name]
    section = name.split(":")[0]
    filled: dict[str, Any] = {}
    for part, converter in pattern.pattern.converters.items():
        known = world.by_section.get(section) if part in {"pk", "page_id"} else None
        default = NOBODYS if "UUID" in type(converter).__name__ else 1
        filled[part] = known or world.values.get(part, default)
    groups = getattr(pattern.pattern, "regex", None)
    for part in groups.groupindex if groups else ():
        filled.setdefault(part, world.by_section.get(section, world.values.get(part, 1)))
    return [Place(filled)]


def knock(client: Client, method: str, url: str) -> str:
    """What kind of answer came; whatever it wrote is forgotten."""
    with transaction.atomic():
        response = getattr(client, method)(url)
        transaction.set_rollback(True)
    where = response.headers.get("Location", "")
    if where.startswith("/_util/login/") and client.cookies:
        # Where Wagtail sends who may not read a page: whoever is logged in is refused there.
        response = client.get(where)
        where = response.headers.get("Location", "")
    if where.startswith(("/compte/login/", "/admin/login/", "/_util/login/")):
        return "login"
    if where == "/admin/":
        return "sent home"
    return {403: "403", 404: "404", 405: "405"}.get(response.status_code, "in")


# Where who is refused may be sent: it says the same to everybody who may not.
REFUSALS = {
    doors.FORBIDDEN: {"nobody": {"login"}, "others": {"403"}},
    HIDDEN: {"nobody": {"login", "404"}, "others": {"404"}},
    EITHER: {"nobody": {"login"}, "others": {"403", "404"}},
    EDITOR: {"nobody": {"login"}, "others": {"login", "sent home", "403", "404"}},
}


# What these people have not got (a second factor), what leads further on (ways to log in), and
# what asks for more than an address.
NOTHING_THERE = {
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",
    "mfa_view_recovery_codes",
    "wagtailadmin_login",
    "wagtailadmin_pages:revisions_compare",
    "wagtailadmin_pages:workflow_preview",
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
    "wagtaildocs_authenticate_with_password",
    "wagtailforms:delete_submissions",
    "wagtailsnippets:index",
}


def knocked(world: World, name: str) -> Iterator[tuple[str, str, bool, str, Door]]:
    """Everywhere this person knocks: the address, whether they may pass, what happened."""
    # What breaks behind a door is another test's: here it counts as having got in.
    client = Client(raise_request_exception=False)
    if world.people[name]:
        client.force_login(world.people[name])
    cookies = client.cookies.copy()
    for address, pattern in dict(addresses()).items():
        [door] = doors_of(address)
        for place in places_of(world, address, pattern):
            try:
                url = reverse(
                    address,
                    **{"args" if isinstance(place.kwargs, list) else "kwargs": place.kwargs},
                )
            except NoReverseMatch:
                continue
            may = may_pass(door, place, name)
            # An editor who may not enter is turned away before anything is asked: once is enough.
            enters = door.refusal != EDITOR or name in DESK
            for method in ("get",) if may or not enters else ("get", "post"):
                client.cookies = cookies.copy()
                yield address, f"{method} {address} {url}", may, knock(client, method, url), door


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("name", HELD)
def test_every_door_lets_in_whom_the_table_says(world, plain_refusals, name):
    wrong, cases = [], 0
    for address, said, may, answer, door in knocked(world, name):
        cases += 1
        if may:
            is_there = address not in NOTHING_THERE
            refusals = {"403", "login", "sent home"} if is_there else {"403"}
            refusals |= {"404"} if is_there and door.refusal != EDITOR else set()
            fine = answer not in refusals
        else:
            refusals = REFUSALS[door.refusal]["nobody" if name == "nobody" else "others"]
            fine = answer in refusals or answer == "405"
        if not fine:
            wrong.append(f"{said}: {answer}, {'may' if may else 'may not'}")

    assert not wrong, "\n".join(wrong)
    assert cases > 350
