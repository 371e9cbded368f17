"""Which entry answers best, in whole numbers."""

from intranet.search.asked import understand
from intranet.search.excerpts import excerpt, marked
from intranet.search.french import stem
from intranet.search.ranking import score, weigh
from intranet.search.spelling import near


def points(typed: str, *entry: str, synonyms=()) -> tuple[int, int]:
    words, weights = weigh(*entry)
    return score(understand(typed, synonyms), weights, words)


def test_a_title_weighs_more_than_a_summary_and_a_summary_than_a_text():
    # 60 and 40 for a title of one word; 25; 10 × log2(2).
    assert points("verger", "Verger", "", "") == (1, 100 + 50)
    assert points("verger", "Jardin", "verger", "") == (1, 25)
    assert points("verger", "Jardin", "", "Un verger.") == (1, 10)


def test_what_is_said_often_weighs_more_and_not_without_end():
    assert points("verger", "", "", "verger " * 3) == (1, 20)
    assert points("verger", "", "", "verger " * 500) == (1, 40)


def test_a_short_title_answers_better_than_a_long_one():
    assert points("verger", "Le verger des écoles", "", "") == (1, 80 + 50)


def test_a_synonym_weighs_two_thirds_of_what_was_typed():
    assert points("verger", "", "potager", "", synonyms=[("verger", "potager")]) == (1, 16)


def test_an_expression_weighs_as_its_lightest_word_and_only_in_order():
    assert points("« fête des voisins »", "Fête", "la fête des voisins", "") == (1, 25)
    assert points("« fête des voisins »", "Fête", "des voisins en fête", "") == (0, 0)


def test_no_expression_goes_from_the_title_into_the_summary():
    assert points("« fête voisins »", "La fête", "Voisins, voisines", "") == (0, 0)


def test_how_many_of_the_words_are_held_is_counted():
    assert points("verger médiation", "", "un verger", "") == (1, 25)


def test_a_form_that_begins_as_another_is_another():
    assert points("art", "Artisans", "", "") == (0, 0)


# -- Words that look alike -------------------------------------------------------------------------

KNOWN = ["logement", "chargement", "quartier", "carton", "ecole", "ville", "village"]


def test_one_mistake_in_a_short_word_and_two_in_a_long_one():
    assert near("ecoel", KNOWN) == ["ecole"]
    assert near("ecxel", KNOWN) == []
    assert near("logemnet", KNOWN)[0] == "logement"
    assert near("lgoemnet", KNOWN) == ["logement"]


def test_three_letters_and_codes_are_not_guessed():
    assert near("vil", ["ville", "vile"]) == []
    assert near("qn07501m", ["qn07502m"]) == []


def test_a_word_is_not_its_own_correction():
    assert near("ville", KNOWN) == []


# -- Extracts --------------------------------------------------------------------------------------


def text_of(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces)


def test_words_are_marked_as_they_are_written():
    assert text_of(marked("L'école, aux habitant·e·s", {"ecol", "habit"})) == (
        "L'[école], aux [habitant·e·s]"
    )


def test_a_compound_is_marked_whole():
    assert text_of(marked("Une auto-évaluation", {"auto", "evalu", "autoevalu"})) == (
        "Une [auto-évaluation]"
    )


def test_an_extract_is_where_the_words_are_together():
    text = f"{'Avant. ' * 100}Le verger. {'Puis. ' * 100}Le verger et la ludothèque. {'x ' * 300}"

    piece = text_of(excerpt(text, {stem("verger"), stem("ludotheque")}))

    assert "Le [verger] et la [ludothèque]." in piece
    assert piece.startswith("… ")
    assert piece.endswith(" …")
    assert len(piece) < 260


def test_a_text_without_the_words_begins_at_its_beginning():
    assert text_of(excerpt("mot " * 200, {"verg"})).startswith("mot mot")
