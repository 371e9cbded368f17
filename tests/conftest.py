"""What every test may ask for: the cast, and their clients."""

import gc
import gettext
import os
from collections.abc import Callable

# Playwright runs an event loop in the tests' thread, where our queries stay synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.utils.translation import trans_real

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.network.models import Association, Membership, Territory
from tests.browsing import CHROMIUM, LAPTOP, PHONE


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--part",
        choices=["database", "processes", "plain"],
        help="only what touches the database, what starts a job cluster and waits for it, or the "
        "rest, which says the same on each database",
    )
    parser.addoption(
        "--shared",
        action="store_true",
        help="the other database is tested beside: what says the same on each is done on one",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that empty the database run last, and find again what migrations created.

    All of them alike: after one that is emptied the ordinary way, the roles are made anew
    under other numbers, and cannot be put back beside themselves.
    """
    if part := config.getoption("part"):
        keep(config, items, lambda item: part_of(item) == part)
    if config.getoption("shared"):
        ours = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
        keep(config, items, lambda item: database_of(item) in {"", ours})
    put_back = pytest.mark.django_db(transaction=True, serialized_rollback=True)
    for item in items:
        if empties_the_database(item):
            item.add_marker(put_back, append=False)
    items.sort(key=empties_the_database)


def keep(config: pytest.Config, items: list[pytest.Item], wanted: Callable) -> None:
    config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
    items[:] = [item for item in items if wanted(item)]


def part_of(item: pytest.Item) -> str:
    if item.get_closest_marker("processes"):
        return "processes"
    return "database" if needs_the_database(item) else "plain"


def database_of(item: pytest.Item) -> str:
    """The one that is enough, or none: nothing but time chooses between the two."""
    if item.get_closest_marker("once"):
        return "sqlite3"
    return "postgresql" if item.get_closest_marker("browser") else ""


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported stays until the end: looking for garbage in it took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def needs_the_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(
        item.get_closest_marker("django_db") or fixtures & {*getattr(item, "fixturenames", ())}
    )


def empties_the_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or (
        "transactional_db" in fixtures or "live_server" in fixtures
    )


@pytest.fixture(scope="session", autouse=True)
def french() -> None:
    """The interface in French, as people read it."""
    call_command("compile_languages", verbosity=0)
    # Django read the translations when it started: on a fresh clone, before they existed.
    gettext._translations.clear()
    trans_real._translations.clear()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Attempts to log in are counted there: those of one test are not the next one's."""
    cache.clear()


def make_person(email: str, first_name: str, *role_names: str) -> User:
    from django.contrib.auth.models import Group

    user = User.objects.create_user(email, "un-long-mot-de-passe", first_name=first_name)
    for name in role_names:
        user.groups.add(Group.objects.get_or_create(name=name)[0])
    return user


@pytest.fixture
def territory(db) -> Territory:
    return Territory.objects.create(
        code="QN07501M", name="Les Tilleuls", commune="Valbonne-la-Neuve"
    )


@pytest.fixture
def association(territory) -> Association:
    association = Association.objects.create(
        slug="les-tisserands", name="Les Tisserands", email="bonjour@tisserands.example"
    )
    association.territories.add(territory)
    return association


@pytest.fixture
def other_association(db) -> Association:
    return Association.objects.create(slug="la-passerelle", name="La Passerelle")


@pytest.fixture
def aminata(association) -> User:
    user = make_person("aminata@example.org", "Aminata", roles.REPRESENTATIVE)
    Membership.objects.create(
        user=user, association=association, role=Membership.Role.REPRESENTATIVE
    )
    return user


@pytest.fixture
def benoit(association) -> User:
    user = make_person("benoit@example.org", "Benoît", roles.CONTRIBUTOR)
    Membership.objects.create(user=user, association=association, role=Membership.Role.CONTRIBUTOR)
    return user


@pytest.fixture
def claire(db) -> User:
    return make_person("claire@example.org", "Claire", roles.ANIMATOR)


@pytest.fixture
def elodie(db) -> User:
    return make_person("elodie@example.org", "Élodie", roles.EDITOR)


@pytest.fixture
def denis(other_association) -> User:
    user = make_person("denis@example.org", "Denis", roles.REPRESENTATIVE)
    Membership.objects.create(
        user=user, association=other_association, role=Membership.Role.REPRESENTATIVE
    )
    return user


@pytest.fixture
def farid(db) -> User:
    return make_person("farid@example.org", "Farid", roles.PARTNER)


# -- Real browsers -----------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    return {**browser_type_launch_args, **CHROMIUM}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args) -> dict:
    return {**browser_context_args, "locale": "fr-FR", "viewport": LAPTOP}


@pytest.fixture
def phone(browser, browser_context_args):
    """A page on a small screen, 360 pixels wide."""
    context = browser.new_context(**{**browser_context_args, "viewport": PHONE, "has_touch": True})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup) -> None:
    """Let every connection know what migrations created.

    Playwright gives tests a context of their own, and with it another connection than the one
    that made the database; only that one knew.
    """
    from django.db import connections

    made_by = connections["default"]
    if contents := getattr(made_by, "_test_serialized_contents", None):
        type(made_by)._test_serialized_contents = contents


@pytest.fixture
def site(transactional_db, live_server):
    """The product on a real port; what migrations created is there again after each test."""
    from wagtail.models import Site

    Site.clear_site_root_paths_cache()
    return live_server
