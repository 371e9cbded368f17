import statistics
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from surveys.questionnaires.definition import OTHER, STATEMENT
from surveys.questionnaires.question_types import KINDS
from surveys.results import aggregates
from surveys.results.questions import Version
from surveys.results.tallies import TALLIES
from tests.surveys.results.surveys_drawn import (
    DECLINED,
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


def naive(versions, documents, code):
    """The same counts made slowly, from lists, by other means."""
    asked_by = {
        key
        for key, version in versions.items()
        if any(item.code == code for item in version.definition.questions)
    }
    reached = [
        document
        for key, document, not_applicable in documents
        if key in asked_by and f"q-{code}" not in not_applicable
    ]
    in_version = sum(key in asked_by for key, *_rest in documents)
    given = [document[f"q-{code}"] for document in reached if f"q-{code}" in document]
    declined = given.count(DECLINED)
    return in_version, len(reached), declined, [value for value in given if value != DECLINED]


def mentions(value):
    """The codes that an answer adds one to."""
    if value is True or value is False:
        return [str(value).lower()]
    if isinstance(value, int | str):
        return [str(value)]
    if isinstance(value, list):
        return [one.replace("id-", "c") for one in value]
    found = value.get("choices") or value.get("ranking") or [value["choice"]]
    return [one.replace("id-", "c") for one in found]


def assert_counted(figures, values):
    """The table of a question, or of a row, holds these answers."""
    flat = [code for value in values for code in mentions(value)]
    assert sum(counts(figures).values()) == len(flat)
    for choice in figures["choices"]:
        assert choice["count"] == flat.count(choice["code"])
        if values:
            assert choice["share"] == round(choice["count"] / len(values), 4)


def assert_ranked(figures, values):
    for choice in figures["choices"]:
        identity = choice["code"].replace("c", "id-")
        ranks = [value["ranking"].index(identity) + 1 for value in values]
        assert choice["first"] == ranks.count(1)
        assert choice["mean_rank"] == (round(statistics.mean(ranks), 4) if ranks else None)


def assert_numbers(figures, numbers):
    assert figures["mean"] == near(statistics.fmean(numbers))
    assert figures["median"] == near(statistics.median(map(Fraction, map(str, numbers))))
    assert (figures["min"], figures["max"]) == (min(numbers), max(numbers))
    if len(numbers) > 1:
        assert figures["stdev"] == near(statistics.stdev(map(Fraction, map(str, numbers))))


def assert_spread(figures, values, length):
    """Every period from the first to the last, in order, holding all the answers."""
    assert sum(counts(figures).values()) == len(values)
    if values:
        assert (figures["min"], figures["max"]) == (min(values), max(values))
        assert figures["choices"][0]["count"] > 0
        assert figures["choices"][-1]["count"] > 0
        assert len(figures["choices"]) <= length


@settings(max_examples=250, deadline=None)
@given(drawn_surveys())
def test_figures_equal_a_naive_count(survey):
    versions, documents = survey

    aggregate = counted(versions, documents)

    assert aggregate.responses == len(documents)
    assert aggregate.unexplained == 0
    for figures in aggregate.figures():
        in_version, asked, declined, given_values = naive(versions, documents, figures["code"])
        assert figures["asked"] == asked
        assert figures["answered"] == len(given_values)
        assert figures.get("declined", 0) == declined
        assert figures["answered"] + figures["not_answered"] == figures["asked"]
        assert figures["asked"] + figures["not_applicable"] == in_version
        assert in_version + figures["not_in_version"] == len(documents)
        kind = figures["kind"]
        if kind in {"single", "multiple", "boolean", "scale", "rating", "ranking", "territory"}:
            assert_counted(figures, given_values)
        if kind == "ranking":
            assert_ranked(figures, given_values)
        if kind == "rating" and given_values:
            assert figures["mean"] == near(statistics.mean(given_values))
        if kind in {"integer", "decimal"} and given_values:
            assert_numbers(figures, given_values)
        if kind == "date":
            assert_spread(figures, given_values, 24)
        if kind == "time":
            assert_spread(figures, given_values, 24)
        if kind == "computed" and given_values:
            if all(isinstance(value, int | float) for value in given_values):
                assert_numbers(figures, given_values)
            else:
                assert_counted(figures, [str(value) for value in given_values])
        for row in figures.get("rows", []):
            chosen = [value["rows"].get(row["code"].replace("r", "row-")) for value in given_values]
            chosen = [one for one in chosen if one is not None]
            assert row["answered"] == len(chosen)
            assert_counted(row, [one if isinstance(one, list) else [one] for one in chosen])


@settings(max_examples=60, deadline=None)
@given(drawn_surveys())
def test_a_cross_table_adds_up_to_its_counts(survey):
    versions, documents = survey
    whole = counted(versions, documents).figures()
    for by in whole:
        if by["kind"] not in {"single", "scale", "boolean", "rating"}:
            continue
        for figures in counted(versions, documents, by=by["code"]).figures():
            for holder in (figures, *figures.get("rows", [])):
                for choice in holder.get("choices", []):
                    assert sum(choice["by"].values()) == choice["count"]


def test_who_was_not_asked_the_crossing_question_is_told_from_who_did_not_answer_it():
    by = question("single", "by", condition="${boolean} = 'true'")
    versions = {
        "old": Version(1, definition(question("boolean"))),
        "new": Version(2, definition(question("boolean"), by)),
    }
    documents = [
        ("old", {"q-boolean": True}),
        ("new", {"q-boolean": True}),
        ("new", {"q-boolean": True, "q-by": {"choice": "id-0"}}),
        ("new", {"q-boolean": False}, ["q-by"]),
    ]

    figures = counted(versions, documents, by="by").figures()[0]

    assert [choice["by"] for choice in figures["choices"]] == [
        {"c0": 1, "c1": 0, "c2": 0, "": 1, "_not_in_version": 1, "_not_applicable": 0},
        {"c0": 0, "c1": 0, "c2": 0, "": 0, "_not_in_version": 0, "_not_applicable": 1},
    ]


def test_who_prefers_not_to_say_was_asked_and_did_not_answer():
    figures = figures_of(question("boolean", may_decline=True), True, DECLINED, DECLINED, None)

    assert (figures["asked"], figures["answered"], figures["not_answered"]) == (4, 1, 3)
    assert figures["declined"] == 2
    assert "declined" not in figures_of(question("boolean"), True)


def test_a_matrix_is_counted_row_by_row():
    figures = figures_of(
        question("matrix"),
        {"rows": {"row-0": "id-1", "row-1": "id-0"}},
        {"rows": {"row-0": "id-1"}},
    )

    assert figures["answered"] == 2
    assert [(row["code"], row["label"], row["answered"]) for row in figures["rows"]] == [
        ("r0", "Ligne 0", 2),
        ("r1", "Ligne 1", 1),
    ]
    assert counts(figures["rows"][0]) == {"c0": 0, "c1": 2, "c2": 0}


def test_a_matrix_of_several_choices_has_shares_of_mentions():
    figures = figures_of(
        question("matrix", several=True),
        {"rows": {"row-0": ["id-1", "id-2"]}},
        {"rows": {"row-0": ["id-1"]}},
    )

    choice = figures["rows"][0]["choices"][1]
    assert (choice["count"], choice["share"], choice["mention_share"]) == (2, 1.0, 0.6667)


def test_a_ranking_says_who_was_ranked_who_was_first_and_the_mean_rank():
    ranking = question("ranking", maximum=2)

    figures = figures_of(
        ranking,
        {"ranking": ["id-2", "id-0"]},
        {"ranking": ["id-2", "id-1"]},
        {"ranking": ["id-0", "id-2"]},
    )

    assert figures["choices"][2] == {
        "code": "c2",
        "label": "Choix 2",
        "count": 3,
        "share": 1.0,
        "first": 2,
        "mean_rank": 1.3333,
    }


def test_days_are_counted_by_month_then_by_longer_times_the_further_apart_they_are():
    months = figures_of(question("date"), "2026-03-30", "2026-01-02", "2026-03-01")
    years = figures_of(question("date"), "2026-03-30", "2016-01-02")
    decades = figures_of(question("date"), "2026-03-30", "1961-01-02")

    assert list(counts(months).items()) == [("2026-01", 1), ("2026-02", 0), ("2026-03", 2)]
    assert (len(years["choices"]), years["choices"][0]["code"]) == (11, "2016")
    assert decades["choices"][0]["label"] == "1960–1969"
    assert (months["min"], months["max"]) == ("2026-01-02", "2026-03-30")


def test_times_of_day_are_counted_by_hour():
    figures = figures_of(question("time"), "18:30", "20:00", "18:05")

    assert list(counts(figures).items()) == [("18", 2), ("19", 0), ("20", 1)]


def test_territories_are_named_and_only_those_that_were_chosen():
    versions = {"v": Version(1, definition(question("territory")))}
    names = {"QN07501M": "Les Tilleuls (Valbonne, QN07501M)"}
    aggregate = aggregates.Aggregate(versions, words=names)
    aggregate.add("v", {"q-territory": "QN07501M"})

    assert aggregate.figures()[0]["choices"] == [
        {"code": "QN07501M", "label": "Les Tilleuls (Valbonne, QN07501M)", "count": 1, "share": 1.0}
    ]


def test_decimals_are_what_is_written_and_not_what_binary_makes_of_it():
    figures = figures_of(question("decimal"), 0.1, 0.2, 0.3)

    assert (figures["median"], figures["min"], figures["max"]) == (0.2, 0.1, 0.3)
    assert figures["stdev"] == 0.1


def test_a_rating_has_the_points_and_the_words_of_its_question():
    item = question("rating", minimum=1, maximum=3, lowest_label={"fr": "Pas du tout"})

    figures = figures_of(item, 1, 3, 3)

    assert [choice["label"] for choice in figures["choices"]] == ["1 (Pas du tout)", "2", "3"]
    assert figures["mean"] == 2.3333


def test_computed_values_are_numbers_or_else_texts():
    numbers = figures_of(question("computed"), 1, 2.5)
    texts = figures_of(question("computed"), "peu", 3, "peu")

    assert (numbers["kind"], numbers["mean"]) == ("computed", 1.75)
    assert list(counts(texts).items()) == [("peu", 2), ("3", 1)]


def test_an_answer_that_its_version_does_not_ask_is_counted_apart():
    versions = two_versions()

    aggregate = counted(versions, [("new", {"q-removed": True}), ("new", {}, ["q-added"])])

    added, single, removed = aggregate.figures()
    assert aggregate.unexplained == 1
    assert (removed["asked"], removed["answered"]) == (0, 0)
    assert (added["not_applicable"], single["not_applicable"]) == (1, 0)


def test_a_choice_that_no_version_has_is_shown_by_its_identity():
    figures = figures_of(question("single"), {"choice": "id-9"}, {"choice": "id-0"})

    assert counts(figures) == {"c0": 1, "c1": 0, "c2": 0, "id-9": 1}
