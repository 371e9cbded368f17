"""A questionnaire is edited while people answer it."""

from dataclasses import replace

import pytest
from django.urls import reverse

from surveys.responses import operations
from surveys.responses.models import Response
from tests.people import NOW
from tests.surveys.responses.conftest import ANSWERS, DEFINITION, make_version

SECOND = replace(
    DEFINITION,
    sections=(
        replace(DEFINITION.sections[0], questions=DEFINITION.sections[0].questions[1:]),
        DEFINITION.sections[1],
    ),
)


@pytest.fixture
def _on_the_day(time_machine):
    time_machine.move_to(NOW)


def test_who_began_finishes_on_the_version_they_began_with(survey, version, questionnaire):
    begun = operations.start_draft(campaign=survey, at=NOW)
    operations.save_draft(draft=begun, values=ANSWERS, at=NOW)

    second = make_version(questionnaire, SECOND)
    later = operations.start_draft(campaign=survey, at=NOW)
    operations.save_draft(draft=later, values=ANSWERS, at=NOW)
    for draft in (begun, later):
        operations.submit_response(key=draft.pk, at=NOW)

    assert {response.version: len(response.document) for response in Response.objects.all()} == {
        version: len(ANSWERS),
        second: len(ANSWERS) - 1,
    }


@pytest.mark.usefixtures("_on_the_day")
def test_each_person_is_shown_the_page_of_their_version(client, survey, version, questionnaire):
    start = reverse("survey", args=[survey.slug])
    page = reverse("survey_section", args=[survey.slug, 1])
    client.post(start)
    somebody_else = type(client)()

    make_version(questionnaire, SECOND)
    somebody_else.post(start)

    assert "Depuis quand vivez-vous ici" in client.get(page).text
    assert "Depuis quand vivez-vous ici" not in somebody_else.get(page).text
    assert "Que manque-t-il" in somebody_else.get(page).text
