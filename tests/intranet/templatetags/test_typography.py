import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from intranet.templatetags.typography import day, french, grouped, percent, space_out_html

N, B = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qui vient ?", f"Qui vient{N}?"),
        ("Qui vient?", f"Qui vient{N}?"),
        ("Déjà là ; et vous !", f"Déjà là{N}; et vous{N}!"),
        ("Vraiment ?!", f"Vraiment{N}?!"),
        ("« Rien sans nous »", f"«{N}Rien sans nous{N}»"),
        ("«Rien sans nous ! »", f"«{N}Rien sans nous{N}!{N}»"),
        ("Trois mots : ensemble", f"Trois mots{B}: ensemble"),
        ("À noter: demain", f"À noter{B}: demain"),
        ("À 18:30, salle 2", "À 18:30, salle 2"),
        ("En 2026 : tout", f"En 2026{B}: tout"),
        ("Voir page/?a=1;b=2", "Voir page/?a=1;b=2"),
        ("Voir https://exemple.org/?a=1;b=2 !", f"Voir https://exemple.org/?a=1;b=2{N}!"),
        ("(?) sans rien", "(?) sans rien"),
        ("! en tête", "! en tête"),
    ],
)
def test_text_gets_the_spaces_of_french(typed, shown):
    assert space_out_html(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "<p>Lire <strong>ensemble</strong>; puis</p>",
            f"<p>Lire <strong>ensemble</strong>{N}; puis</p>",
        ),
        ("<p>Ensemble</p><p>! non</p>", "<p>Ensemble</p><p>! non</p>"),
        (
            '<a href="/x?a=1 ; b" title="Oui ?">Oui ?</a>',
            f'<a href="/x?a=1 ; b" title="Oui ?">Oui{N}?</a>',
        ),
        ("L&#x27;eau &amp; le feu ;", f"L&#x27;eau &amp; le feu{N};"),
        ("Bonjour&nbsp;!", "Bonjour&nbsp;!"),
        ("<code>a ; b ? c : d</code> ?", f"<code>a ; b ? c : d</code>{N}?"),
        ("<!-- vu ? --> vu ?", f"<!-- vu ? --> vu{N}?"),
        ("<em>Oui </em>!", "<em>Oui </em>!"),
    ],
)
def test_html_keeps_its_tags_attributes_and_code(typed, shown):
    assert space_out_html(typed) == shown


def test_plain_text_is_escaped_and_rich_text_is_not():
    assert french("<b>Oui ?</b>") == f"&lt;b&gt;Oui{N}?&lt;/b&gt;"
    assert french(mark_safe("<b>Oui ?</b>")) == f"<b>Oui{N}?</b>"
    assert french(None) == ""


def test_letters_in_plain_text_are_not_escaped():
    letter = Template(
        "{% load typography %}{% autoescape off %}{{ text|french }}{% endautoescape %}"
    )

    assert letter.render(Context({"text": "L'eau & vous ?"})) == f"L'eau & vous{N}?"


class Pieces(HTMLParser):
    """The tags of a text as they stand, and its text without any space."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag):
        self.tags.append(f"/{tag}")

    def handle_data(self, data):
        self.text += re.sub(f"[ {B}{N}]", "", data)

    def handle_entityref(self, name):
        self.text += f"&{name};"

    def handle_charref(self, name):
        self.text += f"&#{name};"


def pieces(html: str) -> tuple[list[str], str]:
    parser = Pieces()
    parser.feed(html)
    parser.close()
    return parser.tags, parser.text


FRAGMENTS = st.sampled_from([
    "mot", " ", B, N, ";", "!", "?", ":", "«", "»", "<p>", "</p>", "<em>", "</em>", "\n", "12",
    "(", '<a href="/?a=1 ; b">', "</a>", "&amp;", "&#x27;", "&nbsp;", "https://x.org/?a ", "…",
    ".", "<code>", "</code>", "\ue000", "\ue001", "<!-- ? -->", "<br>",
])  # fmt: skip
HTML = st.lists(FRAGMENTS, max_size=14).map("".join)


@given(st.one_of(HTML, st.text(max_size=60)))
def test_putting_spaces_twice_is_putting_them_once(text):
    once = space_out_html(text)

    assert space_out_html(once) == once


@given(st.one_of(HTML, st.text(max_size=60)))
def test_nothing_changes_but_spaces(text):
    def without_spaces(value: str) -> str:
        return re.sub(f"[ {B}{N}]", "", value)

    assert without_spaces(space_out_html(text)) == without_spaces(text)


@given(HTML)
def test_tags_and_attributes_never_change(html):
    assert pieces(space_out_html(html)) == pieces(html)


@given(st.text(max_size=60))
def test_what_people_type_never_becomes_a_tag(text):
    assert "<" not in french(text)
    assert ">" not in french(text)


def test_numbers_are_grouped_by_three():
    assert grouped(1234567) == f"1{N}234{N}567"
    assert grouped(12.345, 1) == "12,3"
    assert grouped(Decimal("-1200.5"), 2) == f"−1{N}200,50"
    assert grouped(None) == ""


def test_a_share_is_shown_as_a_percentage():
    assert percent(0.3345) == f"33,5{N}%"
    assert percent(1, 0) == f"100{N}%"
    assert percent(None) == ""


def test_the_first_of_the_month_is_the_first():
    assert day(date(2026, 3, 1)) == f"1er{B}mars 2026"
    assert day(date(2026, 3, 12)) == f"12{B}mars 2026"
    assert day(datetime(2026, 3, 31, 23, 30, tzinfo=UTC)) == f"1er{B}avril 2026"
    assert day(None) == ""
