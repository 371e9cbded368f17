"""Who is who, from one save of a questionnaire to the next. Plain Python.

Sections, questions and choices carry an identity, given once. Editors never see it: they
rename, move, duplicate and remove blocks, and the editing screen sends back what it was given
when it was opened, even after it saved by itself. So:

- a block that was there before keeps its identity, whatever was sent;
- a block that was not keeps the identity it brings (it comes back from an older draft), unless
  another one held it (it is a copy), it comes from another questionnaire, or its kind differs
  (it is another question);
- everything else gets a new one.

The block's own id serves to tell the original from its copy, and for nothing else.
"""

import hashlib
import re
import secrets
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from surveys.questionnaires.definition import OTHER
from surveys.questionnaires.renaming import follow_names, name_copies

Block = dict[str, Any]
"""A block as StreamField stores it: `{"type", "value", "id"}`."""

GROUP: Final = "group"
GROUP_END: Final = "group_end"
"""Not questions: the marks between which the questions of a group stand."""

PROPOSED_LENGTH = 30
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,254}")
"""What the code of a question, a group, a section or a row may be: a name of XLSForm."""
CHOICE_CODE = re.compile(r"\S{1,255}")


@dataclass(frozen=True)
class Published:
    """What a frozen version says of a question: neither its kind nor its code is free."""

    kind: str
    code: str


@dataclass
class _Before:
    """The content that was saved last, by block and by identity."""

    # A copy keeps the block ids of its choices: whose they are tells one from another.
    by_block: dict[tuple[str, str], Block] = field(default_factory=dict)
    by_identity: dict[str, Block] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, sections: Iterable[Block]) -> "_Before":
        before = cls()
        for block, owner in _with_owners(sections):
            identity = block["value"].get("identity")
            if identity:
                # What a program writes has no block ids until an editor's screen gives them.
                if block.get("id"):
                    before.by_block[owner, block["id"]] = block
                before.by_identity[identity] = block
                before.owner[identity] = owner
        return before


@dataclass(frozen=True)
class Settled:
    """Sections where everything has its identity and its code.

    `copies` says what was copied: `{identity of the copy: identity of the original}`.
    """

    sections: list[Block]
    copies: dict[str, str]


def settle(
    sections: list[Block],
    *,
    key: str,
    previous: Iterable[Block] = (),
    published: Mapping[str, Published] | None = None,
) -> list[Block]:
    """The sections that `settle_all` gives."""
    return settle_all(sections, key=key, previous=previous, published=published).sections


def settle_all(
    sections: list[Block],
    *,
    key: str,
    previous: Iterable[Block] = (),
    published: Mapping[str, Published] | None = None,
) -> Settled:
    """The same sections, where everything has its identity and its code.

    `key` begins every identity of one questionnaire, so that a copy's are told from its own.
    `previous` is the content saved last; `published` the questions of the frozen versions.
    Expressions name what they named, whatever it is called now.
    """
    settled = deepcopy(sections)
    settling = _Settling(key, _Before.read(previous), dict(published or {}))
    settling.identify(settled, owner="")
    marked = [block for section in settled for block in _in_section(section)]
    asked = [block for block in marked if block["type"] != GROUP_END]
    settling.identify(asked, owner="")
    holders = [*settled, *(block for block in asked if block["type"] == GROUP)]
    settling.leave_codes(holders)
    questions = [block for block in asked if block["type"] != GROUP]
    settling.name(questions, first="q", reserved=map(_code, holders))
    for question in questions:
        owner = question["value"]["identity"]
        settling.identify(_choices(question), owner=owner)
        settling.name_items(_choices(question), first="", reserved={OTHER})
        settling.identify(_rows(question), owner=owner)
        settling.name_items(_rows(question), first="r")
    _give_ids(marked)
    follow_names([*settled, *asked], before=settling.before.by_identity, questions=questions)
    settling.name_copies_in(settled)
    return Settled(settled, settling.copies(settled))


