"""Write a job down in the caller's transaction; hand it to the queue once that is committed."""

import json
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django_q.tasks import async_task

from intranet.jobs import runner
from intranet.jobs.models import Job


def enqueue(name: str, *arguments) -> Job:
    """Have `name` (dotted path of a function in a `tasks.py`) run after the commit.

    The arguments travel as JSON: identifiers, not objects. The job may run twice, so its
    function has to bear it.
    """
    runner.resolve(name)
    job = Job.objects.create(
        name=name, arguments=json.loads(json.dumps(arguments, cls=DjangoJSONEncoder))
    )
    transaction.on_commit(partial(hand_over, job.pk))
    return job


def hand_over(job_id: UUID) -> None:
    if settings.JOBS_RUN_INLINE:
        runner.run(job_id)
    else:
        async_task("intranet.jobs.tasks.run", str(job_id))
