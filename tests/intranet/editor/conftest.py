"""A network whose site is laid, and the three roles that enter the editor."""

import pytest
from django.test import Client

from intranet.accounts import roles
from intranet.accounts.models import User
from pages.home.operations import lay_site
from tests.conftest import make_person

ROLES = ("animator", "editor", "administrator")


@pytest.fixture
def laid_site(db):
    return lay_site()


def person_who_is(role: str) -> User:
    if role == "administrator":
        return User.objects.create_superuser(
            "gaelle@example.org", "un-long-mot-de-passe", first_name="Gaëlle"
        )
    group = {"animator": roles.ANIMATOR, "editor": roles.EDITOR}[role]
    return make_person(f"{role}@example.org", "Sacha", group)


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(person_who_is(role))
    return client