class _Settling:
    def __init__(self, key: str, before: _Before, published: dict[str, Published]) -> None:
        self.key = key
        self.before = before
        self.published = published
        # Copies: where the identity that a block brought was already held.
        self.brought: dict[int, str] = {}
        self.given: set[str] = set()
        # Copies that stand alone: nothing beside them has the code they brought.
        self.unrivalled: set[int] = set()

    def identify(self, blocks: list[Block], *, owner: str) -> None:
        held: set[str] = set()
        newcomers = []
        for block in blocks:
            identity = self._held_before(block, owner)
            if identity and identity not in held:
                held.add(identity)
                self._give(block, identity)
            else:
                newcomers.append(block)
        for block in newcomers:
            identity = block["value"].get("identity") or ""
            if identity in held or not self._may_bring(block, identity, owner):
                identity = self._new(block, owner, besides=held)
                self.given.add(identity)
            held.add(identity)
            self._give(block, identity)
        _give_ids(blocks)

    def _give(self, block: Block, identity: str) -> None:
        brought = block["value"].get("identity")
        if brought and brought != identity:
            self.brought[id(block)] = brought
        block["value"]["identity"] = identity

    def _held_before(self, block: Block, owner: str) -> str:
        known = self.before.by_block.get((owner, block.get("id") or ""))
        if known is None or known["type"] != block["type"]:
            return ""
        return known["value"]["identity"]

    def _new(self, block: Block, owner: str, *, besides: set[str]) -> str:
        identity = first_identity(self.key, owner, block)
        used = besides | self.before.by_identity.keys() | self.published.keys()
        return f"{self.key}-{secrets.token_hex(6)}" if identity in used else identity

    def _may_bring(self, block: Block, identity: str, owner: str) -> bool:
        # Nothing in a new question was answered before, whatever its choices bring.
        if owner in self.given or not identity.startswith(f"{self.key}-"):
            return False
        if self.before.owner.get(identity, owner) != owner:
            return False
        frozen = self.published.get(identity)
        if frozen is not None and frozen.kind != block["type"]:
            return False
        known = self.before.by_identity.get(identity)
        if known is not None:
            return known["type"] == block["type"] and not _are_two(known, block)
        # The points of a scale of ours are named after their question.
        drawn = {first_identity(self.key, owner, block), f"{owner}.{_code(block)}"}
        return not block.get("id") or identity in drawn

    def name_copies_in(self, sections: list[Block]) -> None:
        """In a section that was copied, expressions name the copies."""
        for section in sections:
            if id(section) not in self.brought:
                continue
            blocks = _in_section(section)
            copied = [
                (self.before.by_identity[self.brought[id(block)]], block)
                for block in blocks
                if self.brought.get(id(block)) in self.before.by_identity
            ]
            name_copies([section, *blocks], copied)

    def copies(self, sections: list[Block]) -> dict[str, str]:
        return {
            block["value"]["identity"]: self.brought[id(block)]
            for block in every_block(sections)
            if id(block) in self.brought
        }

    def leave_codes(self, blocks: list[Block]) -> None:
        """Sections and groups need no code: a copy leaves it to the original."""
        for block in blocks:
            if _code(block) in self._codes_of(self.brought.get(id(block), "")):
                block["value"]["code"] = ""

    def name_items(self, items: list[Block], *, first: str, reserved: Iterable[str] = ()) -> None:
        """Of a choice or a row, only a copy beside it leaves its code: those of a copied
        question keep all of theirs."""
        here = {item["value"]["identity"] for item in items}
        for item in items:
            if self.brought.get(id(item), "") not in here:
                self.unrivalled.add(id(item))
        self.name(items, first=first, reserved=reserved)

    def name(self, blocks: list[Block], *, first: str, reserved: Iterable[str] = ()) -> None:
        """Give a code to those that have none; a copy leaves its code to the original."""
        taken = set(reserved)
        for block in blocks:
            block["value"]["code"] = self._code_kept(block)
            if id(block) not in self.brought:
                taken.add(block["value"]["code"])
        for block in blocks:
            value = block["value"]
            if id(block) in self.brought and value["code"] in taken:
                value["code"] = ""
            if not value["code"]:
                value["code"] = free_code(
                    value.get("label") or "",
                    taken=taken | self._published_besides(value["identity"]),
                    first=first,
                )
            taken.add(value["code"])

    def _published_besides(self, identity: str) -> set[str]:
        return {question.code for other, question in self.published.items() if other != identity}

    def _code_kept(self, block: Block) -> str:
        value = block["value"]
        code = (value.get("code") or "").strip()
        rival = "" if id(block) in self.unrivalled else self.brought.get(id(block), "")
        if code and code not in self._codes_of(rival):
            return code
        if frozen := self.published.get(value["identity"]):
            return frozen.code
        before = self.before.by_identity.get(value["identity"])
        # A code proposed for half a label is proposed again when the label is whole.
        if before and before["value"].get("label") == value.get("label"):
            return before["value"].get("code") or ""
        return ""

    def _codes_of(self, identity: str) -> set[str]:
        """What the original of a copy was called, saved or published."""
        codes = set()
        if identity in self.before.by_identity:
            codes.add(self.before.by_identity[identity]["value"].get("code"))
        if identity in self.published:
            codes.add(self.published[identity].code)
        return codes


