"""From an untidy text to articles, values and commitments."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.charter.markdown import read_markdown
from pages.charter.pieces import plain
from pages.charter.structure import Charter, CommitmentGroup, Prose, ValueText, read_charter


def read(text: str) -> Charter:
    return read_charter(read_markdown(text))


@pytest.fixture
def invented(charter_file) -> Charter:
    return read(charter_file.read_text(encoding="utf-8"))


def test_the_title_and_a_subtitle_over_two_lines_are_found(invented):
    assert invented.title == "CHARTE DU BON VOISINAGE ASSOCIATIF"
    assert invented.subtitle == "entre les rues hautes et le bord de l'eau"


def test_articles_have_the_title_below_their_number_in_a_heading_or_not(invented):
    assert [(article.number, article.title) for article in invented.articles] == [
        (1, "SE PARLER : LE DÉBUT DE TOUTE CHOSE"),
        (2, "UNE MAISON BÂTIE SUR DEUX PIERRES"),
        (3, "AGIR LÀ OÙ L'ON VIT"),
        (4, "TENIR DANS LE TEMPS"),
    ]


def test_values_begin_with_bold_words_and_keep_all_their_paragraphs(invented):
    assert [value.name for value in invented.values] == ["Confiance", "Clarté"]
    assert invented.values[0].paragraphs == (
        "<p>On prête d'abord, on compte après. Nul n'a besoin de papiers pour être écouté.</p>",
    )
    assert len(invented.values[1].paragraphs) == 2
    assert "La clarté commence par soi." in invented.values[1].paragraphs[1]


def test_commitments_come_in_groups_with_their_introduction(invented):
    first, second = invented.groups
    assert first.introduction == "Pour le quartier, et avec lui, les associations s'engagent à :"
    assert len(first.commitments) == 4
    assert second.commitments == (
        "En refusant les passe-droits",
        "En partageant salles et camions selon les besoins de chacun",
        "En transmettant aussitôt les nouvelles reçues.",
    )


def test_a_guillemet_left_open_stays_as_it_is(invented):
    assert invented.groups[0].commitments[1] == (
        "Discuter « avant » et « après chaque fête pour apprendre de ce qui a raté ;"
    )


def test_a_promise_without_a_list_is_no_commitment(invented):
    assert [type(block) for block in invented.articles[3].blocks] == [Prose, Prose]


def test_the_closing_part_has_its_aims_and_its_members(invented):
    assert invented.closing.title == "D'où vient ce texte"
    assert invented.closing.aims == (
        "Se reconnaître d'un bout à l'autre de la ville.",
        "Donner envie à d'autres de venir.",
    )
    assert invented.closing.members == (
        "Le Fil bleu",
        "La Grande Ourse (LGO)",
        "Article 12",
        "Les Mains d'or",
    )


def test_a_real_charter_has_the_announced_parts(real_charter_file):
    charter = read(Path(real_charter_file).read_text(encoding="utf-8"))

    assert [article.number for article in charter.articles] == [1, 2, 3, 4]
    assert all(article.title for article in charter.articles)
    assert [len(value.paragraphs) for value in charter.values] == [1, 2]
    assert [len(group.commitments) for group in charter.groups] == [4, 3]
    assert len(charter.closing.aims) == 2
    assert charter.closing.members


@pytest.mark.parametrize(
    "beginning",
    [
        "# 1\n\n## Un titre\n\n",
        "# 1. Un titre\n\n",
        "## Article 1\n\nUn titre\n\n",
        "### Article premier : Un titre\n\n",
        "# I\n\n# Un titre\n\n",
        "**1**\n\n**Un titre**\n\n",
        "1.\n\nUn titre\n\n",
        "1) \n\n### Un titre\n\n",
        "Article 1 – Un titre\n\n",
    ],
)
def test_an_article_is_found_however_it_is_numbered(beginning):
    charter = read("# Charte\n\n" + beginning + "Nous nous engageons à :\n\n* Aider\n* Écouter\n")

    assert [(a.number, a.title) for a in charter.articles] == [(1, "Un titre")]
    assert charter.articles[0].blocks == (
        CommitmentGroup("Nous nous engageons à :", ("Aider", "Écouter")),
    )


def test_bullets_of_a_word_processor_and_its_spaces_are_read():
    charter = read("# 1\n# Titre\nNous\u00a0nous engageons à\u202f:\n\n• Aider\u00a0;\n• Écouter\n")

    assert charter.groups == [CommitmentGroup("Nous nous engageons à :", ("Aider ;", "Écouter"))]


def test_a_list_that_promises_nothing_stays_text_where_others_promise():
    text = "# 1\n\n# T\n\nOn y trouve :\n\n- un\n\n# 2\n\n# U\n\nOn s'engage à :\n\n- aider"

    charter = read(text)

    assert charter.articles[0].blocks == (
        Prose("<p>On y trouve :</p>"),
        Prose("<ul><li>un</li></ul>"),
    )
    assert charter.articles[1].blocks == (CommitmentGroup("On s'engage à :", ("aider",)),)


def test_values_without_bold_are_read_where_values_are_announced():
    charter = read("# 1\n\n# NOS VALEURS\n\nLes voici :\n\n- Joie : rire\n- Calme : dormir")

    assert charter.values == [
        ValueText("Joie", ("<p>rire</p>",)),
        ValueText("Calme", ("<p>dormir</p>",)),
    ]


def test_bold_italic_and_links_are_kept_and_no_html_gets_through():
    charter = read(
        "# 1\n\n# T\n\nDu **gras**, un [lien](https://a.example/?b=1&c=2), "
        "un [piège](javascript:alert(1)), <script>alert(1)</script>. Fin."
    )

    (prose,) = charter.articles[0].blocks
    assert "Du <b>gras</b>, un" in prose.html
    assert '<a href="https://a.example/?b=1&amp;c=2">lien</a>' in prose.html
    assert "<script" not in prose.html
    assert 'href="javascript' not in prose.html


def texts_of(charter: Charter) -> list[str]:
    texts = [charter.title, charter.subtitle, charter.closing.title]
    for article in charter.articles:
        texts.append(article.title)
    texts += [value.name for value in charter.values]
    texts += [text for group in charter.groups for text in group.commitments]
    return texts + list(charter.closing.members)


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_read(text):
    charter = read(text)

    assert read(text) == charter
    assert not any("\0" in found or "\n" in found for found in texts_of(charter))


# fmt: off
SYNTAX = st.lists(
    st.sampled_from([
        "# ", "## 1\n", "# 2.\n", "1.\n", "- ", "* ", "**", "*", "\n", "\n\n", "  \n", " : ",
        " / ", "Membres : ", "Article 3", "s'engagent à :", "TITRE", "texte.", "«", "> ", "```\n",
        "&#0;", "[a](", "http://x", ")", "<b>", "\u2028", "\ud800", "\x00", "1. A\n", "    ",
    ]),
    max_size=60,
)
# fmt: on


@given(SYNTAX)
@settings(max_examples=300, deadline=None)
def test_any_heap_of_markdown_can_be_read(pieces):
    text = "".join(pieces)

    charter = read(text)

    assert read(text) == charter
    joined = "".join(texts_of(charter))
    assert not re.search(r"[\x00-\x1f\ud800-\udfff]", joined)


VOCABULARY = ("nous", "aider", "rue", "voisins", "écouter", "avec", "pour", "les", "habitant·e·s")
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=8).map(" ".join)


@given(
    groups=st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=3),
    level=st.integers(1, 4),
    bullet=st.sampled_from(["-", "*", "+", "•"]),
    gap=st.sampled_from(["\n", "\n\n", "  \n\n\n"]),
)
@settings(max_examples=100, deadline=None)
def test_what_is_written_untidily_is_read_whole(groups, level, bullet, gap):
    text = "# CHARTE\n\n"
    for number, commitments in enumerate(groups, 1):
        text += f"{'#' * level} {number}{gap}{'#' * (5 - level)} Titre {number}\n\n"
        text += "On s'engage à :  \n\n" + gap.join(f"{bullet} {words}." for words in commitments)
        text += "\n\n"

    charter = read(text)

    assert [article.number for article in charter.articles] == list(range(1, len(groups) + 1))
    assert [group.commitments for group in charter.groups] == [
        tuple(f"{words}." for words in commitments) for commitments in groups
    ]


def test_a_nested_list_stays_in_its_item():
    (listing,) = read_markdown("- un\n  - deux\n\n    trois\n- quatre")

    assert [[plain(words) for words in item] for item in listing.items] == [
        ["un", "deux", "trois"],
        ["quatre"],
    ]
