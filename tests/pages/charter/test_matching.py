from hypothesis import given
from hypothesis import strategies as st

from pages.charter.matching import kept_in_order, likeness, pair


def test_the_same_words_are_recognised_first_whatever_their_end():
    known = {"a": ["Aider les voisins ;"], "b": ["Aider les voisines"]}

    assert pair(["aider les voisines.", "Aider les voisins"], known, {}) == ["b", "a"]


def test_a_reworded_text_goes_to_the_most_alike():
    known = {"a": ["Ouvrir nos portes le soir"], "b": ["Tenir nos comptes à jour"]}

    found = pair(["Tenir tous nos comptes bien à jour", "Ouvrir grand nos portes"], known, {})

    assert found == ["b", "a"]


def test_a_text_with_nothing_in_common_is_new():
    assert pair(["Chanter"], {"a": ["Ouvrir nos portes"]}, {}) == [None]


def test_a_retired_anchor_comes_back_for_the_very_same_words_only():
    retired = {"a": ["Ouvrir nos portes le soir"]}

    assert pair(["Ouvrir nos portes le soir."], {}, retired) == ["a"]
    assert pair(["Ouvrir nos portes le matin"], {}, retired) == [None]


def test_two_equal_texts_share_no_anchor():
    assert pair(["Aider", "Aider"], {"a": ["Aider"]}, {}) == ["a", None]


def test_what_stays_in_order_is_the_longest_run():
    assert kept_in_order([2, 0, 1, 3]) == {0, 1, 3}
    assert kept_in_order([]) == set()


@given(st.permutations(range(8)))
def test_what_stays_in_order_increases(order):
    kept = kept_in_order(order)

    run = [position for position in order if position in kept]
    assert run == sorted(run)
    assert run


@given(st.text(), st.text())
def test_likeness_is_a_share_and_has_no_direction(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
