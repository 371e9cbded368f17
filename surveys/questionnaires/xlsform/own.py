"""What an export notes beside what XLSForm can say, so that importing it gives it back.

Each note is a pair: what the form alone says of a field, and what the questionnaire says. The
second counts only as long as the form still says the first: what somebody changes in the
workbook is never undone.
"""

import json
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeGuard, TypeVar

from surveys.questionnaires.definition import DATA_CLASSES, Choice, Row
from surveys.questionnaires.question_types import KINDS

AS = "as"
ROWS = "rows"
DIFFERS = "differs"
INTRODUCTION = "introduction"
MATRIX = "matrix"

STRUCTURE = frozenset({"id", "group", "parent", "questions", "groups", "sections"})
"""What the place of a row says, and no note."""
ITEMS: dict[str, type] = {"choices": Choice, "rows": Row}

Thing = TypeVar("Thing")


def differences(read: Any, meant: Any) -> dict[str, Any]:
    """What a form says otherwise than it is meant: `{field: [read, meant]}`."""
    found: dict[str, Any] = {}
    for one in fields(meant):
        if one.name in STRUCTURE:
            continue
        said, wanted = getattr(read, one.name), getattr(meant, one.name)
        if one.name in ITEMS:
            found |= _differences_in(one.name, said, wanted)
        elif said != wanted:
            found[one.name] = [_plain(said), _plain(wanted)]
    return found


def _differences_in(name: str, read: tuple, meant: tuple) -> dict[str, Any]:
    if [one.code for one in read] != [one.code for one in meant]:
        return {name: [[one.code for one in read], [_plain(one) for one in meant]]}
    notes = {
        wanted.code: found
        for said, wanted in zip(read, meant, strict=True)
        if (found := differences(said, wanted))
    }
    return {f"each of {name}": notes} if notes else {}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: _plain(getattr(value, one.name))
            for one in fields(value)
            if one.name not in STRUCTURE
        }
    return value


def restored(read: Thing, notes: Any) -> Thing:
    """The same with what the notes say, wherever the form still says what they were made of."""
    if not isinstance(notes, dict):
        return read
    changes: dict[str, Any] = {}
    for one in fields(read):  # type: ignore[arg-type]
        said = getattr(read, one.name)
        if one.name in STRUCTURE:
            continue
        pair = notes.get(one.name)
        if one.name in ITEMS:
            changes[one.name] = _restored_items(read, one.name, notes)
        elif _still_says(pair, said) and _may_be(one.name, meant := pair[1]):
            changes[one.name] = tuple(meant) if isinstance(meant, list) else meant
    return replace(read, **changes)  # type: ignore[type-var]


def _still_says(pair: Any, said: Any) -> TypeGuard[list]:
    return isinstance(pair, list) and len(pair) == 2 and pair[0] == _plain(said)


def _restored_items(owner: Any, name: str, notes: dict[str, Any]) -> tuple:
    said = getattr(owner, name)
    pair = notes.get(name)
    if _still_says(pair, tuple(one.code for one in said)) and isinstance(pair[1], list):
        items = [item for item in pair[1] if isinstance(item, dict)]
        return tuple(
            _made(ITEMS[name], f"{owner.id}.{number}", item)
            for number, item in enumerate(items, start=1)
        )
    each = notes.get(f"each of {name}")
    if isinstance(each, dict):
        return tuple(restored(one, each.get(one.code)) for one in said)
    return said


def _made(make: type, identity: str, item: dict[str, Any]) -> Any:
    known = {
        one.name: item[one.name]
        for one in fields(make)
        if one.name in item and one.name not in STRUCTURE and _may_be(one.name, item[one.name])
    }
    return make(**{"code": "", "label": {}, **known, "id": identity})


TEXTS = frozenset(
    {
        *("label", "hint", "required_message", "unit", "lowest_label", "highest_label", "title"),
        *("introduction", "check_message", "carried", "language_names"),
    }
)
WORDS = frozenset({"code", "accepts", "condition", "check", "calculation", "default", "appearance"})
FLAGS = frozenset({"required", "has_other", "several", "may_decline", "exclusive", "is_loose"})
NUMBERS = frozenset({"minimum", "maximum", "score"})
SEVERAL_WORDS = frozenset({"commitments", "languages"})


def _may_be(name: str, value: Any) -> bool:
    """Whether a field can have this value: a workbook may say anything."""
    if name in TEXTS:
        return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    if name in WORDS:
        return isinstance(value, str)
    if name in FLAGS:
        return isinstance(value, bool)
    if name in NUMBERS:
        return value is None or (isinstance(value, int | float) and not isinstance(value, bool))
    if name in SEVERAL_WORDS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if name == "kind":
        return value in KINDS
    return name == "data_class" and value in DATA_CLASSES


def written(note: dict[str, Any]) -> str:
    """A note as the text of a cell, where nothing looks like the name of a question."""
    return json.dumps(note, ensure_ascii=False).replace("$", "\\u0024") if note else ""
