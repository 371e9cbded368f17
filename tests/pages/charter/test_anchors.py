"""Whatever editors do, an anchor is neither lost nor given to another text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.charter import anchors
from tests.pages.conftest import commitment, group

MOVES = st.lists(
    st.tuples(
        st.sampled_from(["add", "remove", "reword", "move", "copy", "send"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=25,
)
TEXTS = ["Ouvrir nos portes", "Aider", "Aider les autres", "Tenir bon", "contenu", "«  »"]


class Editor:
    """Two articles as an editor changes them, saved after each move as the pages do."""

    def __init__(self) -> None:
        self.articles = [[group("", commitment("Aider"))], [group("", commitment("Tenir bon"))]]
        self.ever: set[str] = set()
        self.of_block: dict[str, str] = {}
        for index in (0, 1):
            self.keep(index)
        self.check()

    def items(self, index: int) -> list[dict]:
        return self.articles[index][0]["value"]["commitments"]

    def keep(self, index: int, before: list | None = None) -> None:
        elsewhere = anchors.held(self.articles[1 - index])
        anchors.keep(
            self.articles[index],
            before=[before] if before else [],
            elsewhere=elsewhere,
            ever=set(self.ever),
        )

    def check(self) -> None:
        held = [(i["id"], i["value"]["anchor"]) for n in (0, 1) for i in self.items(n)]
        assert all(anchor for _block, anchor in held)
        assert len({anchor for _block, anchor in held}) == len(held)
        for block, anchor in held:
            # What a block was given, it keeps.
            assert self.of_block.setdefault(block, anchor) == anchor
            self.ever.add(anchor)
        # And nobody else ever has it.
        assert len(set(self.of_block.values())) == len(self.of_block)

    def do(self, what: str, one: int, other: int) -> None:
        index = one % 2
        before = [group("", *(dict(i, value=dict(i["value"])) for i in self.items(index)))]
        items = self.items(index)
        if what == "add":
            items.insert(one % (len(items) + 1), commitment(TEXTS[other % len(TEXTS)]))
        elif not items:
            return
        elif what == "remove":
            items.pop(other % len(items))
        elif what == "reword":
            items[other % len(items)]["value"]["text"] = TEXTS[one % len(TEXTS)]
        elif what == "move":
            items.append(items.pop(other % len(items)))
        elif what == "copy":
            copied = items[other % len(items)]
            items.append(
                {**copied, "id": f"copy-{len(self.of_block)}", "value": {**copied["value"]}}
            )
        elif what == "send":
            # A form that claims the anchor of another block of the other article.
            theirs = self.items(1 - index)
            if theirs:
                stolen = theirs[other % len(theirs)]["value"]["anchor"]
                items.append(commitment("Volé", anchor=stolen))
        self.keep(index, before)
        self.check()


@settings(max_examples=300, deadline=None)
@given(MOVES)
def test_no_sequence_of_edits_loses_an_anchor_or_gives_it_again(moves):
    editor = Editor()

    for move in moves:
        editor.do(*move)


@pytest.mark.parametrize("name", ["versions", "engagements", "signataires", "contenu"])
def test_an_anchor_is_never_the_name_of_something_else(name):
    assert anchors.fresh(name, taken=set()) == f"{name}-2"
