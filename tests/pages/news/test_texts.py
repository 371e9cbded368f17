"""What is typed becomes paragraphs, and comes back as it was typed."""

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.news.texts import body_of, excerpt_of, text_of


def blocks(body):
    return [
        SimpleNamespace(block_type=one["type"], value=SimpleNamespace(source=one["value"]))
        for one in body
    ]


def test_a_blank_line_makes_a_paragraph_and_a_line_a_line():
    values = [one["value"] for one in body_of("Un.\nDeux.\r\n \r\nTrois.")]

    assert values == ["<p>Un.<br/>Deux.</p>", "<p>Trois.</p>"]


@pytest.mark.parametrize(
    ("typed", "address", "after"),
    [
        ("Voir https://exemple.fr.", "https://exemple.fr", "."),
        ("(http://exemple.fr/a?b=1)", "http://exemple.fr/a?b=1", ")"),
        ("https://exemple.fr !", "https://exemple.fr", " !"),
    ],
)
def test_a_bare_address_becomes_a_link(typed, address, after):
    [block] = body_of(typed)

    assert f'<a href="{address}">{address}</a>{after}</p>' in block["value"]


@pytest.mark.parametrize("typed", ["javascript:alert(1)", 'https://a"onclick="x', "<a href=x>"])
def test_nothing_else_is_marked_up(typed):
    [block] = body_of(typed)

    tags = re.findall(r"<[^>]*>", block["value"])
    assert {re.sub(r'href="https://a"', "", tag) for tag in tags} <= {"<p>", "</p>", "<a >", "</a>"}


texts = st.lists(
    st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).map(str.strip),
    min_size=1,
).map(lambda lines: "\n\n".join(line for line in lines if line))


@given(texts)
def test_what_was_typed_comes_back(text):
    assert text_of(blocks(body_of(text))) == text


@given(st.text())
def test_only_our_own_tags_are_written(text):
    for block in body_of(text):
        tags = re.findall(r"<(/?\w+)", block["value"])
        assert set(tags) <= {"p", "/p", "br", "a", "/a"}


@pytest.mark.parametrize(
    "html",
    [
        "<p>En <b>gras</b></p>",
        '<p><a href="https://exemple.fr">ici</a></p>',
        '<p><a linktype="page" id="3">ici</a></p>',
        "<ul><li>un</li></ul>",
    ],
)
def test_what_a_form_would_lose_is_not_given_to_it(html):
    assert text_of(blocks([{"type": "paragraph", "value": html}])) is None
    assert text_of(blocks([{"type": "quote", "value": "<p>a</p>"}])) is None


def test_the_beginning_of_a_text_without_its_markup():
    value = "<p>Un <b>mot</b>.</p>"
    block = SimpleNamespace(block_type="paragraph", value=value)

    assert excerpt_of([block]) == "Un mot."
