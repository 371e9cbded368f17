"""One set of results, whatever the language of the answers."""

from surveys.campaigns.models import Campaign
from surveys.questionnaires.definition import Choice, Question
from surveys.questionnaires.queries import latest_version
from surveys.responses.operations import Submission, record_responses
from surveys.results.queries import figures
from tests.people import NOW
from tests.surveys.results.conftest import make_campaign

ASKED = Question(
    id="q",
    code="q",
    kind="single",
    label={"ar": "هل أنتم بخير؟", "fr": "Allez-vous bien ?"},
    choices=(
        Choice("c1", "oui", {"ar": "نعم", "fr": "Oui"}),
        Choice("c2", "non", {"ar": "لا", "fr": "Non"}),
    ),
)


def test_answers_in_every_language_are_counted_in_one_set_with_french_labels(db):
    kind = Campaign.Kind.NEEDS_SURVEY
    campaign = make_campaign((ASKED,), slug="deux-langues", kind=kind, threshold=1)
    chosen = {"ar": ["c1", "c1", "c2"], "fr": ["c1", "c2"], "wo": ["c1"]}
    record_responses(
        campaign=campaign,
        version=latest_version(campaign.questionnaire),
        documents=[
            Submission({"q": {"choice": choice}}, language=language)
            for language, choices in chosen.items()
            for choice in choices
        ],
        channel="web",
        at=NOW,
    )

    counted = figures(campaign, raw=True)["questions"]

    assert [one["label"] for one in counted] == ["Allez-vous bien ?"]
    assert counted[0]["answered"] == 6
    assert [(one["label"], one["count"]) for one in counted[0]["choices"]] == [
        ("Oui", 4),
        ("Non", 2),
    ]
