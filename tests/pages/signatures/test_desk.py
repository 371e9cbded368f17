"""The animator's first screen: signatures to validate first, then those to be confirmed."""

import pytest
from django.utils import timezone

from intranet.network.models import Association
from pages.signatures.desk import to_follow
from pages.signatures.models import Signature, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def signatures(first, association):
    """One in each state, and one of an association that left."""
    rows = {}
    for number, state in enumerate([*State, State.REQUESTED]):
        asked = Association.objects.create(
            slug=f"a{number}", name=f"A{number}", email=f"a{number}@example.org"
        )
        rows[number] = Signature.objects.create(
            association=asked,
            version=first,
            state=state,
            board_date="2026-01-01",
            signatory_name="Aminata Sow",
            signed_at=timezone.now(),
        )
    Association.objects.filter(pk=rows[len(State)].association_id).update(is_active=False)
    return rows


def test_what_awaits_the_animator_comes_first(signatures):
    matter = to_follow(at=timezone.now())

    assert [line.title for line in matter.lines] == ["A0", "A3"]
    assert matter.act.label == "Valider les signatures"


def test_those_to_confirm_are_reminded_in_one_gesture(signatures, client, claire):
    Signature.objects.filter(state=State.REQUESTED).update(state=State.VALIDATED)
    matter = to_follow(at=timezone.now())
    client.force_login(claire)

    assert matter.act.is_done_at_once
    response = client.post(matter.act.path, follow=True)

    assert "1 association" in response.text
    assert not to_follow(at=timezone.now()).act.is_done_at_once
    assert to_follow(at=timezone.now()).number == 1


def test_without_a_signature_there_is_nothing_to_follow(db):
    assert to_follow(at=timezone.now()).number == 0
