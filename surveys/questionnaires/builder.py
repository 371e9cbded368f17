"""From the blocks that editors write to the definition that is frozen, and back.

What is stored of a question is flat: `{"type": kind, "value": {"label", "code", "choices", …}}`.
Texts are stored in the questionnaire's language; `translations` says the others.
A group is everything between a block `group` and its `group_end`, or the end of the section.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import override

from intranet.languages import INTERFACE_LANGUAGES, primary
from surveys.questionnaires.definition import (
    Carried,
    Choice,
    Definition,
    Group,
    Question,
    Row,
    Section,
    Text,
)
from surveys.questionnaires.identities import GROUP, GROUP_END, Block, every_block, first_identity
from surveys.questionnaires.scales import NOT_CONCERNED, SCALES
from surveys.questionnaires.translations import Stored, apply, translations_in

LANGUAGE: Final = "fr"
"""The language that questionnaires are written in, unless they say another one."""

OWN_SCALE: Final = "own"

# A database may keep the keys of JSON in an order of its own; no file has a column so named.
ORDER_OF_LANGUAGES: Final = "order of languages"

QUESTION_TEXTS: Final = (
    "label",
    "hint",
    "required_message",
    "unit",
    "lowest_label",
    "highest_label",
    "check_message",
)
AS_STORED: Final = (
    "required",
    "has_other",
    "several",
    "minimum",
    "maximum",
    "accepts",
    "condition",
    "check",
    "calculation",
    "default",
    "may_decline",
    "data_class",
    "appearance",
)
"""What a question stores as its definition says it, or leaves out where that is the default."""


def define(
    *,
    title: str,
    introduction: str,
    sections: Iterable[Block],
    language: str = LANGUAGE,
    translations: Stored | None = None,
    language_names: dict[str, str] | None = None,
    carried: Carried | None = None,
) -> Definition:
    """The definition that what is stored of a questionnaire describes."""
    brought = dict(carried or {})
    ordered = _in_order(translations or {}, brought.pop(ORDER_OF_LANGUAGES, ""))
    defining = _Defining((language, *(other for other in ordered if other != language)))
    definition = Definition(
        title=defining.text(title),
        introduction=defining.text(introduction),
        sections=tuple(defining.section(block["value"]) for block in sections),
        languages=(language,),
        language_names=dict(language_names or {}),
        carried=brought,
    )
    return apply(definition, ordered)


def _in_order(translations: Stored, order: str) -> Stored:
    known = [language for language in order.split() if language in translations]
    return {language: translations[language] for language in dict.fromkeys([*known, *translations])}


@dataclass(frozen=True)
class _Defining:
    languages: tuple[str, ...]

    def text(self, stored: str | None) -> Text:
        stored = (stored or "").strip()
        return {self.languages[0]: stored} if stored else {}

    def section(self, value: dict[str, Any]) -> Section:
        questions, groups = [], []
        around: list[str] = []
        for block in value.get("questions") or []:
            if block["type"] == GROUP:
                groups.append(self.group(block["value"], parent=around[-1] if around else ""))
                around.append(groups[-1].id)
            elif block["type"] == GROUP_END:
                around = around[:-1]
            else:
                inside = around[-1] if around else ""
                questions.append(self.question(block["type"], block["value"], group=inside))
        return Section(
            id=value.get("identity") or "",
            title=self.text(value.get("title")),
            introduction=self.text(value.get("introduction")),
            questions=tuple(questions),
            code=value.get("code") or "",
            condition=value.get("condition") or "",
            groups=tuple(groups),
            is_loose=bool(value.get("is_loose")),
            appearance=value.get("appearance") or "",
            carried=_carried(value),
        )

    def group(self, value: dict[str, Any], *, parent: str) -> Group:
        return Group(
            id=value.get("identity") or "",
            code=value.get("code") or "",
            title=self.text(value.get("title")),
            parent=parent,
            condition=value.get("condition") or "",
            appearance=value.get("appearance") or "",
            carried=_carried(value),
        )

    def question(self, kind: str, value: dict[str, Any], *, group: str) -> Question:
        texts: dict[str, Any] = {name: self.text(value.get(name)) for name in QUESTION_TEXTS}
        given = {name: value[name] for name in AS_STORED if value.get(name) not in (None, "")}
        return Question(
            id=value.get("identity") or "",
            code=value.get("code") or "",
            kind=kind,
            choices=self.points(value) if kind == "scale" else self.choices(value),
            rows=tuple(
                Row(
                    item.get("identity") or "", item.get("code") or "", self.text(item.get("label"))
                )
                for item in _items(value, "rows")
            ),
            commitments=tuple(value.get("commitments") or ()),
            group=group,
            carried=_carried(value),
            **texts,
            **given,
        )

    def choices(self, value: dict[str, Any]) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                id=item.get("identity") or "",
                code=item.get("code") or "",
                label=self.text(item.get("label")),
                exclusive=bool(item.get("exclusive")),
                score=item.get("score"),
                carried=_carried(item),
            )
            for item in _items(value, "choices")
        )

    def points(self, value: dict[str, Any]) -> tuple[Choice, ...]:
        scale = value.get("scale") or "agreement"
        if scale == OWN_SCALE:
            return self.choices(value)
        return known_points(
            scale,
            identity=value.get("identity") or "",
            not_concerned=bool(value.get("not_concerned")),
            languages=self.languages,
        )


def _items(value: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    return (item["value"] for item in value.get(name) or [])


def _carried(value: dict[str, Any]) -> Carried:
    return dict(value.get("carried") or {})


def known_points(
    scale: str, *, identity: str, not_concerned: bool, languages: tuple[str, ...]
) -> tuple[Choice, ...]:
    """The points of a scale of ours, said in the questionnaire's languages, whoever reads it."""
    points = [*SCALES[scale].points, *([NOT_CONCERNED] if not_concerned else [])]
    return tuple(
        Choice(id=f"{identity}.{code}", code=code, label=_said_in(languages, scale, code))
        for code, _label in points
    )


