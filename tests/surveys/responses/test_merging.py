from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.responses.merging import Conflict, merge

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from(["x", "y"]),
    st.fixed_dictionaries({"choice": st.sampled_from(["a", "b"])}),
)
PAGES = st.dictionaries(st.sampled_from("abcd"), VALUES)
DOCUMENTS = st.dictionaries(st.sampled_from("abcdef"), VALUES.filter(lambda one: one is not None))


def test_a_value_that_only_i_changed_is_mine():
    merged = merge(base={"a": 1}, mine={"a": 2}, theirs={"a": 1, "b": 5})

    assert merged.document == {"a": 2, "b": 5}
    assert merged.conflicts == ()


def test_a_value_that_only_they_changed_stays_theirs():
    merged = merge(base={"a": 1}, mine={"a": 1}, theirs={"a": 3})

    assert merged.document == {"a": 3}
    assert merged.conflicts == ()


def test_a_value_that_both_changed_is_a_conflict_and_the_stored_one_stays():
    merged = merge(base={"a": 1}, mine={"a": 2}, theirs={"a": 3})

    assert merged.document == {"a": 3}
    assert merged.conflicts == (Conflict("a", mine=2, theirs=3),)


def test_an_answer_taken_away_leaves_no_key():
    merged = merge(base={"a": 1}, mine={"a": None}, theirs={"a": 1})

    assert merged.document == {}


def test_an_answer_taken_away_while_they_change_it_is_a_conflict():
    merged = merge(base={"a": 1}, mine={"a": None}, theirs={"a": 2})

    assert merged.conflicts == (Conflict("a", mine=None, theirs=2),)


def test_yes_and_one_are_not_the_same_answer():
    merged = merge(base={"a": 1}, mine={"a": True}, theirs={"a": 1})

    assert merged.document == {"a": True}


@settings(deadline=None)
@given(base=PAGES, mine=PAGES, theirs=DOCUMENTS)
def test_nothing_is_lost_in_silence(base, mine, theirs):
    merged = merge(base=base, mine=mine, theirs=theirs)
    in_conflict = {conflict.question_id: conflict for conflict in merged.conflicts}

    for question in {*mine, *theirs}:
        kept, typed, stored = (one.get(question) for one in (merged.document, mine, theirs))
        if question in in_conflict:
            assert (in_conflict[question].mine, in_conflict[question].theirs) == (typed, stored)
            assert kept == stored
        elif question not in mine:
            assert kept == stored
        else:
            changed_by_me = repr(typed) != repr(base.get(question))
            changed_by_them = repr(stored) != repr(base.get(question))
            assert repr(kept) == repr(typed if changed_by_me else stored)
            assert not (changed_by_me and changed_by_them) or repr(typed) == repr(stored)


@settings(deadline=None)
@given(base=PAGES, mine=PAGES, theirs=DOCUMENTS)
def test_saving_the_same_page_again_changes_nothing(base, mine, theirs):
    once = merge(base=base, mine=mine, theirs=theirs)
    twice = merge(base=base, mine=mine, theirs=once.document)

    assert twice.document == once.document
    assert twice.conflicts == once.conflicts


@settings(deadline=None)
@given(mine=PAGES, theirs=DOCUMENTS)
def test_without_anybody_else_the_page_is_saved_as_typed(mine, theirs):
    merged = merge(base=theirs, mine=mine, theirs=theirs)

    expected = {key: value for key, value in {**theirs, **mine}.items() if value is not None}
    assert merged.conflicts == ()
    assert repr(sorted(merged.document.items())) == repr(sorted(expected.items()))


@settings(deadline=None)
@given(base=PAGES, mine=PAGES, theirs=DOCUMENTS)
def test_a_document_never_holds_an_empty_answer(base, mine, theirs):
    assert None not in merge(base=base, mine=mine, theirs=theirs).document.values()
