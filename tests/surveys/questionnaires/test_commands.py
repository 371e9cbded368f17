import json
from io import StringIO

import pytest
from django.core.management import call_command

from intranet.management.reporting import Refused
from surveys.questionnaires.queries import latest_version
from tests.surveys.questionnaires.conftest import make_questionnaire, question, section


def publish(slug: str) -> dict:
    output = StringIO()
    call_command("publish_questionnaire", slug, "--json", stdout=output, stderr=StringIO())
    return json.loads(output.getvalue())


def test_publish_questionnaire_freezes_the_latest_draft(questionnaire):
    report = publish("besoins")

    version = latest_version(questionnaire)
    assert report == {
        "questionnaire": "besoins",
        "version": 1,
        "checksum": version.checksum,
        "questions": 3,
    }
    assert publish("besoins") == report


def test_a_text_to_read_is_not_counted_as_a_question(db):
    make_questionnaire(
        section("Un", question("statement", "Bonjour"), question("boolean", "Ça va ?"))
    )

    assert publish("besoins")["questions"] == 1


@pytest.mark.django_db
def test_an_unknown_questionnaire_is_refused():
    with pytest.raises(Refused) as refusal:
        publish("nulle-part")

    assert "nulle-part" in str(refusal.value)


def test_what_is_missing_is_listed_and_nothing_is_published(db):
    draft = make_questionnaire(section("Un", question("text", "")), section(""))

    with pytest.raises(Refused) as refusal:
        publish("besoins")

    assert len(refusal.value.report["problems"]) == 3
    assert "Rubrique 1, question 1" in str(refusal.value)
    assert latest_version(draft) is None
    draft.refresh_from_db()
    assert not draft.live
