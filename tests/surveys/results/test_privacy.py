from hypothesis import assume, given, settings
from hypothesis import strategies as st

from surveys.results import privacy
from surveys.results.bounds import RatingTable
from surveys.results.privacy import Extremes, Nature, protect
from tests.surveys.results.attacker import possible_tables

BASES = {"not_answered": 0, "not_applicable": 0, "not_in_version": 0}


def table(kind, answers, codes):
    """The figures of one question, counted here from lists of chosen codes."""
    mentions = [code for answer in answers for code in answer]
    choices = []
    for code in codes:
        count = mentions.count(code)
        choice = {"code": code, "label": code, "count": count}
        choice["share"] = round(count / len(answers), 4) if answers else 0.0
        if kind == "multiple":
            choice["mention_share"] = round(count / len(mentions), 4) if mentions else 0.0
        choices.append(choice)
    figures = {"code": "q", "kind": kind, "asked": len(answers), "answered": len(answers), **BASES}
    if kind == "rating":
        points = sum(int(code) for code in mentions)
        figures["mean"] = round(points / len(answers), 4) if answers else None
    return {**figures, "choices": choices}


def published(
    question, *, threshold, responses=None, exclusive=(), extremes=None, least=1, most=None
):
    responses = question["answered"] if responses is None else responses
    figures = {"responses": responses, "threshold": threshold, "questions": [question], "hidden": 0}
    nature = Nature(exclusive=frozenset(exclusive), extremes=extremes, least=least, most=most)
    return protect(figures, natures={"q": nature})


def answers_from(counts):
    return [(code,) for code, count in counts.items() for _person in range(count)]


def shown(counts, *, kind="single", threshold=5):
    question = table(kind, answers_from(counts), list(counts))
    protected = published(question, threshold=threshold)["questions"][0]
    return {choice["code"]: choice["count"] for choice in protected["choices"]}


def test_nothing_is_hidden_when_no_group_is_small():
    question = table("single", answers_from({"a": 50, "b": 12, "c": 0}), "abc")

    protected = published(question, threshold=5)

    assert protected["questions"] == [question]
    assert protected["hidden"] == 0


def numbers(*, answered, **statistics):
    question = {"code": "q", "kind": "integer", "asked": answered, "answered": answered, **BASES}
    return {**question, "mean": None, "median": None, "min": None, "max": None, "stdev": None} | (
        statistics
    )


def test_what_has_no_value_is_not_hidden_when_one_reads_that_nobody_answered():
    protected = published(numbers(answered=0), threshold=5, responses=40)

    assert protected["hidden"] == 0


def test_the_number_of_hidden_figures_does_not_tell_an_empty_question_from_another():
    empty = published(numbers(answered=0), threshold=5, responses=3)
    told = published(
        numbers(answered=3, mean=4.0, median=4, min=2, max=6, stdev=2.0), threshold=5, responses=3
    )

    assert empty == told
    assert empty["hidden"] == 10


def test_a_small_count_is_hidden_with_the_next_one_so_that_subtraction_fails():
    assert shown({"a": 50, "b": 12, "c": 3, "d": 0}) == {"a": 50, "b": None, "c": None, "d": 0}


def test_two_small_counts_that_count_enough_together_hide_each_other():
    assert shown({"a": 50, "b": 3, "c": 4}) == {"a": 50, "b": None, "c": None}


def test_ones_that_would_give_each_other_away_take_another_count_with_them():
    counts = {"a": 50, "b": 9, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1}

    assert shown(counts) == {**dict.fromkeys("bcdefg"), "a": 50}


def test_shares_are_hidden_with_counts_and_all_nulls_are_counted():
    question = table("single", answers_from({"a": 50, "b": 12, "c": 3}), "abc")

    protected = published(question, threshold=5)

    assert [choice["share"] for choice in protected["questions"][0]["choices"]] == [
        question["choices"][0]["share"],
        None,
        None,
    ]
    assert protected["hidden"] == 4


