"""Lists that several rooms fill: they ask as much of the database for three rows as for one.

The lists that one room fills are tried beside it.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intranet.network.models import Association, Membership, Territory
from intranet.network.operations import join
from pages.charter.importing import import_charter
from pages.charter.markdown import read_markdown
from pages.charter.queries import current_commitments
from pages.charter.structure import read_charter
from pages.home.operations import lay_site
from surveys.campaigns.models import Campaign, Participation
from surveys.demo.signatures import CHARTER
from surveys.exports.models import Export
from surveys.questionnaires.definition import Definition, Question, Section
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import freeze_definition
from surveys.responses.models import Response
from surveys.responses.operations import Submission, record_responses
from tests.people import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


def definition(number: int, *anchors: str) -> Definition:
    questions = [
        Question(
            id=f"q{position}",
            code=f"q{position}",
            kind="long_text",
            label={"fr": f"Question {position}"},
            commitments=(anchor,) if anchor else (),
        )
        for position, anchor in enumerate(anchors, start=1)
    ]
    section = Section(id="s", title={"fr": "Rubrique"}, questions=tuple(questions))
    return Definition(title={"fr": f"Titre {number}"}, sections=(section,))


def add_questionnaire(number: int, *anchors: str) -> Questionnaire:
    made = Questionnaire.objects.create(slug=f"questions-{number}", title=f"Questions {number}")
    add_version(made, number, *anchors)
    return made


def add_version(questionnaire: Questionnaire, number: int, *anchors: str) -> None:
    asked = definition(number, *(anchors or ("",)))
    freeze_definition(questionnaire=questionnaire, definition=asked, by=None, at=NOW)


def add_campaign(number: int, questionnaire: Questionnaire, kind=Campaign.Kind.SELF_ASSESSMENT):
    return Campaign.objects.create(
        slug=f"campagne-{number}",
        title=f"Campagne {number}",
        kind=kind,
        questionnaire=questionnaire,
        opens_date=TODAY,
        threshold=1,
    )


def add_association(number: int) -> Association:
    territory = Territory.objects.create(
        code=f"QN0990{number}M", name=f"Quartier {number}", commune="Valbonne"
    )
    association = Association.objects.create(slug=f"asso-{number}", name=f"Association {number}")
    association.territories.add(territory)
    return association


def add_response(campaign: Campaign, number: int) -> None:
    participation = Participation.objects.create(
        campaign=campaign, association=add_association(number)
    )
    record_responses(
        campaign=campaign,
        version=campaign.questionnaire.versions.get(),
        documents=[Submission({"q1": f"Mot {number}"}, participation=participation)],
        channel=Response.Channel.WEB,
        at=NOW,
    )


@pytest.fixture
def asks_as_much(client):
    """Adds one row, then two more; the page shows them all, for as many questions asked."""

    def check(add_row, address, shown, *, post=None):
        def visit():
            url = address() if callable(address) else address
            return client.post(url, post()) if post else client.get(url)

        add_row(1)
        visit()
        with CaptureQueriesContext(connection) as one:
            page = visit().content.decode()
        assert shown.format(1) in page
        assert shown.format(3) not in page
        add_row(2)
        add_row(3)
        with CaptureQueriesContext(connection) as three:
            page = visit().content.decode()
        assert all(shown.format(number) in page for number in (1, 2, 3))
        assert len(one) == len(three)

    return check


def test_the_form_of_a_new_campaign(client, claire, asks_as_much):
    def add_row(number):
        add_questionnaire(number)
        add_association(number)

    client.force_login(claire)
    asks_as_much(add_row, reverse("campaign_create"), "Association {}")


def test_what_will_happen_before_a_campaign_opens(client, claire, asks_as_much):
    questionnaire = add_questionnaire(0)

    def typed():
        return {
            "kind": "self-assessment",
            "title": "Bilan",
            "questionnaire": questionnaire.pk,
            "opens_date": TODAY.isoformat(),
            "associations": list(Association.objects.values_list("pk", flat=True)),
        }

    client.force_login(claire)
    # None of them has an address: each is named.
    asks_as_much(add_association, reverse("campaign_create"), "<li>Association {}", post=typed)


def test_the_associations_of_a_person(client, benoit, asks_as_much):
    def add_row(number):
        join(user=benoit, association=add_association(number), role=Membership.Role.CONTRIBUTOR)

    client.force_login(benoit)
    asks_as_much(add_row, reverse("my_space"), "Quartier {}")


def test_the_neighbourhoods_that_a_resident_chooses_from(asks_as_much):
    survey = add_campaign(0, add_questionnaire(0), Campaign.Kind.NEEDS_SURVEY)

    asks_as_much(add_association, reverse("survey", args=[survey.slug]), "Quartier {}")


def test_the_versions_of_a_questionnaire(client, claire, asks_as_much):
    questionnaire = Questionnaire.objects.create(slug="questions", title="Questions")

    client.force_login(claire)
    asks_as_much(
        lambda number: add_version(questionnaire, number),
        reverse("questionnaire_versions", args=["questions"]),
        "Version {}",
    )


def test_what_associations_wrote(client, claire, asks_as_much):
    campaign = add_campaign(0, add_questionnaire(0))

    client.force_login(claire)
    asks_as_much(
        lambda number: add_response(campaign, number),
        reverse("written_answers", args=[campaign.slug, "q1"]),
        "Mot {}",
    )


def test_the_figures_of_the_charters_commitments(client, aminata, asks_as_much):
    charter = read_charter(read_markdown(CHARTER.read_text(encoding="utf-8")))
    import_charter(charter=charter, home=lay_site(), by=None)
    anchors = list(current_commitments().values_list("anchor", flat=True))
    campaigns = []

    def add_row(number):
        made = add_questionnaire(number, *anchors[:number])
        campaigns.append(add_campaign(number, made))
        add_response(campaigns[-1], number)

    client.force_login(aminata)
    asks_as_much(
        add_row,
        lambda: reverse("results_by_commitment", args=[campaigns[-1].slug]),
        "Question {}<",
    )


def test_the_files_that_somebody_asked_for(client, claire, asks_as_much):
    campaign = add_campaign(0, add_questionnaire(0))
    files = []

    def add_row(number):
        files.append(
            Export.objects.create(
                campaign=campaign,
                format=Export.Format.XLSX,
                content=Export.Content.FIGURES,
                requested_by=claire,
                requested_at=NOW.replace(day=number),
            )
        )

    client.force_login(claire)
    asks_as_much(add_row, reverse("exports", args=[campaign.slug]), "{} mars 2026")
