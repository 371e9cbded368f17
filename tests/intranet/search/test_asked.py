"""What somebody typed, understood."""

from hypothesis import given
from hypothesis import strategies as st

from intranet.search.asked import LONGEST_QUERY, MOST_GROUPS, corrected, loosened, understand

PROJECTS = ("AAP", "appel à projets")
BOARD = ("CA", "conseil d'administration")


def alternatives(typed: str, *synonyms: tuple[str, ...]) -> list[set[tuple[str, ...]]]:
    return [set(group.alternatives) for group in understand(typed, synonyms)]


def test_each_word_is_asked_for_once_without_those_that_say_nothing():
    assert alternatives("la fête de la fête") == [{("fet",)}]


def test_initials_also_ask_for_the_whole_name():
    assert alternatives("un A.A.P.", PROJECTS) == [{("aap",), ("appel", "projet")}]


def test_a_whole_name_also_asks_for_its_initials():
    assert alternatives("des appels à projets récents", PROJECTS) == [
        {("appel", "projet"), ("aap",)},
        {("recent",)},
    ]


def test_each_name_has_its_own_synonyms():
    assert alternatives("CA AAP", PROJECTS, BOARD) == [
        {("ca",), ("conseil", "administr")},
        {("aap",), ("appel", "projet")},
    ]


def test_the_longest_expression_is_understood():
    short, long = ("quartier", "voisinage"), ("quartier prioritaire", "QPV")

    assert alternatives("quartier prioritaire", short, long) == [
        {("quarti", "prioritair"), ("qpv",)}
    ]


def test_words_between_quotation_marks_follow_one_another_and_mean_only_themselves():
    assert alternatives("« appel à projets » jeunes", PROJECTS) == [
        {("appel", "projet")},
        {("jeun",)},
    ]


def test_a_compound_is_asked_for_in_one_word_or_in_two():
    assert alternatives("auto-évaluation") == [{("autoevalu",), ("auto", "evalu")}]


def test_both_forms_of_inclusive_writing_are_asked_for():
    assert alternatives("acteur·rice·s") == [{("acteur",), ("actric",)}]


def test_an_expression_taken_apart():
    groups = loosened(understand("« appel à projets » jeunes"))

    assert [group.own for group in groups] == [(("appel",),), (("projet",),), (("jeun",),)]


def test_a_correction_leaves_the_other_words_as_they_were():
    assert corrected("les Bénévloes, de l'école", {"benevloes": "bénévoles"}) == (
        "les bénévoles, de l'école"
    )


def test_a_compound_is_corrected_whole():
    assert corrected("une auto-evalaution", {"autoevalaution": "auto-évaluation"}) == (
        "une auto-évaluation"
    )


@given(st.text(max_size=2000))
def test_any_text_is_understood_within_bounds(typed):
    assert len(understand(typed, [PROJECTS, BOARD])) <= MOST_GROUPS
    assert len(corrected(typed, {})) <= LONGEST_QUERY
