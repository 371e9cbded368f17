"""Words that people spell in many ways are one word to the search."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intranet.search.french import LONGEST, clean, fold, stem, tokens

SAME = {
    "accents": "école ecole Écoles ÉCOLE l'École e\u0301cole",
    "accents and plurals": "réunion reunions Réunions",
    "inclusive writing": "habitant habitants habitante habitantes habitant·e·s habitant.e.s "
    "habitant-e-s habitant(e)s habitant•e•s habitant·es habitant(e) d'habitant·e·s",
    "ligatures": "œuvre oeuvres ŒUVRE",
    "acronyms": "AAP A.A.P. aap A.A.P",
    "participles": "associé associée associés associées associe",
    "feminines": "actif active actifs actives",
    "plurals in x": "journal journaux",
    "irregular plurals": "travail travaux",
    "nouns in x": "lieu lieux",
    "nouns in i and o": "vélo vélos velos",
    "elisions": "association l'association l’association d'associations qu'association",
    "codes": "QN07501M qn07501m",
    "words with an apostrophe inside": "aujourd'hui aujourd’hui aujourdhui",
}


def forms(text: str) -> set[str]:
    return {form for token in tokens(text) for form in token.forms}


@pytest.mark.parametrize("words", SAME.values(), ids=SAME)
def test_the_same_word_has_the_same_form(words):
    assert [len(forms(word)) for word in words.split()] == [1] * len(words.split())
    assert len(forms(words)) == 1


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("acteur·rice·s", {"acteur", "actrices"}),
        ("directeur-rice", {"directeur", "directrice"}),
        ("adhérent(e)s", {"adherentes", "adherents"}),
        ("tous·tes", {"tous", "toutes"}),
        ("usager·ère·s", {"usagers", "usagères"}),
        ("sportif·ve·s", {"sportifs", "sportives"}),
        ("citoyen·ne·s", {"citoyens", "citoyennes"}),
        ("auto-évaluation", {"autoévaluation", "évaluation"}),
        ("conseiller·ère", {"conseiller", "conseillère"}),
    ],
)
def test_what_is_written_in_one_is_found_by_each(written, found):
    assert set().union(*map(forms, found)) <= forms(written)


def test_words_that_only_touch_are_not_one():
    assert [token.plain for token in tokens("La fin.Le début")] == ["fin", "debut"]
    assert [token.plain for token in tokens("contact@maillage.example.org")] == [
        "contact",
        "maillage",
        "example",
        "org",
    ]


def test_stop_words_are_left_out_and_names_that_look_like_them_are_not():
    assert [token.plain for token in tokens("Le CA de la fête d'été")] == ["ca", "fete", "ete"]


def test_a_token_says_where_it_stands():
    text = "Aux habitant·e·s de l'école"

    assert [text[token.start : token.end] for token in tokens(text)] == [
        "habitant·e·s",
        "école",
    ]


def test_other_scripts_keep_their_words():
    assert len(forms("الحي السكني")) == 2
    assert forms("الحي") <= forms("الحي السكني")


@given(st.text(max_size=300))
@example("habitant·e·s\ud800\x00")
@example("ß İ ﬁ Ǆ ᾳ 𝔸 ٣")
def test_any_text_gives_forms_that_databases_cannot_misread(text):
    for token in tokens(text):
        assert text[token.start : token.end]
        for form in token.forms:
            assert form.isascii()
            assert form.isalnum()
            assert len(form) <= LONGEST + 8
            assert form == form.lower()


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once_and_loses_no_word(text):
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    cleaned.encode()
    assert "\x00" not in cleaned


@given(st.from_regex(r"[a-zàâçéèêëîïôûùü]{3,14}[a-rtv-y]?", fullmatch=True))
def test_a_plural_an_accent_or_a_capital_changes_nothing(word):
    if word.endswith(("s", "x", "z")) or fold(word).endswith(("s", "x", "z")):
        return
    plural = f"{word}s"

    assert stem(fold(word)) == stem(fold(plural))
    assert stem(fold(word.upper())) == stem(fold(word))


@pytest.mark.parametrize("piece", ["x", "·e", "a-", "a'", "a.", "(e)", "a·", "l'", "a(e)", "é-e-"])
def test_no_text_takes_long(piece):
    began = time.process_time()
    for _token in tokens(piece * 20_000):
        pass

    # A pattern that goes back on its steps would take hours.
    assert time.process_time() - began < 10
