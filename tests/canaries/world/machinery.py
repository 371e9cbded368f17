"""Letters, calendars and what runs the house."""

import datetime

from intranet.digest.models import DigestEntry, DigestLetter, DigestPreference
from intranet.jobs.models import Job, WorkerPool
from intranet.notifications.models import Letter, SilentAddress
from pages.agenda.operations import make_calendar_address
from tests.canaries.planting import (
    CONTRIBUTOR,
    MACHINE,
    NONE,
    STAFF,
)
from tests.canaries.world.people import NO_SCREEN, World
from tests.people import NOW

DAY = datetime.timedelta(days=1)


def make_letters(world: World) -> None:
    birds, things = world.birds, world.things
    person = world.person(CONTRIBUTOR)
    reader = frozenset({CONTRIBUTOR})
    Letter.objects.create(
        **birds.fields(
            Letter,
            # It is in the copy of their data that is made for the person.
            STAFF | reader,
            unseen=dict.fromkeys(
                ("kind", "occasion", "text", "html", "template", "check_name"), NO_SCREEN
            )
            | dict.fromkeys(("sent_name", "worker"), NO_SCREEN),
            apart=dict.fromkeys(("text", "html"), NONE),
            person=person,
            context={"words": birds.text("Letter.context", NONE, NO_SCREEN)},
            state=Letter.State.REFUSED,
            asked_at=NOW,
            due_at=NOW,
            settled_at=NOW,
        )
    )
    SilentAddress.objects.create(
        **birds.fields(
            SilentAddress,
            STAFF,
            unseen={"answer": NO_SCREEN, "address": NO_SCREEN},
            reason="refused",
            since=NOW,
        )
    )
    entry = DigestEntry.objects.create(
        **birds.fields(
            DigestEntry,
            reader,
            section="news",
            at=NOW,
            key="news 1",
            path="/actualites/",
            check_name="",
        )
    )
    things["digest"] = DigestLetter.objects.create(
        person=person, occasion="weekly 2026-W10", entries=[entry.pk], made_at=NOW
    )
    DigestPreference.objects.create(person=person, rhythm="deadlines", changed_at=NOW)
    things["calendar"] = make_calendar_address(person=person, at=NOW)


def make_machinery(world: World) -> None:
    birds = world.birds
    pool = WorkerPool.objects.create(
        **birds.fields(WorkerPool, MACHINE, unseen={"supervisor": NO_SCREEN, "culprit": NO_SCREEN})
    )
    Job.objects.create(
        **birds.fields(
            Job,
            MACHINE,
            unseen={"worker": NO_SCREEN, "occasion": NO_SCREEN, "name": "", "error": ""},
            pool=pool,
            arguments=[birds.text("Job.arguments", MACHINE, NO_SCREEN)],
            state=Job.State.FAILED,
        )
    )
