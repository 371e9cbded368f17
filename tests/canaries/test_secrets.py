"""What opens something is read by its owner alone, and by them where they have to."""

import json

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client
from django.urls import reverse

from intranet.accounts.personal_data import held_about
from tests.canaries.planting import CONTRIBUTOR, NOBODY, ROLES
from tests.canaries.reading import Reading, client_of, read
from tests.canaries.world import World
from tests.canaries.world.secrets import ASKED_AGAIN
from tests.people import NOW

pytestmark = pytest.mark.django_db

PROVED = {"method": "mfa", "type": "totp", "at": NOW.timestamp(), "reauthenticated": True}
SCREENS = (
    "my_account",
    "sessions",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate_webauthn",
    "account_email",
    "my_calendar",
)


def who_proved(world: World, role: str) -> Client:
    """Somebody who was asked for their second proof just now, and showed it."""
    client = client_of(world.people[role])
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [PROVED]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(world.person(role).pk)
    session.save()
    return client


@pytest.mark.parametrize("role", ROLES)
def test_the_screens_of_ones_account_tell_ones_own_secrets_alone(world: World, role: str) -> None:
    reading = Reading(world)
    client = who_proved(world, role) if role != NOBODY else client_of(None)

    for name in SCREENS:
        read(client, role, reverse(name), reading)

    assert reading.broken == []
    assert reading.leaks == []


def test_who_shows_a_second_proof_again_reads_their_codes_and_their_keys(world: World) -> None:
    reading, client = Reading(world), who_proved(world, CONTRIBUTOR)

    for name in SCREENS:
        read(client, CONTRIBUTOR, reverse(name), reading)

    heard = {one.number for one in reading.heard}
    kept = [one for one in world.birds if one.unseen == ASKED_AGAIN]
    assert len(kept) == 4
    assert [str(one) for one in kept if one.number not in heard] == []


def test_the_codes_wait_for_the_second_proof(world: World) -> None:
    """A browser that was left open does not give away what replaces the telephone."""
    reading, client = Reading(world), client_of(world.person(CONTRIBUTOR))

    for name in SCREENS:
        read(client, CONTRIBUTOR, reverse(name), reading)

    told = {world.birds[one.number].label for one in reading.heard}
    assert not {"recovery code", "secret of an app"} & told


def test_the_copy_of_ones_data_opens_nothing(world: World) -> None:
    reading = Reading(world)

    copied = json.dumps(held_about(world.person(CONTRIBUTOR)), default=str)
    reading.hear(CONTRIBUTOR, copied, "the copy of their data")

    assert len(reading.heard) > 5
    assert reading.leaks == []
    links = ("link of", "key of", "secret of", "recovery code")
    told = [world.birds[one.number] for one in reading.heard]
    assert [str(one) for one in told if one.label.startswith(links)] == []


def test_the_link_of_an_invitation_is_told_by_its_letter_alone(world: World) -> None:
    """It opens an account to whoever has it: it is there, and it is nobody's on any screen."""
    opened = client_of(None).get(reverse("invitation", args=[world.things["invitation's link"]]))

    assert opened.status_code == 200
    assert world.things["invitation"].email in opened.content.decode()
