"""Trying a questionnaire out: the real pages, and nothing that counts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from surveys.campaigns.models import Campaign, Participation
from surveys.exports.models import Export
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import draft_from_definition, publish_questionnaire
from surveys.responses import trials
from surveys.responses.models import Draft, Response, Trial
from surveys.responses.operations import record_responses
from surveys.results import queries as results
from tests.people import NOW
from tests.surveys.responses.conftest import DEFINITION


@pytest.fixture
def written(elodie) -> Questionnaire:
    """A questionnaire that nobody was asked yet, as a draft."""
    return draft_from_definition(slug="a-essayer", definition=DEFINITION, by=elodie, at=NOW)


@pytest.fixture
def editor(client, elodie):
    client.force_login(elodie)
    return client


def begin(client, questionnaire: Questionnaire, **typed) -> Trial:
    client.post(reverse("try_questionnaire", args=[questionnaire.slug]), typed)
    return Trial.objects.latest("updated_at")


def page_of(client, trial: Trial, number: int) -> str:
    return client.get(reverse("trial_section", args=[trial.pk, number])).text


def sealed(page: str) -> str:
    return page.split('name="page" value="')[1].split('"')[0]


def fill(client, trial: Trial, number: int, **answers):
    address = reverse("trial_section", args=[trial.pk, number])
    page = sealed(client.get(address).text)
    typed = {name.replace("__", "-"): value for name, value in answers.items()}
    return client.post(address, {"page": page, "action": "next", **typed})


def complete(client, trial: Trial) -> None:
    first = trial_question(trial, "anciennete")
    fill(client, trial, 1, q__anciennete=first["choices"][0]["id"])
    fill(client, trial, 2, q__mot="Vivant", q__age="42")


def trial_question(trial: Trial, code: str) -> dict:
    return next(
        question
        for section in trial.definition["sections"]
        for question in section["questions"]
        if question["code"] == code
    )


def send(client, trial: Trial):
    address = reverse("trial_summary", args=[trial.pk])
    return client.post(address, {"page": sealed(client.get(address).text)})


def test_an_editor_goes_through_every_page_and_nothing_is_recorded(editor, written):
    trial = begin(editor, written)

    assert "rien n'est compté." in editor.get(reverse("trial", args=[trial.pk])).text
    complete(editor, trial)
    sent = send(editor, trial)

    assert sent.headers["Location"] == reverse("trial_receipt", args=[trial.pk])
    receipt = editor.get(sent.headers["Location"]).text
    assert "ESSAI" in receipt
    assert "Vivant" in receipt
    assert Response.objects.count() == Draft.objects.count() == 0


def test_each_page_says_that_it_is_a_trial(editor, written):
    trial = begin(editor, written)

    for name, args in (
        ("trial", []),
        ("trial_section", [1]),
        ("trial_summary", []),
        ("trial_receipt", []),
        ("trial_data", []),
    ):
        page = editor.get(reverse(name, args=[trial.pk, *args])).text
        assert "rien n'est compté." in page, name


def test_what_is_missing_is_said_as_it_will_be(editor, written):
    trial = begin(editor, written)

    page = send(editor, trial).text

    assert "2 réponses obligatoires manquent" in page


def test_a_value_that_cannot_be_is_refused_as_it_will_be(editor, written):
    trial = begin(editor, written)

    page = fill(editor, trial, 2, q__mot="Vivant", q__age="beaucoup").text

    assert "Écrivez un nombre" in page
    assert "beaucoup" in page


def test_the_answers_can_be_read_as_data(editor, written):
    trial = begin(editor, written)
    complete(editor, trial)

    page = editor.get(reverse("trial_data", args=[trial.pk])).text

    assert "<code>mot</code>" in page
    assert "<code>&quot;Vivant&quot;</code>" in page
    assert "<code>42</code>" in page


def test_beginning_again_forgets_the_answers_and_reads_the_draft_again(editor, written):
    trial = begin(editor, written)
    complete(editor, trial)
    draft = written.get_latest_revision_as_object()
    draft.title = "Autre titre"
    draft.save_revision()

    begun = editor.get(reverse("trial", args=[trial.pk])).text
    editor.post(reverse("trial_restart", args=[trial.pk]))

    assert "Le brouillon a changé depuis" in begun
    again = Trial.objects.get()
    assert again.pk != trial.pk
    assert again.document == {}
    page = editor.get(reverse("trial", args=[again.pk])).text
    assert "Autre titre" in page
    assert "Le brouillon a changé depuis" not in page


def test_what_was_published_is_not_what_is_tried_but_the_draft(editor, written, elodie):
    publish_questionnaire(questionnaire=written, by=elodie, at=NOW)
    draft = written.get_latest_revision_as_object()
    draft.introduction = "Bientôt publié."
    draft.save_revision()

    trial = begin(editor, written)

    assert "Bientôt publié." in editor.get(reverse("trial", args=[trial.pk])).text


def test_a_draft_with_a_problem_says_it_and_begins_nothing(editor, written):
    draft = written.get_latest_revision_as_object()
    blocks = draft.blocks
    blocks[0]["value"]["questions"][0]["value"]["label"] = ""
    draft.sections = draft.sections.stream_block.to_python(blocks)
    draft.save_revision()

    page = editor.post(reverse("try_questionnaire", args=[written.slug])).text

    assert "Écrivez la question." in page
    assert not Trial.objects.exists()


def test_a_trial_belongs_to_who_began_it(editor, client, written, claire, denis, farid):
    trial = begin(editor, written)
    addresses = [
        reverse(name, args=[trial.pk, *args])
        for name, args in (
            ("trial", []),
            ("trial_section", [1]),
            ("trial_summary", []),
            ("trial_receipt", []),
            ("trial_data", []),
            ("trial_restart", []),
        )
    ]

    client.logout()
    assert {client.get(address).status_code for address in addresses} == {302}
    for person in (denis, farid):
        client.force_login(person)
        assert {client.get(address).status_code for address in addresses} == {403}
        assert client.get(reverse("try_questionnaire", args=[written.slug])).status_code == 403
    client.force_login(claire)
    assert {client.get(address).status_code for address in addresses} == {404}
    assert Trial.objects.filter(pk=trial.pk).exists()


def test_trials_are_removed_after_thirty_days(editor, written, elodie):
    kept = trials.start_trial(questionnaire=written, by=elodie, at=NOW)
    trials.start_trial(questionnaire=written, by=elodie, at=NOW - timedelta(days=31))

    assert trials.purge_trials(at=NOW + timedelta(days=1)) == 1
    assert Trial.objects.get() == kept
    assert trials.purge_trials(at=NOW + timedelta(days=1)) == 0


def what_counts(campaign: Campaign) -> list:
    """Everything that results, exports and follow-up are made from, and the results."""
    models = (Response, Draft, Campaign, Participation, Export)
    return [
        results.figures(campaign),
        *(list(model.objects.order_by("pk").values()) for model in models),
    ]


def test_results_exports_and_follow_up_are_the_same_after_trials(
    editor, written, survey, participation, association_draft, elodie
):
    version = publish_questionnaire(questionnaire=written, by=elodie, at=NOW)
    Campaign.objects.filter(pk=survey.pk).update(questionnaire=written, threshold=1)
    survey.refresh_from_db()
    age = next(question for question in version.definition.questions if question.code == "age")
    record_responses(
        campaign=survey,
        version=version,
        documents=[{age.id: number} for number in (20, 30, 70)],
        channel=Response.Channel.PAPER,
        at=NOW,
    )
    before = what_counts(survey)

    for _each in range(2):
        trial = begin(editor, written)
        complete(editor, trial)
        assert send(editor, trial).status_code == 302

    assert Trial.objects.count() == 2
    assert Response.objects.count() == 3
    assert what_counts(survey) == before
