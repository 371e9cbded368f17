"""Many letters, a bad mail server, and workers that are killed with a letter in their hands."""

import random
import time
from contextlib import contextmanager

from django.utils import timezone

from intranet.notifications.models import Letter
from intranet.notifications.operations import new_letter, queue_letters
from tests.chaos.cluster import Cluster, TookTooLong, is_alive, wait_until
from tests.chaos.mail_server import NO_SUCH, MailServer, Whims
from tests.chaos.story import new_database, say

ONE_IN = 100
"""Of so many addresses, one does not exist."""
ABSENCE = 2.0


def mail_settings(server: MailServer) -> dict[str, str]:
    return {
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "EMAIL_TIMEOUT": "2",
        "EMAIL_RECEIPT_TIMEOUT": "3",
        "LETTER_PAUSES": ",".join(["1"] * 10 + ["2"] * 20),
    }


@contextmanager
def bad_mail_server():
    server = MailServer(Whims())
    server.start()
    try:
        yield server
    finally:
        server.stop()


def address_of(number: int) -> str:
    name = NO_SUCH if number % ONE_IN == 0 else "somebody"
    return f"{name}{number}@example.org"


class Post:
    def __init__(self, cluster: Cluster, server: MailServer, *, letters: int) -> None:
        self.cluster, self.server, self.letters = cluster, server, letters
        self.random = random.Random(7)
        self.kills = 0
        self.problems: list[str] = []

    def tell(self, *, kills: int, absences: int) -> None:
        began = time.monotonic()
        self.queue()
        away_at = {round((n + 1) * kills / (absences + 1)) for n in range(absences)}
        for number in range(kills):
            self.wait_for((number + 1) * self.letters // (kills + 2))
            self.kill()
            if number in away_at:
                self.server.go_away(ABSENCE)
        wait_until(
            lambda: not Letter.objects.unfinished().exists(), seconds=900, what="the last letter"
        )
        self.report(time.monotonic() - began)

    def queue(self) -> None:
        now = timezone.now()
        letters = []
        for number in range(self.letters):
            letter = new_letter(
                kind="chaos",
                occasion="once",
                to=address_of(number),
                person=None,
                subject=f"Lettre {number}",
                template="",
                context={},
                at=now,
            )
            letter.text = "Bonjour"
            letters.append(letter)
        queue_letters(letters)

    def wait_for(self, settled: int) -> None:
        done = Letter.objects.exclude(state__in=[Letter.State.WAITING, Letter.State.SENDING])
        wait_until(lambda: done.count() >= settled, seconds=300, what=f"{settled} letters")

    def kill(self) -> None:
        """A worker with a letter in its hands, at any moment of its sending."""
        held = Letter.objects.filter(state=Letter.State.SENDING)
        found: list[int] = []

        def a_busy_worker() -> bool:
            pids = [int(name.split("/")[-2]) for name in held.values_list("worker", flat=True)]
            found[:] = [pid for pid in pids if is_alive(pid)]
            return bool(found)

        wait_until(a_busy_worker, seconds=120, what="a worker with a letter")
        time.sleep(self.random.uniform(0, 0.02))
        self.cluster.kill(found[0])
        self.kills += 1

    def report(self, seconds: float) -> None:
        whims = self.server.whims
        wanted = {address_of(number) for number in range(self.letters)}
        reachable = {address for address in wanted if not address.startswith(NO_SUCH)}
        lost = reachable - set(whims.accepted)
        refused = Letter.objects.filter(state=Letter.State.REFUSED)
        faces = {len(names) for names in whims.message_ids.values()}
        self.check(not lost, f"{len(lost)} letters are lost")
        self.check(
            set(refused.values_list("to", flat=True)) == wanted - reachable,
            "the refused letters are not those that had to be",
        )
        self.check(whims.duplicates <= self.kills, f"{whims.duplicates} letters left twice")
        self.check(faces == {1}, f"copies with {faces} Message-IDs")
        sent = Letter.objects.filter(state=Letter.State.SENT).count()
        did = ", ".join(f"{what} {times} times" for what, times in sorted(whims.did.items()))
        say(
            f"{self.letters} letters, {self.kills} kills: {sent} sent, {refused.count()} refused, "
            f"{len(lost)} lost, {whims.duplicates} accepted twice, each with one Message-ID: "
            f"{faces == {1}}; the server {did}; {seconds:.0f} s"
        )
        for problem in self.problems:
            say(f"WRONG: {problem}")

    def check(self, well: bool, problem: str) -> None:
        if not well:
            self.problems.append(problem)


def tell_post(*, letters: int, kills: int) -> bool:
    """Whether everything went well."""
    with new_database(), bad_mail_server() as server:
        post = Post(Cluster(**mail_settings(server)), server, letters=letters)
        try:
            post.tell(kills=kills, absences=3)
        except TookTooLong as error:
            post.check(False, str(error))
            say(f"WRONG: waited in vain for {error}")
        finally:
            post.cluster.end()
    return not post.problems
