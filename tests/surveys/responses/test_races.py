"""Two processes race for the same drafts, fifty times."""

import os
import subprocess
import sys
from collections import Counter

import pytest

from surveys.responses.models import Draft, Response, response_id
from tests.people import NOW
from tests.surveys.responses.conftest import ANSWERS

RACES = 50
# Each names the receipts it was given, then how many responses and drafts there are.
RUN = """
import sys
from datetime import datetime
from uuid import UUID

import django

django.setup()
from django.db import connection
from surveys.responses.models import Draft, Response
from surveys.responses.operations import submit_response

at = datetime.fromisoformat(sys.argv[1])
connection.ensure_connection()
print("ready", flush=True)
for line in sys.stdin:
    print(submit_response(key=UUID(line.strip()), at=at).receipt_code, flush=True)
print(Response.objects.count(), Draft.objects.count())
"""


@pytest.fixture
def start_process():
    """Starts a process that waits for keys; none survives the test."""
    started = []

    def start(database: dict[str, str]) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, NOW.isoformat()],
            env={**os.environ, **database},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_each_of_fifty_races_for_one_draft_leaves_one_response(
    survey, version, request, start_process
):
    drafts = [
        Draft.objects.create(
            campaign=survey, version=version, document=dict(ANSWERS), updated_at=NOW
        )
        for _race in range(RACES)
    ]
    database = request.getfixturevalue("shared_database")
    racers = [start_process(database) for _racer in range(2)]

    receipts: Counter[str] = Counter()
    for draft in drafts:
        # Both get the key before either answers.
        for racer in racers:
            racer.stdin.write(f"{draft.pk}\n")
        receipts.update(racer.stdout.readline().strip() for racer in racers)
    last = [racer.communicate(timeout=60)[0].split() for racer in racers]

    expected = [Response(id=response_id(draft.pk)).receipt_code for draft in drafts]
    assert receipts == Counter(expected * 2)
    assert [racer.returncode for racer in racers] == [0, 0]
    assert last == [[str(RACES), "0"]] * 2
