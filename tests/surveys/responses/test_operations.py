import os
import subprocess
import sys
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail

from intranet.jobs.models import Job
from surveys.campaigns.models import Participation
from surveys.responses import operations
from surveys.responses.models import Draft, Response, response_id
from tests.people import NOW
from tests.surveys.responses.conftest import ANSWERS, DEFINITION, make_version

AFTER = NOW + timedelta(days=30)


# -- Beginning ---------------------------------------------------------------------------


def test_a_draft_begins_on_the_latest_version(survey, questionnaire):
    latest = make_version(questionnaire, DEFINITION)

    draft = operations.start_draft(campaign=survey, at=NOW)

    assert draft.version == latest
    assert draft.document == {}


def test_an_association_begins_one_draft_only(assessment, participation, version, aminata, benoit):
    first = operations.start_draft(
        campaign=assessment, participation=participation, by=benoit, at=NOW
    )
    second = operations.start_draft(
        campaign=assessment, participation=participation, by=aminata, at=NOW
    )

    participation.refresh_from_db()
    assert first == second
    assert participation.state == Participation.State.STARTED


def test_an_association_that_answered_does_not_begin_again(association_draft, aminata):
    association_draft.document = ANSWERS
    association_draft.save()
    sent = operations.submit_response(key=association_draft.pk, by=aminata, at=NOW)

    with pytest.raises(operations.AlreadySubmitted) as refusal:
        operations.start_draft(
            campaign=association_draft.campaign,
            participation=association_draft.participation,
            by=aminata,
            at=NOW,
        )

    assert refusal.value.response == sent


@pytest.mark.parametrize("at", [NOW - timedelta(days=30), AFTER])
def test_nobody_begins_outside_the_campaigns_days(survey, version, at):
    with pytest.raises(operations.DeadlinePassed):
        operations.start_draft(campaign=survey, at=at)

    assert not Draft.objects.exists()


# -- Saving ------------------------------------------------------------------------------


def test_saving_keeps_who_and_when(association_draft, aminata):
    later = NOW + timedelta(minutes=5)

    conflicts = operations.save_draft(
        draft=association_draft, values={"q-age": 12}, base={}, by=aminata, at=later
    )

    association_draft.refresh_from_db()
    assert conflicts == ()
    assert association_draft.document == {"q-age": 12}
    assert association_draft.updated_by == aminata
    assert association_draft.updated_at == later
    assert association_draft.revision == 1


def test_saving_without_a_change_leaves_the_last_person_there(association_draft, benoit, aminata):
    operations.save_draft(
        draft=association_draft, values={"q-age": None}, by=aminata, at=AFTER - timedelta(days=20)
    )

    association_draft.refresh_from_db()
    assert association_draft.updated_by == benoit
    assert association_draft.revision == 0


def test_two_people_saving_different_questions_lose_nothing(association_draft, aminata, benoit):
    same_draft = Draft.objects.get(pk=association_draft.pk)

    operations.save_draft(
        draft=association_draft,
        values={"q-age": 12, "q-mot": None},
        base={},
        by=aminata,
        at=NOW,
    )
    conflicts = operations.save_draft(
        draft=same_draft, values={"q-age": None, "q-mot": "Vivant"}, base={}, by=benoit, at=NOW
    )

    assert conflicts == ()
    assert Draft.objects.get().document == {"q-age": 12, "q-mot": "Vivant"}


def test_two_people_changing_the_same_question_have_to_choose(association_draft, aminata, benoit):
    operations.save_draft(
        draft=association_draft, values={"q-age": 12}, base={}, by=aminata, at=NOW
    )
    [conflict] = operations.save_draft(
        draft=association_draft, values={"q-age": 13}, base={}, by=benoit, at=NOW
    )

    assert (conflict.question_id, conflict.mine, conflict.theirs) == ("q-age", 13, 12)
    assert Draft.objects.get().document == {"q-age": 12}


def test_a_question_of_another_questionnaire_is_not_stored(draft):
    operations.save_draft(draft=draft, values={"q-elsewhere": "x"}, at=NOW)

    assert Draft.objects.get().document == ANSWERS


def test_a_closed_campaign_leaves_the_draft_as_it_was(draft):
    with pytest.raises(operations.DeadlinePassed):
        operations.save_draft(draft=draft, values={"q-age": 1}, at=AFTER)

    assert Draft.objects.get().document == ANSWERS


def test_a_draft_that_is_gone_cannot_be_saved(draft):
    Draft.objects.all().delete()

    with pytest.raises(operations.DraftGone):
        operations.save_draft(draft=draft, values={"q-age": 1}, at=NOW)


# -- Sending -----------------------------------------------------------------------------


def test_sending_makes_a_response_and_removes_the_draft(draft, survey, version, territory):
    draft.territory = territory
    draft.save()

    response = operations.submit_response(key=draft.pk, at=NOW)

    assert not Draft.objects.exists()
    assert Response.objects.get() == response
    assert response.document == ANSWERS
    assert response.campaign == survey
    assert response.version == version
    assert response.territory == territory
    assert response.channel == Response.Channel.WEB
    assert response.week == date(2026, 3, 9)


def test_a_response_of_a_resident_tells_nothing_of_who_when_and_how(draft, claire):
    Job.objects.all().delete()
    response = operations.submit_response(key=draft.pk, by=claire, at=NOW)

    assert {field.name for field in Response._meta.fields} == {
        "id",
        "campaign",
        "participation",
        "version",
        "territory",
        "language",
        "channel",
        "week",
        "document",
        "not_applicable",
    }
    assert response.participation is None
    assert response.pk != draft.pk
    assert not Job.objects.exists()


