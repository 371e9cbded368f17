"""What every test may ask for: the cast, and their clients."""

import gettext
import os

# Playwright runs an event loop in the tests' thread, where our queries stay synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.core.management import call_command
from django.utils.translation import trans_real

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.network.models import Association, Membership, Territory


@pytest.fixture(scope="session", autouse=True)
def french() -> None:
    """The interface in French, as people read it."""
    call_command("compile_french", verbosity=0)
    # Django read the translations when it started: on a fresh clone, before they existed.
    gettext._translations.clear()
    trans_real._translations.clear()


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