def _said_in(languages: tuple[str, ...], scale: str, code: str) -> Text:
    """In the first language, and in those of the others that the interface speaks."""
    return {
        language: _said(language, scale, code)
        for language in languages
        if language == languages[0] or primary(language) in INTERFACE_LANGUAGES
    }


@lru_cache(maxsize=1000)
def _said(language: str, scale: str, code: str) -> str:
    label = dict([*SCALES[scale].points, NOT_CONCERNED])[code]
    with override(language):
        return str(label)


# -- Back --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """What is stored of a questionnaire that says what a definition says."""

    title: str
    introduction: str
    sections: list[Block]
    language: str
    translations: Stored
    language_names: dict[str, str]
    carried: dict[str, str]


def written(definition: Definition, *, key: str) -> Written:
    """What a questionnaire stores to say this definition, with identities of its own.

    `key` is the questionnaire's: it begins every identity it gives.
    """
    renewing = _Renewing(key, definition.languages)
    own = renewing.definition(definition)
    sections = blocks_of(own)
    renewing.give_ids(sections)
    writing = _Writing(own.languages)
    order = {ORDER_OF_LANGUAGES: " ".join(own.languages[1:])} if len(own.languages) > 2 else {}
    return Written(
        title=writing.text(own.title),
        introduction=writing.text(own.introduction),
        sections=sections,
        language=own.language,
        translations=translations_in(own),
        language_names=dict(own.language_names),
        carried={**own.carried, **order},
    )


def blocks_of(definition: Definition) -> list[Block]:
    """The sections as they are stored, with the identities of the definition.

    They say the texts of its first language: `translations_in` says the others.
    """
    writing = _Writing(definition.languages)
    return [writing.section(section) for section in definition.sections]


@dataclass(frozen=True)
class _Writing:
    languages: tuple[str, ...]

    def text(self, text: Text) -> str:
        return (text.get(self.languages[0]) or "").strip()

    def section(self, section: Section) -> Block:
        value = {
            "title": self.text(section.title),
            "introduction": self.text(section.introduction),
            "questions": list(self.inside(section, "")),
            "identity": section.id,
            "code": section.code,
            "condition": section.condition,
            "is_loose": section.is_loose,
            "appearance": section.appearance,
            "carried": section.carried,
        }
        return {"type": "section", "value": _given(value, always=("questions",))}

    def inside(self, section: Section, parent: str) -> Iterator[Block]:
        """What stands in a group, or in the section for "", with the marks of the groups."""
        for part in _parts(section, parent):
            if isinstance(part, Question):
                yield self.question(part)
            else:
                yield self.group(part)
                yield from self.inside(section, part.id)
                yield {"type": GROUP_END, "value": {}}

    def group(self, group: Group) -> Block:
        value = {
            "title": self.text(group.title),
            "identity": group.id,
            "code": group.code,
            "condition": group.condition,
            "appearance": group.appearance,
            "carried": group.carried,
        }
        return {"type": GROUP, "value": _given(value)}

    def question(self, question: Question) -> Block:
        default = Question(id="", code="", kind="", label={})
        value: dict[str, Any] = {
            "code": question.code,
            "commitments": list(question.commitments),
            "identity": question.id,
            "carried": question.carried,
        }
        value |= {name: self.text(getattr(question, name)) for name in QUESTION_TEXTS}
        value |= {
            name: getattr(question, name)
            for name in AS_STORED
            if getattr(question, name) != getattr(default, name)
        }
        value["rows"] = [self.item(row) for row in question.rows]
        value |= _known_scale(question, self.languages) or {
            "choices": [self.item(choice) for choice in question.choices],
            "scale": OWN_SCALE if question.kind == "scale" else "",
        }
        return {"type": question.kind, "value": _given(value)}

    def item(self, item: Choice | Row) -> Block:
        value: dict[str, Any] = {
            "label": self.text(item.label),
            "code": item.code,
            "identity": item.id,
        }
        if isinstance(item, Choice):
            value |= {"exclusive": item.exclusive, "score": item.score, "carried": item.carried}
        return {"type": "item", "value": _given(value, always=("label",))}


