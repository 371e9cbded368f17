"""What opens something: keys, tokens, second proofs. Nobody reads them but their owner."""

import datetime
import json
import re
from importlib import import_module

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

from intranet.accounts.models import User
from intranet.digest.links import letter_token, unsubscribe_token
from intranet.invitations.operations import invite
from intranet.network.models import Membership
from pages.agenda.queries import address_token
from surveys.responses.sealing import link_token
from tests.canaries.planting import ANIMATOR, ASSOCIATION, CONTRIBUTOR, INVITED, NONE, STAFF
from tests.canaries.world.people import World
from tests.people import NOW

DAY = datetime.timedelta(days=1)
OWN = frozenset({CONTRIBUTOR})
ASKED_AGAIN = "its owner is asked for a proof first: test_secrets reads it"
NEVER = "nobody is ever told it"
IN_A_LETTER = "only the letter says it"


def make_secrets(world: World) -> None:
    """All of them are the contributor's, but for the passwords, which everybody has."""
    for role, user in world.roles:
        if user is not None:
            world.birds.secret(f"password of {role}", NONE, user.password.split("$")[-1])
    _second_proofs(world, world.person(CONTRIBUTOR))
    _session(world, world.person(CONTRIBUTOR))
    _links(world)
    _invitation(world)


def _second_proofs(world: World, person: User) -> None:
    birds = world.birds
    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.TOTP,
        data={"secret": birds.text("secret of an app", NONE, NEVER)},
    )
    codes = [birds.text("recovery code", OWN, ASKED_AGAIN) for _ in range(2)]
    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"migrated_codes": codes, "used_mask": 0},
    )
    name = birds.text("name of a passkey", OWN, ASKED_AGAIN)
    identity = b"what the key is called by"
    birds.secret("identity of a passkey", OWN, websafe_encode(identity), ASKED_AGAIN)
    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": _credential(identity)},
    )


def _credential(identity: bytes) -> dict:
    """What a browser sends once somebody has made a passkey."""
    point = ES256.from_ctap1(b"\x04" + b"\x01" * 64)
    data = AuthenticatorData.create(
        b"\0" * 32,
        AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT,
        0,
        AttestedCredentialData.create(Aaguid(b"\0" * 16), identity, point),
    )
    client = {"type": "webauthn.create", "challenge": "YQ", "origin": "http://testserver"}
    return {
        "id": websafe_encode(identity),
        "rawId": websafe_encode(identity),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(json.dumps(client).encode()),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


def _session(world: World, person: User) -> None:
    """Somebody's browser at home, when they are read at work: its key is not even told to them."""
    birds = world.birds
    store = import_module(settings.SESSION_ENGINE).SessionStore
    session = store(session_key=birds.text("UserSession.session_key", NONE, NEVER))
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save(must_create=True)
    UserSession.objects.create(
        user=person,
        session_key=session.session_key,
        ip="192.0.2.77",
        user_agent=birds.text("UserSession.user_agent", OWN, "only the name of the browser is"),
        created_at=NOW - DAY,
        last_seen_at=NOW - DAY,
    )
    birds.secret("address of a browser", OWN, "192.0.2.77", "no screen shows it")


def _links(world: World) -> None:
    """Links that open something without a password, to whoever has them."""
    birds, things = world.birds, world.things
    birds.secret("address of a calendar", OWN, address_token(things["calendar"]))
    birds.secret("key of a calendar", OWN, things["calendar"].key.hex)
    for label, token in (
        ("link of a weekly letter", letter_token(things["digest"])),
        ("link to leave the weekly letter", unsubscribe_token(world.person(CONTRIBUTOR))),
        ("link of a question on a piece of news", things["truth"]),
    ):
        birds.secret(label, OWN, token, IN_A_LETTER)
    birds.secret("link of a resident's draft", NONE, link_token(things["resident's draft"]), NEVER)


def _invitation(world: World) -> None:
    """A letter of invitation waits to leave, with a link that makes an account."""
    birds = world.birds
    invitation = invite(
        emails=[birds.text("address that was invited", STAFF | ASSOCIATION) + "@example.org"],
        association=world.things["own"],
        role=Membership.Role.CONTRIBUTOR,
        by=world.person(ANIMATOR),
        at=timezone.now(),
    )[0]
    assert invitation.letter is not None
    found = re.search(r"/invitation/([^/\s]+)/", invitation.letter.text)
    assert found, invitation.letter.text
    birds.secret("link of an invitation", frozenset({INVITED}), found[1], IN_A_LETTER)
    birds.secret("fingerprint of a link", NONE, invitation.fingerprint, NEVER)
    world.things |= {"invitation": invitation, "invitation's link": found[1]}
