"""What the bases of conditional questions could tell, and an attacker who reads them all."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from surveys.results.privacy import protect
from surveys.results.questions import Version
from tests.surveys.results.attacker import possible_rankings, possible_surveys
from tests.surveys.results.surveys_drawn import (
    choices,
    counted,
    definition,
    drawn_surveys,
    question,
)
from tests.surveys.results.surveys_simulated import simulated


def protected(aggregate, threshold):
    figures = {
        "responses": aggregate.responses,
        "threshold": threshold,
        "questions": aggregate.figures(),
        "hidden": 0,
    }
    found = protect(
        figures,
        natures=aggregate.natures(),
        conditions=aggregate.conditions(),
        others="Autres",
    )
    return {item["code"]: item for item in found["questions"]}


def survey(chosen, **conditions):
    """Answers to a single choice (None: not answered), and yes/no questions asked of those who
    chose what a condition says: `name="c0 c1"`."""
    main = question("single", "main", choices=choices(5))
    others = [
        question("boolean", name, condition=written(codes)) for name, codes in conditions.items()
    ]
    documents = []
    for one in chosen:
        gone = [f"q-{name}" for name, codes in conditions.items() if not is_asked(codes, one)]
        document = {} if one is None else {"q-main": {"choice": one.replace("c", "id-")}}
        answers = {other.id: True for other in others if other.id not in gone}
        documents.append(("v", {**document, **answers}, gone))
    return counted({"v": Version(1, definition(main, *others))}, documents)


def written(codes):
    return " or ".join(f"${{main}} = '{code}'" for code in codes.split())


def is_asked(codes, chosen):
    return chosen in codes.split()


def people(**counts):
    return [code for code, count in counts.items() for _person in range(count)]


def shown_in(item):
    return {choice["code"]: choice["count"] for choice in item["choices"]}


def test_a_group_that_says_no_more_than_what_is_shown_stays():
    figures = protected(survey(people(c0=30, c1=20, c2=3, c3=9), more="c0"), 5)

    assert shown_in(figures["main"]) == {"c0": 30, "c1": 20, "c2": None, "c3": None, "c4": 0}
    assert (figures["more"]["asked"], figures["more"]["not_applicable"]) == (30, 32)


def test_a_small_group_is_not_told_by_who_was_asked():
    figures = protected(survey(people(c0=30, c1=20, c2=3, c3=9), more="c2"), 5)

    assert figures["more"]["asked"] is None
    assert figures["more"]["answered"] is None
    assert figures["more"]["not_applicable"] is None
    assert {choice["count"] for choice in figures["more"]["choices"]} == {None}
    assert shown_in(figures["main"])["c1"] == 20


def test_a_known_sum_takes_its_own_cover():
    figures = protected(survey(people(c0=30, c1=20, c2=3, c3=9), more="c1 c2"), 5)

    assert shown_in(figures["main"]) == {"c0": 30, "c1": None, "c2": None, "c3": 9, "c4": 0}
    assert figures["more"]["asked"] == 23


def test_two_groups_whose_difference_is_small_are_not_both_told():
    figures = protected(survey(people(c0=30, c1=20, c2=3), one="c0", other="c0 c2"), 5)

    assert None in (figures["one"]["asked"], figures["other"]["asked"])


def test_the_rest_of_a_group_that_is_small_is_not_told():
    figures = protected(survey([*people(c0=30, c1=20), None], more="c0 c1"), 5)

    # One person did not answer the question: that says nothing of an answer, and is a base.
    assert figures["main"]["not_answered"] == 1
    assert (figures["more"]["asked"], figures["more"]["not_applicable"]) == (50, 1)


def test_ages_cut_by_conditions_leave_no_small_piece():
    age = question("integer", "age")
    minors = question("boolean", "minors", condition="${age} < 18")
    adults = question("boolean", "adults", condition="${age} >= 20")
    versions = {"v": Version(1, definition(age, minors, adults))}
    documents = [
        ("v", {"q-age": one}, [*["q-minors"] * (one >= 18), *["q-adults"] * (one < 20)])
        for one in [*range(8, 18), 18, 19, *range(20, 60)]
    ]

    figures = protected(counted(versions, documents), 5)

    assert None in (figures["minors"]["asked"], figures["adults"]["asked"])


def test_what_depends_on_something_withdrawn_is_withdrawn():
    main = question("boolean", "main")
    second = question("boolean", "second", condition="${main} = 'true'")
    third = question("boolean", "third", condition="${second} = 'true'")
    versions = {"v": Version(1, definition(main, second, third))}
    documents = [("v", {"q-main": False}, ["q-second", "q-third"])] * 30
    documents += [("v", {"q-main": True, "q-second": True, "q-third": True}, [])] * 3

    figures = protected(counted(versions, documents), 5)

    assert figures["second"]["asked"] is figures["third"]["asked"] is None


def test_a_computed_value_tells_nothing_of_what_it_is_computed_from():
    main = question("single", "main")
    points = question("computed", "points", calculation="if(${main} = 'c0', 1, 0)")
    versions = {"v": Version(1, definition(main, points))}
    documents = [("v", {"q-main": {"choice": "id-1"}, "q-points": 0})] * 30
    documents += [("v", {"q-main": {"choice": "id-0"}, "q-points": 1})] * 3

    figures = protected(counted(versions, documents), 5)

    assert figures["points"]["mean"] is None
    assert figures["points"]["answered"] is None


def test_who_prefers_not_to_say_is_told_when_they_are_enough():
    few, many = (
        question("boolean", "few", may_decline=True),
        question("boolean", "many", may_decline=True),
    )
    versions = {"v": Version(1, definition(few, many))}
    declined = {"declined": True}
    documents = [("v", {"q-few": True, "q-many": True})] * 30
    documents += [
        ("v", {"q-few": declined if n < 2 else True, "q-many": declined}) for n in range(8)
    ]

    figures = protected(counted(versions, documents), 5)

    assert figures["few"]["declined"] is None
    assert figures["many"]["declined"] == 8


def test_each_row_of_a_matrix_is_protected_as_a_question():
    matrix = question("matrix", choices=choices(3))
    rows = [("id-0", "id-0")] * 20 + [("id-1", "id-1")] * 12 + [("id-2", "id-1")] * 2
    documents = [("v", {"q-matrix": {"rows": {"row-0": a, "row-1": b}}}) for a, b in rows]
    documents += [("v", {"q-matrix": {"rows": {"row-0": "id-0"}}})] * 9

    figures = protected(counted({"v": Version(1, definition(matrix))}, documents), 5)

    first, second = figures["matrix"]["rows"]
    assert shown_in(first) == {"c0": 29, "c1": None, "c2": None}
    assert shown_in(second) == {"c0": 20, "c1": 14, "c2": 0}


def test_territories_that_few_chose_are_counted_together_and_not_named():
    chosen = {"QN07501M": 20, "QN09301M": 9, "QN97201M": 2, "QN07502M": 1}
    documents = [("v", {"q-territory": one}) for one, n in chosen.items() for _ in range(n)]

    figures = protected(counted({"v": Version(1, definition(question("territory")))}, documents), 5)

    assert shown_in(figures["territory"]) == {"QN07501M": 20, "_others": 12}
    assert "QN97201M" not in str(figures)


def test_texts_that_are_worked_out_are_not_named_where_few_have_them():
    documents = [("v", {"q-computed": f"Madame {number}"}) for number in range(20)]

    figures = protected(counted({"v": Version(1, definition(question("computed")))}, documents), 5)

    assert figures["computed"]["choices"] == []
    assert figures["computed"]["answered"] == 20


def test_the_first_and_the_last_day_are_hidden_with_a_month():
    days = ["2026-01-03"] * 7 + ["2026-02-03"] * 3 + ["2026-03-03"] * 8
    documents = [("v", {"q-date": day}) for day in days]

    figures = protected(counted({"v": Version(1, definition(question("date")))}, documents), 5)

    assert shown_in(figures["date"])["2026-02"] is None
    assert (figures["date"]["min"], figures["date"]["max"]) == (None, None)


# -- The attacker ---------------------------------------------------------------------------


@st.composite
def small_surveys(draw):
    """Up to sixteen people, three or four choices, and one or two questions asked of some."""
    codes = [f"c{number}" for number in range(draw(st.integers(3, 4)))]
    chosen = draw(st.lists(st.sampled_from([*codes, None]), min_size=6, max_size=16))
    groups = {
        name: " ".join(draw(st.lists(st.sampled_from(codes), min_size=1, unique=True)))
        for name in draw(st.sampled_from([("one",), ("one", "other"), ("one", "other", "third")]))
    }
    return chosen, groups, draw(st.integers(2, 4))


@settings(max_examples=400, deadline=None)
@given(small_surveys())
def test_the_attacker_recovers_nothing_from_conditions(drawn):
    chosen, groups, threshold = drawn
    assume(len(chosen) >= threshold)
    counts = Counter(code for code in chosen if code is not None)

    figures = protected(survey(chosen, **groups), threshold)

    main = figures["main"]
    codes = [choice["code"] for choice in main["choices"]]
    conditionals = [(figures[name], said.split(), False) for name, said in groups.items()]
    possible = possible_surveys(main, conditionals, len(chosen))
    assert {code: counts[code] for code in codes} in possible
    if main["answered"] is None:
        return
    assert_secret(codes, counts, possible, main["answered"], threshold)
    for figure, said, _silent in conditionals:
        if figure["asked"] is None:
            size = sum(counts[code] for code in said)
            told = {sum(found[code] for code in said) for found in possible}
            hidden = any(main_choice["count"] is None for main_choice in main["choices"])
            assert not hidden or not 0 < size < threshold or len(told) > 1


def assert_secret(codes, counts, possible, answered, threshold):
    for code in codes:
        left = {found[code] for found in possible}
        if 0 < counts[code] < threshold:
            assert len(left) > 1, (code, counts, left)
            assert answered < threshold or max(left) >= threshold, (code, left)
        if 0 < answered - counts[code] < threshold:
            assert len(left) > 1, (code, counts, left)
            assert answered < threshold or min(left) <= answered - threshold, (code, left)


@st.composite
def small_rankings(draw):
    length = draw(st.integers(1, 3))
    ways = st.permutations(["id-0", "id-1", "id-2"]).map(lambda some: some[:length])
    return draw(st.lists(ways, min_size=3, max_size=6)), length, draw(st.integers(2, 3))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_rankings())
def test_the_attacker_recovers_nothing_from_a_ranking(drawn):
    rankings, length, threshold = drawn
    item = question("ranking", maximum=length)
    documents = [("v", {"q-ranking": {"ranking": some}}) for some in rankings]
    aggregate = counted({"v": Version(1, definition(item))}, documents)
    truth = {choice["code"]: choice for choice in aggregate.figures()[0]["choices"]}

    ranking = protected(aggregate, threshold)["ranking"]

    if ranking["answered"] is None:
        return
    possible = possible_rankings(ranking, len(rankings), length)
    assert possible
    for code, choice in truth.items():
        for name in ("count", "first"):
            if 0 < choice[name] < threshold <= len(rankings):
                left = {table[code][name] for table in possible}
                assert len(left) > 1, (code, name, truth)
                assert max(left) >= threshold, (code, name, left)


@settings(max_examples=200, deadline=None)
@given(drawn_surveys(max_responses=40), st.integers(1, 6))
def test_what_is_shown_is_what_was_counted_and_what_is_hidden_is_counted(survey, threshold):
    aggregate = counted(*survey)
    before = {item["code"]: item for item in aggregate.figures()}
    figures = {
        "responses": aggregate.responses,
        "threshold": threshold,
        "questions": aggregate.figures(),
        "hidden": 0,
    }

    after = protect(
        figures, natures=aggregate.natures(), conditions=aggregate.conditions(), others="Autres"
    )

    nulls = 0
    for item in after["questions"]:
        seen = dict(leaves(item))
        for path, value in seen.items():
            if "_others" in path:
                continue
            told = dict(leaves(before[item["code"]]))[path]
            # What has no value is hidden with the base that would tell why.
            of = "count" if (*path[:-1], "count") in seen else "answered"
            base = seen[(*path[:-1], of)]
            nulls += value is None and (told is not None or base is None)
            assert value is None or value == told
    assert after["hidden"] == nulls


def leaves(item, path=()):
    """Every figure, by the names that lead to it."""
    for name, value in item.items():
        if name in {"choices", "rows"}:
            for inside in value:
                yield from leaves(inside, (*path, inside["code"]))
        elif name not in {"label", "section", "versions", "commitments"}:
            yield (*path, name), value


@pytest.mark.parametrize("seed", range(3))
def test_most_figures_that_may_be_shown_are_shown(seed):
    """At least 70 % of the counts at or above the threshold, over surveys with conditions."""
    may, shown = 0, 0
    for number in range(12):
        aggregate, threshold = simulated(seed * 100 + number)
        raw = {item["code"]: item for item in aggregate.figures()}
        for code, item in protected(aggregate, threshold).items():
            told = dict(leaves(item))
            for path, value in leaves(raw[code]):
                if path[-1] in {"count", "first", "asked", "answered"} and value >= threshold:
                    may += 1
                    shown += told.get(path) is not None

    assert shown / may >= 0.7, shown / may
