"""Next year's questionnaire in the editor, and what members read of two years."""

import pytest
from django.urls import reverse

from surveys.questionnaires import queries
from surveys.questionnaires.admin_renewal import next_title
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import publish_questionnaire
from surveys.questionnaires.renewal import make_next
from surveys.questionnaires.succession_in_words import VERDICTS
from tests.people import NOW


@pytest.fixture
def editing(client, elodie):
    client.force_login(elodie)
    return client


@pytest.fixture
def following(questionnaire, elodie) -> Questionnaire:
    publish_questionnaire(questionnaire=questionnaire, by=elodie, at=NOW)
    return make_next(
        questionnaire=questionnaire, title="Besoins 2027", slug="besoins-2027", by=elodie, at=NOW
    )


def rewrite(questionnaire: Questionnaire, label: str) -> str:
    """Other words for its first question, in the draft; gives the question's identity."""
    draft = queries.draft_of(questionnaire)
    blocks = draft.blocks
    blocks[0]["value"]["questions"][0]["value"]["label"] = label
    draft.sections = draft.sections.stream_block.to_python(blocks)
    draft.save_revision()
    questionnaire.refresh_from_db()
    return blocks[0]["value"]["questions"][0]["value"]["identity"]


def address(questionnaire: Questionnaire) -> str:
    return reverse("questionnaire_succession", args=[questionnaire.pk])


def as_shown(questionnaire: Questionnaire, **changes: str) -> dict[str, str]:
    """What the page sends when nothing is changed on it, but for these fields."""
    typed = {}
    earlier = {one.id: one.code for one in queries.asked_last(questionnaire.previous).questions}
    for link in queries.links_of(questionnaire):
        for later in link.successors:
            typed[f"from-{later}"] = ", ".join(earlier[one] for one in link.origins)
    return typed | {name.replace("_", "-", 1): value for name, value in changes.items()}


def test_next_year_s_questionnaire_is_made_with_its_title(editing, questionnaire):
    page = reverse("questionnaire_next", args=[questionnaire.pk])
    assert editing.get(page).status_code == 200

    made = editing.post(page, {"title": "Vos besoins 2027"})

    following = Questionnaire.objects.get(previous=questionnaire)
    assert following.title == "Vos besoins 2027"
    assert made.headers["Location"].endswith(f"/{following.pk}/")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Besoins 2026", "Besoins 2027"),
        ("Besoins 2025", "Besoins 2026"),
        ("Besoins", "Besoins 2027"),
    ],
)
def test_the_title_proposed_is_next_year_s(title, expected):
    assert next_title(title, 2026) == expected


def test_a_question_with_other_words_is_to_be_decided_then_decided(editing, following):
    question = rewrite(following, "Dans quel quartier vivez-vous ?")
    assert "À décider" in editing.get(address(following)).text

    typed = as_shown(following, **{f"means_{question}": "yes", f"reason_{question}": "Plus clair"})
    kept = editing.post(address(following), typed, follow=True).text

    assert "Ce que devient chaque question est enregistré." in kept
    assert "À décider" not in kept
    [first, *_others] = queries.links_of(Questionnaire.objects.get(pk=following.pk))
    assert (first.kind, first.is_comparable, first.reason) == ("reworded", True, "Plus clair")


def test_a_code_that_does_not_exist_is_said_and_nothing_typed_is_lost(editing, following):
    question = next(queries.draft_of(following).written.questions).id
    typed = as_shown(
        following, **{f"from_{question}": "inconnu", f"reason_{question}": "<b>Parce que</b>"}
    )

    answer = editing.post(address(following), typed)

    assert answer.status_code == 422
    assert "Aucune question du questionnaire précédent" in answer.text
    assert "&lt;b&gt;Parce que&lt;/b&gt;" in answer.text
    assert 'value="inconnu"' in answer.text


def test_questions_that_cannot_be_told_apart_are_refused(editing, following):
    one, two, _three = (question.id for question in queries.draft_of(following).written.questions)
    codes = [question.code for question in queries.asked_last(following.previous).questions]
    typed = as_shown(following, **{f"from_{one}": ", ".join(codes[:2]), f"from_{two}": codes[1]})

    answer = editing.post(address(following), typed)

    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 2


def test_a_merger_and_a_drop_with_their_reasons_are_kept(editing, following):
    first, second, third = queries.draft_of(following).written.questions
    codes = [question.code for question in queries.asked_last(following.previous).questions]
    earlier = [question.id for question in queries.asked_last(following.previous).questions]
    typed = {f"from-{first.id}": f"{codes[0]} {codes[1]}", f"reason-{earlier[2]}": "Trop intime"}

    editing.post(address(following), typed)

    links = queries.links_of(Questionnaire.objects.get(pk=following.pk))
    assert [(link.kind, link.reason) for link in links] == [
        ("merged", ""),
        ("new", ""),
        ("new", ""),
        ("dropped", "Trop intime"),
    ]
    assert [link.successors for link in links][:3] == [(first.id,), (second.id,), (third.id,)]


def test_a_questionnaire_made_from_nothing_says_how_to_make_one(editing, questionnaire):
    assert "n'a pas été fait à partir d'un autre" in editing.get(address(questionnaire)).text
    assert editing.post(address(questionnaire), {}).status_code == 200


@pytest.mark.parametrize("name", ["questionnaire_copy", "questionnaire_next"])
def test_a_title_is_asked_for(editing, questionnaire, name):
    answer = editing.post(reverse(name, args=[questionnaire.pk]), {"title": " "})

    assert answer.status_code == 200
    assert Questionnaire.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["questionnaire_copy", "questionnaire_next", "questionnaire_succession"]
)
def test_who_edits_nothing_makes_nothing(client, following, denis, name):
    page = reverse(name, args=[following.pk])
    assert client.get(page).status_code == 302
    client.force_login(denis)

    assert client.get(page).status_code == 302
    assert client.post(page, {"title": "Le mien"}).status_code == 302
    assert Questionnaire.objects.count() == 2


def years(one: str, other: str) -> str:
    return reverse("questionnaire_years", args=[one, other])


def test_members_read_from_both_sides_what_compares(client, following, elodie, denis):
    rewrite(following, "Dans quel quartier vivez-vous ?")
    publish_questionnaire(questionnaire=following, by=elodie, at=NOW)
    client.force_login(denis)

    later = client.get(years("besoins-2027", "besoins")).text
    earlier = client.get(years("besoins", "besoins-2027")).text

    for page in (later, earlier):
        assert "2 questions sur 3 se comparent." in page
        assert "<del>Votre</del><ins>Dans quel</ins>" in page
        assert "À décider" in page
    assert (
        years("besoins-2027", "besoins")
        in client.get(reverse("questionnaire_versions", args=["besoins-2027"])).text
    )


def test_what_is_not_published_or_not_linked_is_not_read(client, following, denis):
    client.force_login(denis)

    assert client.get(years("besoins-2027", "besoins")).status_code == 404
    assert client.get(years("besoins", "besoins")).status_code == 404
    assert client.get(years("besoins", "rien")).status_code == 404


def test_every_reason_has_its_words(following):
    reasons = {"", "reworded", "care", "rates", "to_decide", "not_the_same", "split", "merged"}

    assert VERDICTS.keys() == reasons | {"bases", "shares", "values", "dropped", "new"}