def test_the_same_key_always_gives_the_same_response_and_receipt(draft):
    first = operations.submit_response(key=draft.pk, at=NOW)
    again = operations.submit_response(key=draft.pk, at=NOW)
    long_after = operations.submit_response(key=draft.pk, at=AFTER)

    assert first == again == long_after
    assert first.receipt_code == long_after.receipt_code
    assert Response.objects.count() == 1


def test_a_receipt_is_three_groups_of_four(draft):
    code = operations.submit_response(key=draft.pk, at=NOW).receipt_code

    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert not set("ILOU") & set(code)


def test_two_keys_have_two_receipts():
    assert (
        Response(id=response_id(uuid4())).receipt_code
        != Response(id=response_id(uuid4())).receipt_code
    )


def test_an_unknown_key_is_refused(db):
    with pytest.raises(operations.DraftGone):
        operations.submit_response(key=uuid4(), at=NOW)


def test_an_incomplete_response_is_refused_and_says_what_is_missing(draft):
    draft.document = {"q-age": 3}
    draft.save()

    with pytest.raises(operations.Incomplete) as refusal:
        operations.submit_response(key=draft.pk, at=NOW)

    assert [question.code for question in refusal.value.questions] == ["anciennete", "mot"]
    assert Draft.objects.exists()


def test_sending_after_the_last_day_is_refused(draft):
    with pytest.raises(operations.DeadlinePassed):
        operations.submit_response(key=draft.pk, at=AFTER)

    assert Draft.objects.exists()
    assert not Response.objects.exists()


def test_the_last_day_counts_in_paris(draft):
    draft.campaign.closes_date = NOW.date()
    draft.campaign.save()
    half_past_midnight_in_paris = NOW.replace(hour=23, minute=30)

    with pytest.raises(operations.DeadlinePassed):
        operations.submit_response(key=draft.pk, at=half_past_midnight_in_paris)


def test_an_association_that_sends_is_counted_and_gets_a_letter(
    association_draft, aminata, participation, django_capture_on_commit_callbacks
):
    association_draft.document = ANSWERS
    association_draft.save()

    with django_capture_on_commit_callbacks(execute=True):
        response = operations.submit_response(key=association_draft.pk, by=aminata, at=NOW)

    participation.refresh_from_db()
    assert participation.state == Participation.State.SUBMITTED
    assert participation.submitted_at == NOW
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "aminata@example.org",
        "bonjour@tisserands.example",
    ]
    assert response.receipt_code in mail.outbox[0].body
    assert "Les Tisserands" in mail.outbox[0].body


def test_a_draft_made_while_a_file_answered_for_the_association_is_refused(
    association_draft, participation, version, aminata
):
    association_draft.document = ANSWERS
    association_draft.save()
    operations.record_responses(
        campaign=association_draft.campaign,
        version=version,
        documents=[operations.Submission({"q-age": 1}, participation=participation)],
        channel=Response.Channel.PAPER,
        at=NOW,
    )

    with pytest.raises(operations.AlreadySubmitted):
        operations.submit_response(key=association_draft.pk, by=aminata, at=NOW)

    assert Draft.objects.exists()


# -- Many at once ------------------------------------------------------------------------


def test_documents_collected_elsewhere_are_recorded_even_partial_and_after_the_end(survey, version):
    new = operations.record_responses(
        campaign=survey,
        version=version,
        documents=[{"q-age": age} for age in range(3)],
        channel=Response.Channel.IMPORT,
        at=AFTER,
    )

    assert len(new) == 3
    assert sorted(r.document["q-age"] for r in Response.objects.all()) == [0, 1, 2]


def test_the_same_key_recorded_again_is_the_same_response(survey, version):
    submission = operations.Submission({"q-age": 1})

    def record():
        return operations.record_responses(
            campaign=survey,
            version=version,
            documents=[submission, submission],
            channel=Response.Channel.IMPORT,
            at=NOW,
        )

    assert len(record()) == 1
    assert record() == []
    assert Response.objects.count() == 1


def test_recording_300_documents_takes_a_handful_of_queries(
    survey, version, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        operations.record_responses(
            campaign=survey,
            version=version,
            documents=[{"q-age": 1}] * 300,
            channel=Response.Channel.IMPORT,
            at=NOW,
        )


BEGIN = """
import sys
from datetime import datetime
from uuid import UUID

import django

django.setup()
from surveys.responses.models import Draft, Response
from surveys.responses.operations import submit_response
"""

SEND_50_TIMES = (
    BEGIN
    + """
key, at = UUID(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
sys.stdin.readline()
print(*{submit_response(key=key, at=at).receipt_code for _ in range(50)})
"""
)
COUNT = BEGIN + "print(Response.objects.count(), Draft.objects.count())"


def another_process(script: str, database: dict[str, str], *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, **database},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_processes_sending_one_key_50_times_make_one_response(draft, shared_database):
    arguments = (str(draft.pk), NOW.isoformat())
    processes = [another_process(SEND_50_TIMES, shared_database, *arguments) for _ in range(2)]
    # They wait for a line, so that both are ready when the first begins.
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    receipts = [process.communicate(timeout=120)[0].strip() for process in processes]
    counts = another_process(COUNT, shared_database).communicate(timeout=60)[0].split()

    assert [process.returncode for process in processes] == [0, 0]
    assert receipts == [Response(id=response_id(draft.pk)).receipt_code] * 2
    assert counts == ["1", "0"]
