"""The outbox, emptied by hand at a moment of the test's choosing."""

from datetime import datetime

import time_machine

from intranet.notifications import tasks


def send_letters(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        tasks.send_letters()
