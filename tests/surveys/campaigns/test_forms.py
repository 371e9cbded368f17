"""What only scripts can send: the site cleans its input before a form sees it."""

import pytest

from surveys.campaigns.forms import AssociationsForm, CampaignForm, FollowUpForm, after_choosing
from tests.surveys.campaigns.conftest import make_associations


def form(asked, /, **changed) -> CampaignForm:
    return CampaignForm(
        {
            "kind": "needs-survey",
            "title": "Besoins",
            "questionnaire": asked.pk,
            "opens_date": "2026-03-01",
            **changed,
        }
    )


@pytest.mark.parametrize("name", ["title", "message", "questionnaire", "slug"])
def test_a_text_that_holds_a_nul_is_refused(questionnaire, name):
    assert list(form(questionnaire, **{name: "a\x00b"}).errors) == [name]


def test_a_campaign_of_the_past_may_be_recorded_by_a_script(questionnaire):
    assert form(questionnaire, closes_date="2026-03-02").is_valid()


def test_a_needs_survey_asks_no_association_whatever_was_ticked(questionnaire):
    [association] = make_associations(1)
    typed = form(questionnaire, associations=[association.pk])

    assert typed.is_valid()
    assert list(typed.cleaned_data["associations"]) == []


@pytest.mark.parametrize("identity", ["a\x00b", "9" * 40, "²", "-1", "1.5", ""])
def test_associations_that_do_not_exist_are_refused(campaign, identity):
    typed = AssociationsForm({"associations": [identity]}, campaign=campaign)

    assert list(typed.errors) == ["associations"]


def test_an_association_already_asked_is_not_asked_again(campaign, association):
    typed = AssociationsForm({"associations": [association.pk]}, campaign=campaign)

    assert list(typed.errors) == ["associations"]


def test_strange_filters_are_left_out():
    assert FollowUpForm({"search": "a\x00", "state": "submitted", "sort": "x"}).filters() == {
        "state": "submitted"
    }


def test_all_and_none_speak_of_the_boxes_that_are_shown():
    assert after_choosing("all", {1, 9}, {1, 2}) == {1, 2, 9}
    assert after_choosing("none", {1, 9}, {1, 2}) == {9}
    assert after_choosing("show", {1, 9}, {1, 2}) == {1, 9}