def test_nearly_everybody_hides_the_few_who_did_not():
    answers = [("a", "b")] * 18 + [("b",)] * 2 + [("a", "c")] * 10

    protected = published(table("multiple", answers, "abc"), threshold=5)["questions"][0]

    assert protected["choices"][0]["count"] is None


def test_a_campaign_smaller_than_its_threshold_shows_its_responses_and_nothing_else():
    question = table("single", answers_from({"a": 2, "b": 0}), "ab")

    protected = published(question, threshold=5)

    assert protected["responses"] == 2
    bases = {name for name in privacy.BASES if name in question}
    assert {protected["questions"][0][name] for name in bases} == {None}
    assert {choice["count"] for choice in protected["questions"][0]["choices"]} == {None}
    assert protected["hidden"] == 9


def test_a_campaign_nobody_answered_hides_nothing():
    assert published(table("single", [], "ab"), threshold=5)["hidden"] == 0


def test_a_question_few_answered_keeps_its_bases_only():
    question = table("rating", answers_from({"4": 1, "9": 2}), ["4", "9"])

    protected = published(question, threshold=5, responses=40)["questions"][0]

    assert protected["answered"] == 3
    assert protected["mean"] is None
    assert {choice["count"] for choice in protected["choices"]} == {None}


def test_a_base_that_is_the_only_count_is_hidden_with_it():
    question = table("single", answers_from({"a": 2}), "a")

    protected = published(question, threshold=5, responses=40)["questions"][0]

    assert (protected["answered"], protected["not_answered"]) == (None, None)


def test_the_mean_of_a_rating_stays_when_it_gives_nothing_away():
    counts = {"0": 3, "1": 6, "2": 12, "3": 40, "4": 0}
    question = table("rating", answers_from(counts), list(counts))

    protected = published(question, threshold=5)["questions"][0]

    assert protected["mean"] == question["mean"]
    assert [choice["count"] for choice in protected["choices"]] == [None, None, None, 40, 0]


def test_a_mean_that_gives_a_person_away_is_hidden():
    counts = {"9": 1, "10": 9}
    question = table("rating", answers_from(counts), list(counts))

    assert published(question, threshold=5)["questions"][0]["mean"] is None


def integer(answered=20):
    return {
        "code": "q", "kind": "integer", "asked": 20, "answered": answered, **BASES,
        "mean": 9.5, "median": 9, "min": 3, "max": 40, "stdev": 2.5,
    }  # fmt: skip


def statistics_shown(extremes, answered=20):
    protected = published(integer(answered), threshold=5, responses=20, extremes=extremes)
    question = protected["questions"][0]
    return [name for name in ("mean", "median", "min", "max", "stdev") if question[name]]


def test_the_extremes_of_one_person_are_hidden_and_the_mean_stays():
    assert statistics_shown(Extremes(1, 1)) == ["mean", "median", "stdev"]


def test_extremes_that_enough_people_share_are_shown():
    assert statistics_shown(Extremes(5, 6)) == ["mean", "median", "min", "max", "stdev"]


def test_extremes_that_leave_few_others_are_hidden():
    assert statistics_shown(Extremes(8, 9)) == ["mean", "median", "stdev"]
    assert statistics_shown(Extremes(17, 1)) == ["mean", "median", "stdev"]


def test_numbers_that_few_gave_have_no_statistics():
    assert statistics_shown(Extremes(3, 3), answered=3) == []


