import statistics
from dataclasses import replace

import pytest
from hypothesis import given, settings

from surveys.questionnaires.definition import OTHER, STATEMENT
from surveys.questionnaires.question_types import KINDS
from surveys.results import aggregates
from surveys.results.questions import Version
from surveys.results.tallies import TALLIES
from tests.surveys.results.surveys_drawn import (
    choices,
    counted,
    definition,
    drawn_surveys,
    question,
)


def figures_of(item, *values, **options):
    documents = [("v", {} if value is None else {item.id: value}) for value in values]
    return counted({"v": Version(1, definition(item))}, documents, **options).figures()[0]


def counts(figures):
    return {choice["code"]: choice["count"] for choice in figures["choices"]}


def test_every_kind_of_question_that_is_answered_is_counted():
    assert set(KINDS) - {STATEMENT} <= set(TALLIES)


def test_a_single_choice_has_its_bases_its_counts_and_its_shares():
    figures = figures_of(
        question("single", has_other=True),
        {"choice": "id-0"},
        {"choice": "id-0"},
        {"choice": OTHER, "other": "Un jardin"},
        None,
    )

    assert figures == {
        "code": "single",
        "kind": "single",
        "label": "Question single",
        "section": "Une rubrique",
        "commitments": [],
        "versions": [1],
        "asked": 4,
        "answered": 3,
        "not_answered": 1,
        "not_applicable": 0,
        "not_in_version": 0,
        "choices": [
            {"code": "c0", "label": "Choix 0", "count": 2, "share": 0.6667},
            {"code": "c1", "label": "Choix 1", "count": 0, "share": 0.0},
            {"code": "c2", "label": "Choix 2", "count": 0, "share": 0.0},
            {"code": "other", "label": "Autre", "count": 1, "share": 0.3333},
        ],
    }


def test_a_multiple_choice_has_a_share_of_respondents_and_a_share_of_mentions():
    figures = figures_of(question("multiple"), {"choices": ["id-0", "id-1"]}, {"choices": ["id-0"]})

    assert figures["choices"][0] == {
        "code": "c0",
        "label": "Choix 0",
        "count": 2,
        "share": 1.0,
        "mention_share": 0.6667,
    }


def test_yes_and_no_are_choices():
    figures = figures_of(question("boolean"), True, False, True)

    assert [(choice["label"], choice["count"]) for choice in figures["choices"]] == [
        ("Oui", 2),
        ("Non", 1),
    ]


def test_a_rating_has_its_distribution_and_its_mean():
    figures = figures_of(question("rating"), 10, 7, 7)

    assert counts(figures)["7"] == 2
    assert len(figures["choices"]) == 11
    assert figures["mean"] == 8.0


def test_whole_numbers_have_the_statistics_of_a_sample():
    values = [12, 95, 40, 41, 40]

    figures = figures_of(question("integer"), *values)

    assert figures["mean"] == round(statistics.mean(values), 4)
    assert figures["median"] == 40
    assert (figures["min"], figures["max"]) == (12, 95)
    assert figures["stdev"] == round(statistics.stdev(values), 4)


def test_the_deviation_of_huge_numbers_keeps_their_difference():
    figures = figures_of(question("integer"), 10**15, 10**15 - 2)

    assert figures["stdev"] == round(statistics.stdev([0, 2]), 4)
    assert figures["mean"] == 10**15 - 1


def test_nobody_answered_a_number():
    figures = figures_of(question("integer"), None)

    assert {figures[name] for name in ("mean", "median", "min", "max", "stdev")} == {None}


def test_a_text_is_not_shown_among_the_figures():
    figures = figures_of(question("long_text"), "Personne ne doit lire ceci")

    assert figures["kind"] == "text"
    assert figures["answered"] == 1
    assert "Personne" not in str(figures)


def two_versions():
    old = question("single", choices=choices(3))
    kept = old.choices[2], old.choices[0]
    renamed = replace(old, label={"fr": "Mieux dite"}, choices=kept)
    removed = question("boolean", "removed")
    added = question("boolean", "added")
    return {
        "old": Version(1, definition(removed, old)),
        "new": Version(2, definition(added, renamed)),
    }


def test_a_question_reworded_and_reordered_keeps_its_counts():
    documents = [
        ("old", {"q-single": {"choice": "id-0"}}),
        ("old", {"q-single": {"choice": "id-1"}, "q-removed": True}),
        ("new", {"q-single": {"choice": "id-0"}}),
    ]

    added, single, removed = counted(two_versions(), documents).figures()

    assert single["label"] == "Mieux dite"
    assert single["versions"] == [1, 2]
    assert list(counts(single).items()) == [("c2", 0), ("c0", 2), ("c1", 1)]
    assert (added["asked"], added["not_in_version"]) == (1, 2)
    assert (removed["asked"], removed["answered"], removed["not_in_version"]) == (2, 1, 1)