def first_identity(key: str, owner: str, block: Block) -> str:
    """What this block is called when it is new.

    Drawn from the block's id, so that it is recognised when it comes back from an older
    draft; from then on the identity stands by itself.
    """
    if not block.get("id"):
        return f"{key}-{secrets.token_hex(6)}"
    drawn = hashlib.sha256("/".join((key, owner, block["type"], block["id"])).encode())
    return f"{key}-{drawn.hexdigest()[:12]}"


def new_key() -> str:
    """What begins every identity of one questionnaire."""
    return secrets.token_hex(4)


def code_from(label: str, *, first: str = "q") -> str:
    """A label as a code: "Vos besoins ?" gives "vos_besoins", "3 mots" gives "q_3_mots"."""
    # "habitant·e·s" is read "habitants".
    label = re.sub("·e·?", "", label).replace("œ", "oe").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", label)
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    code = ""
    for word in words:
        longer = f"{code}_{word}" if code else word
        if len(longer) > PROPOSED_LENGTH:
            break
        code = longer
    code = code or (words[0][:PROPOSED_LENGTH] if words else "")
    if first and not code[:1].isalpha():
        code = f"{first}_{code}" if code else first
    return code or "choix"


def free_code(label: str, *, taken: Iterable[str], first: str = "q") -> str:
    """A code for this label that nothing else has."""
    wanted = code_from(label, first=first)
    code, number = wanted, 1
    taken = set(taken)
    while code in taken:
        number += 1
        code = f"{wanted}_{number}"
    return code


def _are_two(block: Block, other: Block) -> bool:
    """Whether their ids tell them apart: what a program wrote may have none."""
    return bool(block.get("id") and other.get("id")) and block["id"] != other["id"]


# -- Walking through stored blocks -------------------------------------------------------


def _give_ids(blocks: Iterable[Block]) -> None:
    for block in blocks:
        # The editor draws its panels by them; a program may have written none.
        block["id"] = block.get("id") or str(uuid.uuid4())


def _code(block: Block) -> str:
    return (block["value"].get("code") or "").strip()


def _in_section(section: Block) -> list[Block]:
    """The questions of a section, and the marks of its groups."""
    return section["value"].get("questions") or []


def _choices(question: Block) -> list[Block]:
    return question["value"].get("choices") or []


def _rows(question: Block) -> list[Block]:
    return question["value"].get("rows") or []


def every_block(sections: Iterable[Block]) -> Iterable[Block]:
    """Sections, questions, marks of groups, choices and rows."""
    return (block for block, _owner in _with_owners(sections))


def _with_owners(sections: Iterable[Block]) -> Iterable[tuple[Block, str]]:
    """Everything that has an identity, choices and rows with the one of their question."""
    for section in sections:
        yield section, ""
        for question in _in_section(section):
            yield question, ""
            for item in (*_choices(question), *_rows(question)):
                yield item, question["value"].get("identity") or ""
