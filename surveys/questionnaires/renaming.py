"""Expressions that follow the questions, choices and rows that they name. Plain Python.

They name them by code. When a code changes, every expression that was saved with the old one
says the new one; when a section is copied, the expressions of the copy name the copies.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from surveys.questionnaires.expressions import rename

Block = dict[str, Any]
Codes = dict[str, str]
CodesOfItems = dict[tuple[str, str], str]

EXPRESSIONS: Final = ("condition", "check", "calculation")


@dataclass
class Names:
    """Old codes, and what they have become; of choices and rows, with their question's old one."""

    questions: Codes = field(default_factory=dict)
    choices: CodesOfItems = field(default_factory=dict)
    rows: CodesOfItems = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        items = (*self.choices.items(), *self.rows.items())
        return any(old != new for old, new in self.questions.items()) or any(
            old != new for (_question, old), new in items
        )

    def add(self, old: Block, new: Block) -> None:
        """What a question was called, with its choices and rows, and is called now."""
        code = code_of(old)
        if not code:
            return
        self.questions[code] = code_of(new)
        for name, names in (("choices", self.choices), ("rows", self.rows)):
            by_identity = {item["value"].get("identity"): item for item in _items(new, name)}
            for item in _items(old, name):
                now = by_identity.get(item["value"].get("identity"))
                if now and code_of(item):
                    names[code, code_of(item)] = code_of(now)

    def without(self, codes: Iterable[str]) -> "Names":
        """Of those that are still called so, nothing."""
        kept = set(codes)
        return Names({old: new for old, new in self.questions.items() if old not in kept})

    def rewrite(self, block: Block, own: str) -> None:
        for name in EXPRESSIONS:
            if text := block["value"].get(name):
                block["value"][name] = rename(
                    text, questions=self.questions, choices=self.choices, rows=self.rows, own=own
                )


def code_of(block: Block) -> str:
    return (block["value"].get("code") or "").strip()


def _items(block: Block, name: str) -> Iterator[Block]:
    yield from block["value"].get(name) or []


def follow_names(
    blocks: Iterable[Block], *, before: Mapping[str, Block], questions: list[Block]
) -> None:
    """Rewrite the expressions that name what has another code than when it was saved last.

    `before` is what was saved, by identity. An expression that somebody has changed since says
    what they wrote: the editor's screen renames by itself. What nothing is called any more is
    put right all the same.
    """
    names = Names()
    for question in questions:
        old = before.get(question["value"]["identity"])
        if old is not None and old["type"] == question["type"]:
            names.add(old, question)
    if not names.changed:
        return
    leftover = names.without(map(code_of, questions))
    for block in blocks:
        old = before.get(block["value"].get("identity") or "")
        own = code_of(old) if old else ""
        changed = {name for name in EXPRESSIONS if _differs(block, old, name)}
        typed = {name: block["value"][name] for name in changed if block["value"].get(name)}
        names.rewrite(block, own)
        block["value"].update(typed)
        if typed:
            leftover.rewrite(block, own)


def _differs(block: Block, old: Block | None, name: str) -> bool:
    return old is None or block["value"].get(name) != old["value"].get(name)


def name_copies(blocks: Iterable[Block], copies: Iterable[tuple[Block, Block]]) -> None:
    """Make the expressions of a copied section name the questions that were copied with it.

    `copies` are its questions, each with its original.
    """
    names = Names()
    for original, copy in copies:
        # The choices and rows of a copy keep their codes.
        names.questions[code_of(original)] = code_of(copy)
    for block in blocks:
        names.rewrite(block, "")
