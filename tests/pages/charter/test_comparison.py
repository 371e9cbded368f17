"""Two texts side by side: nothing is lost, whatever was done between them."""

from hypothesis import given
from hypothesis import strategies as st

from pages.charter.comparison import side_by_side, words_apart

TEXTS = st.lists(
    st.sampled_from(["avec", "les", "habitant·e·s", ";", "\n", "l'on", "vient", "  "]), max_size=14
).map(" ".join)


@given(TEXTS, TEXTS)
def test_marked_words_say_both_texts_and_nothing_else(before, after):
    left, right = words_apart(before, after)

    assert "".join(text for _kind, text in left) == before
    assert "".join(text for _kind, text in right) == after
    assert {kind for kind, _text in left} <= {"same", "removed"}
    assert {kind for kind, _text in right} <= {"same", "added"}


def test_words_are_marked_one_by_one_with_the_spaces_between_them():
    left, right = words_apart("Ouvrir la porte le soir.", "Ouvrir toutes les portes le soir.")

    assert left == [("same", "Ouvrir "), ("removed", "la porte"), ("same", " le soir.")]
    assert right == [("same", "Ouvrir "), ("added", "toutes les portes"), ("same", " le soir.")]


def test_two_texts_that_share_little_are_not_confetti():
    assert words_apart("Un, deux, trois.", "Cultiver son jardin au printemps") == (
        [("removed", "Un, deux, trois.")],
        [("added", "Cultiver son jardin au printemps")],
    )


# -- Whole charters ------------------------------------------------------------------------

NAMES = ["aider", "ouvrir", "tenir", "dire", "lire"]


def content(articles: list[list[str]], text_of: dict[str, str]) -> dict:
    return {
        "title": "Charte",
        "subtitle": "",
        "introduction": "",
        "articles": [
            {
                "anchor": f"article-{number}",
                "number": number,
                "title": f"Titre {number}",
                "body": [
                    {
                        "type": "commitments",
                        "value": {
                            "introduction": "Nous nous engageons à :",
                            "commitments": [
                                {"type": "item", "value": {"text": text_of[name], "anchor": name}}
                                for name in names
                            ],
                        },
                    }
                ],
            }
            for number, names in enumerate(articles, start=1)
        ],
        "closing": {"title": "", "text": "", "members": []},
    }


@st.composite
def charters(draw):
    names = draw(st.permutations(NAMES).map(lambda all_names: list(all_names)))
    kept = names[: draw(st.integers(0, len(names)))]
    cut = draw(st.integers(0, len(kept)))
    texts = {name: draw(st.sampled_from([f"{name} tout", f"{name} un peu plus"])) for name in NAMES}
    return content([kept[:cut], kept[cut:]], texts)


def commitments_of(charter: dict) -> list[str]:
    return [
        item["value"]["anchor"]
        for article in charter["articles"]
        for block in article["body"]
        for item in block["value"]["commitments"]
    ]


@given(charters(), charters())
def test_every_commitment_of_both_texts_is_shown_once(old, new):
    rows = [row for part in side_by_side(old, new) for row in part.rows if row.kind == "commitment"]

    shown = [row.anchor for row in rows]
    assert sorted(shown) == sorted({*commitments_of(old), *commitments_of(new)})
    assert [row.anchor for row in rows if row.after is not None] == commitments_of(new)
    for row in rows:
        assert (row.before is None) == (row.anchor not in commitments_of(old))
        assert ("added" in row.changes) == (row.before is None)
        assert ("removed" in row.changes) == (row.after is None)
        if row.before is not None and row.after is not None:
            told = ["".join(text for _kind, text in side) for side in (row.before, row.after)]
            assert ("reworded" in row.changes) == (told[0] != told[1])


@given(charters())
def test_a_text_compared_with_itself_shows_no_change(charter):
    assert not any(part.is_changed for part in side_by_side(charter, charter))


def test_a_commitment_that_changes_article_says_where_it_comes_from():
    texts = {name: name for name in NAMES}
    old = content([["aider", "ouvrir"], ["tenir"]], texts)
    new = content([["aider"], ["tenir", "ouvrir"]], texts)

    (row,) = [row for part in side_by_side(old, new) for row in part.rows if row.is_changed]

    assert (row.anchor, row.changes, row.came_from) == ("ouvrir", {"moved"}, 1)
    assert (row.was, row.now) == (2, 3)


def test_what_was_removed_stands_where_it_stood():
    texts = {name: name for name in NAMES}
    old = content([["aider", "ouvrir", "tenir"], []], texts)
    new = content([["aider", "tenir"], []], texts)

    rows = [row for part in side_by_side(old, new) for row in part.rows if row.kind == "commitment"]

    assert [row.anchor for row in rows] == ["aider", "ouvrir", "tenir"]


def test_an_article_that_leaves_is_shown_with_all_it_held():
    texts = {name: name for name in NAMES}
    old = content([["aider"], ["tenir"]], texts)
    new = content([["aider"]], texts)

    (part,) = [part for part in side_by_side(old, new) if part.is_changed]

    assert (part.number, [row.anchor for row in part.rows]) == (2, ["article-2", "tenir"])