def survey_of_two_questions():
    item, by = question("single"), question("multiple", "by")
    versions = {"v": Version(1, definition(item, by, question("integer"), question("text")))}
    documents = [
        ("v", {item.id: {"choice": "id-0"}, by.id: {"choices": ["id-0", "id-1"]}, "q-integer": 4}),
        ("v", {item.id: {"choice": "id-0"}, by.id: {"choices": ["id-1"]}, "q-integer": 6}),
        ("v", {item.id: {"choice": "id-1"}}),
        ("v", {by.id: {"choices": ["id-2"]}, "q-integer": 5}),
    ]
    return versions, documents


def test_a_filter_keeps_the_responses_that_chose():
    aggregate = counted(*survey_of_two_questions(), where=[("by", "c1")])

    assert aggregate.responses == 2
    assert counts(aggregate.figures()[0]) == {"c0": 2, "c1": 0, "c2": 0}


def test_filters_on_one_question_widen_and_on_two_narrow():
    widened = counted(*survey_of_two_questions(), where=[("by", "c1"), ("by", "c2")])
    narrowed = counted(*survey_of_two_questions(), where=[("by", "c2"), ("single", "")])

    assert widened.responses == 3
    assert narrowed.responses == 1


def test_crossed_figures_count_those_who_did_not_answer_the_other_question():
    single, _by, integer, text = counted(*survey_of_two_questions(), by="by").figures()

    assert [choice["by"] for choice in single["choices"][:2]] == [
        {"c0": 1, "c1": 2, "c2": 0, "": 0},
        {"c0": 0, "c1": 0, "c2": 0, "": 1},
    ]
    assert integer["by"] == {"c0": 4.0, "c1": 5.0, "c2": 5.0, "": None}
    assert "by" not in text


def test_what_cannot_filter_is_refused_with_what_can():
    versions, documents = survey_of_two_questions()

    with pytest.raises(aggregates.UnknownQuestion) as unknown:
        counted(versions, documents, by="nowhere")
    with pytest.raises(aggregates.WithoutChoices):
        counted(versions, documents, by="integer")
    with pytest.raises(aggregates.UnknownChoice) as choice:
        counted(versions, documents, where=[("by", "c9")])

    assert unknown.value.possible == ["single", "by"]
    assert choice.value.possible == ["c0", "c1", "c2"]


def near(number):
    return pytest.approx(number, abs=1e-4, rel=1e-12)


def naive(versions, documents, question_id):
    """The same counts made slowly, from lists, by other means."""
    asked_by = {
        key
        for key, version in versions.items()
        if any(item.id == question_id for item in version.definition.questions)
    }
    given = [document[question_id] for _key, document in documents if question_id in document]
    asked = sum(1 for key, _document in documents if key in asked_by)
    return asked, given


def mentions(value):
    if value is True or value is False:
        return [str(value).lower()]
    if isinstance(value, int):
        return [str(value)]
    found = value.get("choices") or [value["choice"]]
    return [one.replace("id-", "c") for one in found]


@settings(max_examples=150, deadline=None)
@given(drawn_surveys())
def test_figures_equal_a_naive_count(survey):
    versions, documents = survey

    aggregate = counted(versions, documents)

    assert aggregate.responses == len(documents)
    for figures in aggregate.figures():
        asked, given_values = naive(versions, documents, f"q-{figures['code']}")
        assert figures["asked"] == asked
        assert figures["answered"] == len(given_values)
        assert figures["answered"] + figures["not_answered"] == figures["asked"]
        assert figures["asked"] + figures["not_applicable"] + figures["not_in_version"] == len(
            documents
        )
        if "choices" in figures:
            flat = [code for value in given_values for code in mentions(value)]
            assert sum(counts(figures).values()) == len(flat)
            for choice in figures["choices"]:
                assert choice["count"] == flat.count(choice["code"])
                if given_values:
                    assert choice["share"] == round(choice["count"] / len(given_values), 4)
        if figures["kind"] in {"integer", "rating"} and given_values:
            assert figures["mean"] == near(statistics.mean(given_values))
        if figures["kind"] == "integer" and len(given_values) > 1:
            assert figures["median"] == statistics.median(given_values)
            assert figures["stdev"] == near(statistics.stdev(given_values))


@settings(max_examples=60, deadline=None)
@given(drawn_surveys())
def test_a_cross_table_adds_up_to_its_counts(survey):
    versions, documents = survey
    whole = counted(versions, documents).figures()
    for by in whole:
        if by["kind"] not in {"single", "scale", "boolean", "rating"}:
            continue
        for figures in counted(versions, documents, by=by["code"]).figures():
            for choice in figures.get("choices", []):
                assert sum(choice["by"].values()) == choice["count"]
