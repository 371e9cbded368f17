"""The pages that say what changed: between two versions, and before publishing."""

import pytest
from django.urls import reverse

from surveys.campaigns.models import Campaign
from surveys.questionnaires.differences import SETTINGS, Effect
from surveys.questionnaires.differences_in_words import CHANGES, EFFECTS
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import publish_questionnaire
from surveys.responses.models import Response
from tests.people import NOW, TODAY


def rewrite(questionnaire: Questionnaire, **changes) -> Questionnaire:
    """Change the first question, as an editor who saves a draft."""
    draft = questionnaire.get_latest_revision_as_object()
    blocks = draft.blocks
    blocks[0]["value"]["questions"][0]["value"].update(changes)
    draft.sections = draft.sections.stream_block.to_python(blocks)
    draft.save_revision()
    questionnaire.refresh_from_db()
    return questionnaire


@pytest.fixture
def two_versions(questionnaire, elodie) -> Questionnaire:
    publish_questionnaire(questionnaire=questionnaire, by=elodie, at=NOW)
    rewrite(questionnaire, label="Dans quel quartier vivez-vous ?", required=True)
    publish_questionnaire(questionnaire=questionnaire, by=elodie, at=NOW)
    return questionnaire


def address(before: int, after: int) -> str:
    return reverse("questionnaire_differences", args=["besoins", before, after])


DRAFT = reverse("questionnaire_draft_differences", args=["besoins"])


def test_a_member_reads_which_words_changed(client, two_versions, denis):
    client.force_login(denis)

    page = client.get(address(1, 2)).text

    assert "<del>Votre</del><ins>Dans quel</ins>" in page
    assert "Une réponse est maintenant obligatoire." in page
    assert "La non-réponse ne se compare pas" in page
    assert "2 questions se comparent sans réserve" in page
    assert "Votre rue" not in page


def test_what_did_not_change_is_shown_when_asked_for(client, two_versions, denis):
    client.force_login(denis)

    assert "Votre rue" in client.get(address(1, 2) + "?tout").text


def test_the_list_of_versions_leads_to_what_changed(client, two_versions, denis):
    client.force_login(denis)

    page = client.get(reverse("questionnaire_versions", args=["besoins"])).text

    assert address(1, 2) in page


def test_a_version_compared_with_itself_has_no_difference(client, two_versions, denis):
    client.force_login(denis)

    assert "Rien n'a changé" in client.get(address(2, 2)).text


@pytest.mark.parametrize("numbers", [(1, 9), (0, 1)])
def test_versions_that_do_not_exist_are_not_found(client, two_versions, denis, numbers):
    client.force_login(denis)

    assert client.get(address(*numbers)).status_code == 404


def test_a_partner_and_a_passer_by_see_nothing(client, two_versions, farid):
    assert client.get(address(1, 2)).status_code == 302
    client.force_login(farid)
    assert client.get(address(1, 2)).status_code == 403


def test_a_member_who_edits_nothing_does_not_read_drafts(client, two_versions, denis):
    client.force_login(denis)

    assert client.get(DRAFT).status_code == 403


def test_an_editor_reads_what_publishing_will_change(client, two_versions, elodie):
    rewrite(two_versions, label="Où vivez-vous ?")
    client.force_login(elodie)

    page = client.get(DRAFT).text

    assert "<del>Dans quel quartier</del><ins>Où</ins>" in page
    assert "La version 2 n'a pas encore de réponse." in page


def test_an_editor_reads_how_many_have_answered_already(client, two_versions, elodie):
    campaign = Campaign.objects.create(
        slug="besoins-2026",
        title="Besoins 2026",
        kind=Campaign.Kind.NEEDS_SURVEY,
        questionnaire=two_versions,
        opens_date=TODAY,
        threshold=5,
    )
    for version in two_versions.versions.all():
        for _each in range(version.number):
            Response.objects.create(campaign=campaign, version=version, week=TODAY, document={})
    client.force_login(elodie)

    page = client.get(DRAFT).text

    assert "La version 2 a 2 réponses" in page
    assert "le publier ne crée pas de nouvelle version" in page
    assert '<article class="card">' not in page


def test_a_questionnaire_never_published_says_so(client, questionnaire, elodie):
    client.force_login(elodie)

    assert "Pas encore publié" in client.get(DRAFT).text


def test_everything_that_can_change_has_its_sentence():
    assert SETTINGS.keys() <= CHANGES.keys()
    assert set(EFFECTS) == set(Effect)
