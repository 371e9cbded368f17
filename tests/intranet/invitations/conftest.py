import re

import pytest
import time_machine

from intranet.invitations.models import Invitation
from intranet.invitations.operations import invite
from tests.letters import send_letters
from tests.people import NOW

LINK = re.compile(r"https?://[^/\s]+(/invitation/\S+/)")


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def newest_link(mailoutbox):
    """The link of the last letter to an address, as the person received it."""

    def read(address: str) -> str:
        send_letters(at=NOW)
        letters = [letter for letter in mailoutbox if letter.to == [address]]
        return LINK.search(letters[-1].body).group(1)

    return read


@pytest.fixture
def invited(association, aminata) -> Invitation:
    [invitation] = invite(
        emails=["samia@example.org"],
        association=association,
        role=Invitation.Role.CONTRIBUTOR,
        by=aminata,
        at=NOW,
    )
    return invitation