def assert_nothing_is_recovered(question, protected, threshold, exclusive=(), sizes=None):
    """No small group's count is known, nor, above the threshold, that it is small."""
    answered = question["answered"]
    hidden = [
        (before["code"], before["count"])
        for before, after in zip(question["choices"], protected["choices"], strict=True)
        if after["count"] is None
    ]
    small = [(code, count) for code, count in hidden if 0 < count < threshold]
    few_others = [(code, count) for code, count in hidden if 0 < answered - count < threshold]
    if not small and not few_others:
        assert not hidden
        return
    if protected["answered"] is None:
        return
    possible = possible_tables(protected, answered, exclusive, sizes)
    assert {choice["code"]: choice["count"] for choice in question["choices"]} in possible
    for code, count in small + few_others:
        left = {counts[code] for counts in possible}
        assert len(left) > 1, (code, count)
        if answered >= threshold and (code, count) in small:
            assert max(left) >= threshold, (code, left)
        if answered >= threshold and (code, count) in few_others:
            assert min(left) <= answered - threshold, (code, left)


@st.composite
def tables(draw, kind, codes, exclusive=(), most=12):
    free = [code for code in codes if code not in exclusive]
    if kind == "multiple":
        several = st.lists(st.sampled_from(free), min_size=1, unique=True).map(tuple)
        answer = st.one_of(several, *[st.just((code,)) for code in exclusive])
    else:
        answer = st.sampled_from(codes).map(lambda code: (code,))
    answers = draw(st.lists(answer, min_size=1, max_size=most))
    return table(kind, answers, codes), draw(st.integers(2, 5))


def attack(drawn, exclusive=()):
    question, threshold = drawn
    protected = published(question, threshold=threshold, responses=50, exclusive=exclusive)
    assert_nothing_is_recovered(question, protected["questions"][0], threshold, exclusive)


@settings(max_examples=300, deadline=None)
@given(tables("single", "abcd"))
def test_the_attacker_recovers_nothing_from_single_choices(drawn):
    attack(drawn)


@settings(max_examples=100, deadline=None)
@given(tables("boolean", ["true", "false"], most=14))
def test_the_attacker_recovers_nothing_from_yes_and_no(drawn):
    attack(drawn)


@settings(max_examples=200, deadline=None)
@given(tables("rating", ["0", "1", "3", "4", "9"], most=10))
def test_the_attacker_recovers_nothing_from_ratings_and_their_mean(drawn):
    attack(drawn)


@settings(max_examples=200, deadline=None)
@given(tables("multiple", "abc", most=7))
def test_the_attacker_recovers_nothing_from_multiple_choices(drawn):
    attack(drawn)


@settings(max_examples=200, deadline=None)
@given(tables("multiple", "abcn", exclusive=("n",), most=6))
def test_the_attacker_recovers_nothing_from_multiple_choices_with_an_exclusive_one(drawn):
    attack(drawn, exclusive=("n",))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([("a", "b"), ("a", "c"), ("b", "c")]), min_size=2, max_size=8),
    st.integers(2, 4),
)
def test_the_attacker_recovers_nothing_where_everybody_chose_two(answers, threshold):
    question = table("multiple", answers, "abc")

    protected = published(question, threshold=threshold, responses=50, least=2, most=2)

    assert_nothing_is_recovered(question, protected["questions"][0], threshold, sizes=[2])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=9), st.integers(2, 6))
def test_what_is_hidden_is_never_alone_and_never_small_together(counts, threshold):
    codes = [f"c{number}" for number in range(len(counts))]
    drawn = dict(zip(codes, counts, strict=True))
    assume(sum(counts) >= threshold)

    left = shown(drawn, threshold=threshold)

    hidden = [drawn[code] for code, count in left.items() if count is None]
    assert all(count == 0 or count >= threshold for count in left.values() if count is not None)
    assert not hidden or (len(hidden) > 1 and sum(hidden) >= threshold)


def test_most_of_what_may_be_shown_stays_shown():
    counts = {"a": 310, "b": 220, "c": 105, "d": 61, "e": 40, "f": 18, "g": 9, "h": 2}

    left = shown(counts)

    assert [code for code, count in left.items() if count is None] == ["g", "h"]


def test_a_large_rating_is_weighed_in_no_time():
    counts = {"0": 3, "1": 40_000, **{str(rating): 9_000 for rating in range(2, 11)}}

    assert RatingTable(counts).exposed({"0", "1"}, small=5) == {"0"}