def _given(value: dict[str, Any], *, always: tuple[str, ...] = ()) -> dict[str, Any]:
    """Without what is left empty; nought is something."""
    return {
        name: given
        for name, given in value.items()
        if name in always or not (given is None or given is False or given in ("", [], {}))
    }


def _parts(section: Section, parent: str) -> list[Question | Group]:
    """What stands directly in a group, or in the section for "", in order of reading.

    A group without questions stands before the next one that has some.
    """
    known = {group.id for group in section.groups}
    first: dict[str, int] = {}
    placed: list[tuple[float, int, Question | Group]] = []
    for index, question in enumerate(section.questions):
        if (question.group if question.group in known else "") == parent:
            placed.append((index, 0, question))
        for group in section.groups_around(question):
            first.setdefault(group.id, index)
    following = float("inf")
    for rank, group in reversed(list(enumerate(section.groups))):
        if (group.parent if group.parent in known else "") == parent:
            following = first.get(group.id, following)
            placed.append((following - 0.5, rank, group))
    return [part for *_place, part in sorted(placed, key=lambda place: place[:2])]


def _known_scale(question: Question, languages: tuple[str, ...]) -> dict[str, Any]:
    """The scale of ours that says exactly the points of a question, if there is one."""
    if question.kind != "scale":
        return {}
    bare = tuple(replace(choice, id=f".{choice.code}") for choice in question.choices)
    for scale in SCALES:
        for not_concerned in (False, True):
            points = known_points(
                scale, identity="", not_concerned=not_concerned, languages=languages
            )
            if points == bare:
                return {"scale": scale, "not_concerned": not_concerned}
    return {}


class _Renewing:
    """Gives everything an identity of this questionnaire's, drawn from the id of its block."""

    def __init__(self, key: str, languages: tuple[str, ...]) -> None:
        self.key = key
        self.languages = languages
        self.block_ids: dict[str, str] = {}

    def identity(self, kind: str, owner: str = "") -> str:
        block = {"type": kind, "id": str(uuid.uuid4())}
        identity = first_identity(self.key, owner, block)
        self.block_ids[identity] = block["id"]
        return identity

    def definition(self, definition: Definition) -> Definition:
        return replace(definition, sections=tuple(map(self.section, definition.sections)))

    def section(self, section: Section) -> Section:
        groups = {group.id: self.identity(GROUP) for group in section.groups}
        return replace(
            section,
            id=self.identity("section"),
            groups=tuple(
                replace(group, id=groups[group.id], parent=groups.get(group.parent, ""))
                for group in section.groups
            ),
            questions=tuple(
                replace(self.question(question), group=groups.get(question.group, ""))
                for question in section.questions
            ),
        )

    def question(self, question: Question) -> Question:
        identity = self.identity(question.kind)
        is_ours = bool(_known_scale(question, self.languages))
        return replace(
            question,
            id=identity,
            choices=tuple(
                replace(
                    choice,
                    id=f"{identity}.{choice.code}" if is_ours else self.identity("item", identity),
                )
                for choice in question.choices
            ),
            rows=tuple(replace(row, id=self.identity("item", identity)) for row in question.rows),
        )

    def give_ids(self, sections: list[Block]) -> None:
        for block in every_block(sections):
            if identity := block["value"].get("identity"):
                block["id"] = self.block_ids[identity]
