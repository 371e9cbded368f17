import time
from datetime import timedelta
from random import Random

import pytest

from surveys.questionnaires.definition import Choice
from surveys.results import aggregates, queries
from tests.people import NOW
from tests.surveys.results.conftest import answer, publish, record
from tests.surveys.results.surveys_drawn import question


def by_code(figures):
    return {item["code"]: item for item in figures["questions"]}


def test_figures_have_the_shape_that_scripts_rely_on(needs_survey):
    figures = queries.figures(needs_survey)

    assert list(figures) == [
        "campaign", "responses", "threshold", "where", "by", "questions", "unexplained", "hidden",
    ]  # fmt: skip
    assert figures["campaign"] == "besoins-2026"
    assert (figures["responses"], figures["threshold"]) == (60, 5)
    assert (figures["where"], figures["by"]) == ({}, None)
    assert [item["kind"] for item in figures["questions"]] == [
        "single", "multiple", "boolean", "scale", "rating", "integer", "text",
    ]  # fmt: skip


def test_small_groups_are_hidden_unless_raw(needs_survey):
    protected = queries.figures(needs_survey)
    raw = queries.figures(needs_survey, raw=True)

    assert protected["hidden"] > 0
    assert raw["hidden"] == 0
    assert all(
        choice["count"] is not None
        for item in raw["questions"]
        for choice in item.get("choices", [])
    )


def test_filters_and_cross_tables_are_refused_where_small_groups_are_protected(needs_survey):
    with pytest.raises(queries.WouldExpose):
        queries.figures(needs_survey, where=[("single", "c0")])
    with pytest.raises(queries.WouldExpose):
        queries.figures(needs_survey, by="single")


def test_filters_and_cross_tables_are_open_without_threshold(needs_survey):
    needs_survey.threshold = 1

    figures = queries.figures(needs_survey, where=[("boolean", "true")], by="single")

    assert figures["where"] == {"boolean": "true"}
    assert figures["by"] == "single"
    assert by_code(figures)["boolean"]["choices"][1]["count"] == 0


def test_two_choices_of_one_filter_are_named_both(needs_survey):
    where = [("single", "c0"), ("single", "c1")]

    assert queries.figures(needs_survey, where=where, raw=True)["where"] == {"single": ["c0", "c1"]}


def test_an_unknown_question_is_named(needs_survey):
    with pytest.raises(aggregates.UnknownQuestion):
        queries.figures(needs_survey, by="nowhere", raw=True)


def test_a_version_published_meanwhile_shows_its_new_question(needs_survey):
    publish(
        needs_survey.questionnaire,
        question("single", has_other=True),
        question("boolean", "added"),
    )

    figures = by_code(queries.figures(needs_survey))

    assert (figures["added"]["asked"], figures["added"]["not_in_version"]) == (0, 60)
    assert figures["single"]["asked"] == 60


def test_what_the_questionnaire_became_after_the_campaign_is_not_the_campaigns(needs_survey):
    publish(
        needs_survey.questionnaire,
        question("boolean", "next_year"),
        at=NOW + timedelta(days=365),
    )

    assert "next_year" not in by_code(queries.figures(needs_survey))


def test_figures_ask_as_many_queries_for_many_responses_as_for_few(
    needs_survey, django_assert_num_queries
):
    with django_assert_num_queries(4):
        queries.figures(needs_survey)
    record(needs_survey, *(answer(Random(7)) for _person in range(100)))

    with django_assert_num_queries(4):
        queries.figures(needs_survey)


def test_two_thousand_responses_are_counted_while_one_waits(needs_survey):
    draw = Random(1)
    record(needs_survey, *(answer(draw) for _person in range(2_000)))

    began = time.perf_counter()
    queries.figures(needs_survey)

    assert time.perf_counter() - began < 0.5


def test_figures_by_commitment_follow_the_charter(self_assessment, commitments):
    found = queries.by_commitment(queries.figures(self_assessment))

    assert [item.commitment.anchor for item in found] == ["debat", "veille"]
    assert [question["code"] for question in found[1].questions] == ["degree", "done"]


def test_what_was_written_bears_the_association_of_a_self_assessment(self_assessment):
    question, words = queries.written(self_assessment, "done")

    assert question.code == "done"
    assert {item.author for item in words} == {f"Asso {number}" for number in range(6)}


def test_what_was_written_in_a_needs_survey_is_anonymous(needs_survey):
    _question, words = queries.written(needs_survey, "single")

    assert {(item.text, item.author) for item in words} == {("Un jardin", None)}


def test_nothing_was_written_to_a_question_of_numbers(needs_survey):
    with pytest.raises(queries.NothingWritten):
        queries.written(needs_survey, "integer")


def test_choices_keep_their_identity_when_their_words_change(needs_survey):
    renamed = tuple(Choice(id=f"id-{n}", code=f"c{n}", label={"fr": f"Mieux {n}"}) for n in (2, 0))
    before = by_code(queries.figures(needs_survey, raw=True))["single"]
    publish(needs_survey.questionnaire, question("single", choices=renamed, has_other=True))

    after = by_code(queries.figures(needs_survey, raw=True))["single"]

    assert {item["code"]: item["count"] for item in after["choices"]} == {
        item["code"]: item["count"] for item in before["choices"]
    }
    assert [item["label"] for item in after["choices"]] == [
        "Mieux 2",
        "Mieux 0",
        "Autre",
        "Choix 1",
    ]
