"""What became of each question from one questionnaire to the one made from it. Plain Python.

A link says which questions of the earlier one (`origins`) and of the later one (`successors`)
ask the same thing. Stored as `{"kind", "from", "to"}` and, where somebody decided it,
`"comparable"`, `"reason"`, `"settled"` and the words the decision was made about.

=========  =================================================================================
kept       one question, the same words
reworded   one question, other words; comparable if somebody said that it means the same
split      one question, followed by several
merged     several questions, followed by one
dropped    not asked any more
new        asked for the first time
=========  =================================================================================

Both questionnaires may change afterwards: `renewed` brings the stored links up to date, and
takes nobody's word for what was rewritten since.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from surveys.questionnaires.definition import (
    STATEMENT,
    Choice,
    Definition,
    Group,
    Question,
    Row,
    Section,
    text_in,
)
from surveys.questionnaires.differences import Effect, QuestionChanges, differences, says_the_same

KEPT, REWORDED, SPLIT, MERGED = "kept", "reworded", "split", "merged"
DROPPED, NEW = "dropped", "new"


@dataclass(frozen=True)
class Link:
    """`words` holds the texts of its questions when somebody settled it."""

    kind: str
    origins: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    is_comparable: bool = False
    reason: str = ""
    is_settled: bool = False
    words: tuple[str, ...] = ()

    @property
    def awaits_a_decision(self) -> bool:
        return self.kind == REWORDED and not self.is_settled

    def to_json(self) -> dict[str, Any]:
        stored: dict[str, Any] = {
            "kind": self.kind,
            "from": list(self.origins),
            "to": list(self.successors),
        }
        if self.is_settled:
            stored |= {"settled": True, "comparable": self.is_comparable, "words": [*self.words]}
        return stored | ({"reason": self.reason} if self.reason else {})

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Link":
        return cls(
            kind=stored["kind"],
            origins=tuple(stored.get("from", ())),
            successors=tuple(stored.get("to", ())),
            is_comparable=bool(stored.get("comparable")),
            reason=stored.get("reason", ""),
            is_settled=bool(stored.get("settled")),
            words=tuple(stored.get("words", ())),
        )


def linkable(definition: Definition) -> dict[str, Question]:
    """The questions that have an answer to compare, by identity, in the order of reading."""
    return {one.id: one for one in definition.questions if one.kind != STATEMENT}


# -- A copy ------------------------------------------------------------------------------


def copies(original: Definition, copy: Definition) -> dict[str, str]:
    """`{identity in the copy: identity in the original}`, of two that say the same in order."""
    return {
        theirs: ours for ours, theirs in zip(_identities(original), _identities(copy), strict=True)
    }


def _identities(definition: Definition) -> Iterator[str]:
    for section in definition.sections:
        yield section.id
        yield from (group.id for group in section.groups)
        for question in section.questions:
            yield question.id
            yield from (choice.id for choice in question.choices)
            yield from (row.id for row in question.rows)


def links_of_copy(original: Definition, copy: Definition) -> list[Link]:
    """The links at birth: every question is kept."""
    origin = copies(original, copy)
    return [Link(KEPT, (origin[one],), (one,)) for one in linkable(copy)]


# -- Keeping up with what is edited ------------------------------------------------------


def renewed(links: Iterable[Link], old: Definition, new: Definition) -> list[Link]:
    """The links as both definitions are now, each question in one of them.

    In the order of the new questionnaire, then what was dropped, in the order of the old one.
    """
    before, after = linkable(old), linkable(new)
    found: list[Link] = []
    linked: set[str] = set()
    for link in links:
        there = _where_still_there(link, before, after, linked)
        if there is not None:
            found.append(there)
            linked |= {*there.origins, *there.successors}
    found += [Link(DROPPED, (one,)) for one in before if one not in linked]
    found += [Link(NEW, (), (one,)) for one in after if one not in linked]
    return _in_order(found, before, after)


def _where_still_there(
    link: Link,
    before: Mapping[str, Question],
    after: Mapping[str, Question],
    linked: set[str],
) -> Link | None:
    origins = tuple(one for one in link.origins if one in before and one not in linked)
    successors = tuple(one for one in link.successors if one in after and one not in linked)
    if not origins and not successors:
        return None
    kind = _kind(origins, successors, before, after)
    words = words_of(origins, successors, before, after)
    still_true = link.is_settled and (link.origins, link.successors, link.words) == (
        origins,
        successors,
        words,
    )
    if still_true:
        return replace(link, kind=kind)
    return Link(kind, origins, successors, reason=link.reason)


def _kind(
    origins: tuple[str, ...],
    successors: tuple[str, ...],
    before: Mapping[str, Question],
    after: Mapping[str, Question],
) -> str:
    if not successors:
        return DROPPED
    if not origins:
        return NEW
    if len(successors) > 1:
        return SPLIT
    if len(origins) > 1:
        return MERGED
    same = says_the_same(_words(before[origins[0]]), _words(after[successors[0]]))
    return KEPT if same else REWORDED


def words_of(
    origins: Iterable[str],
    successors: Iterable[str],
    before: Mapping[str, Question],
    after: Mapping[str, Question],
) -> tuple[str, ...]:
    """What the questions of a link say now, to know later whether it was rewritten."""
    return (*(_words(before[one]) for one in origins), *(_words(after[one]) for one in successors))


def _words(question: Question) -> str:
    return " ".join(text_in(question.label, "").split())


def _in_order(
    links: list[Link], before: Mapping[str, Question], after: Mapping[str, Question]
) -> list[Link]:
    old = {one: place for place, one in enumerate(before)}
    new = {one: place for place, one in enumerate(after)}

    def place(link: Link) -> tuple[int, int]:
        first = min((new[one] for one in link.successors), default=len(new))
        return first, min((old[one] for one in link.origins), default=-1)

    return sorted(links, key=place)


# -- What an editor decides ----------------------------------------------------------------


@dataclass(frozen=True)
class Decision:
    """Of one later question: where it comes from, and whether it means the same."""

    origins: tuple[str, ...] = ()
    is_comparable: bool | None = None
    reason: str = ""


@dataclass(frozen=True)
class Tangle:
    """Several earlier questions went to several later ones: nobody could say which became which."""

    origins: tuple[str, ...]
    successors: tuple[str, ...]


def settled(
    decisions: Mapping[str, Decision],
    reasons: Mapping[str, str],
    old: Definition,
    new: Definition,
) -> tuple[list[Link], list[Tangle]]:
    """The links that decisions make, and those that have to be untangled first.

    `decisions` are by later question; `reasons` says why earlier questions are dropped.
    """
    before, after = linkable(old), linkable(new)
    found: list[Link] = []
    tangles: list[Tangle] = []
    for origins, successors in _families(decisions, before, after):
        if len(origins) > 1 and len(successors) > 1:
            tangles.append(Tangle(origins, successors))
            continue
        found.append(_decided(origins, successors, decisions, reasons, before, after))
    return _in_order(found, before, after), tangles


def _families(
    decisions: Mapping[str, Decision],
    before: Mapping[str, Question],
    after: Mapping[str, Question],
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The questions that belong together: everything that one leads to, and back."""
    successors: dict[str, list[str]] = {one: [] for one in before}
    origins = {one: [o for o in decisions[one].origins if o in before] for one in decisions}
    for later in after:
        for earlier in origins.get(later, ()):
            successors[earlier].append(later)
    seen: set[str] = set()
    for start in (*after, *before):
        if start in seen:
            continue
        family, waiting = set(), [start]
        while waiting:
            one = waiting.pop()
            if one not in family:
                family.add(one)
                waiting += [*origins.get(one, ()), *successors.get(one, ())]
        seen |= family
        yield (
            tuple(one for one in before if one in family),
            tuple(one for one in after if one in family),
        )


def _decided(
    origins: tuple[str, ...],
    successors: tuple[str, ...],
    decisions: Mapping[str, Decision],
    reasons: Mapping[str, str],
    before: Mapping[str, Question],
    after: Mapping[str, Question],
) -> Link:
    kind = _kind(origins, successors, before, after)
    decision = decisions.get(successors[0], Decision()) if successors else Decision()
    reason = reasons.get(origins[0], "") if kind == DROPPED else decision.reason
    waits = kind == REWORDED and decision.is_comparable is None
    return Link(
        kind,
        origins,
        successors,
        is_comparable=kind == KEPT if decision.is_comparable is None else decision.is_comparable,
        reason=reason,
        is_settled=not waits,
        words=words_of(origins, successors, before, after),
    )


@dataclass(frozen=True)
class Fault:
    """`code` is "twice" (in several links) or "missing" (in none), of an earlier or later one."""

    code: str
    question: Question
    is_later: bool


def faults(links: Iterable[Link], old: Definition, new: Definition) -> list[Fault]:
    """The questions that are not in exactly one link."""
    links = list(links)
    found = []
    for is_later, questions in ((False, linkable(old)), (True, linkable(new))):
        counted = Counter(
            one for link in links for one in (link.successors if is_later else link.origins)
        )
        for identity, question in questions.items():
            if counted[identity] != 1:
                code = "twice" if counted[identity] else "missing"
                found.append(Fault(code, question, is_later))
    return found


# -- What can be compared ------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """Whether the answers to the questions of a link can be compared, and why not.

    `reason` is "" or one of: "reworded" (means the same, with care), "care", "rates" (comparable
    all the same); "to_decide", "not_the_same", "split", "merged", "dropped", "new", "bases",
    "shares", "values" (not comparable). `choices` and `rows` are `{later id: earlier id}`.
    """

    link: Link
    origins: tuple[Question, ...]
    successors: tuple[Question, ...]
    is_comparable: bool
    reason: str = ""
    changes: QuestionChanges | None = None
    choices: dict[str, str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)


def comparable_questions(
    old: Definition, new: Definition, links: Iterable[Link]
) -> list[Comparison]:
    """One comparison per link, brought up to date first, in the order of the new questionnaire."""
    current = renewed(links, old, new)
    told = differences(old, aligned(old, new, current))
    by_origin = {one.before.id: one for one in told.questions if one.before and one.after}
    before, after = linkable(old), linkable(new)
    return [_comparison(link, by_origin, before, after) for link in current]


def _comparison(
    link: Link,
    changes: Mapping[str, QuestionChanges],
    before: Mapping[str, Question],
    after: Mapping[str, Question],
) -> Comparison:
    origins = tuple(before[one] for one in link.origins)
    successors = tuple(after[one] for one in link.successors)
    if link.kind not in {KEPT, REWORDED}:
        return Comparison(link, origins, successors, is_comparable=False, reason=link.kind)
    found = changes.get(link.origins[0])
    reason, is_comparable = _verdict(link, found.effect if found else Effect.NEW)
    return Comparison(
        link,
        origins,
        successors,
        is_comparable=is_comparable,
        reason=reason,
        changes=found,
        choices=_same_code(origins[0].choices, successors[0].choices),
        rows=_same_code(origins[0].rows, successors[0].rows),
    )


def _verdict(link: Link, effect: Effect) -> tuple[str, bool]:
    if not effect.is_comparable:
        return ("not_the_same" if effect is Effect.NEW else effect.name.lower()), False
    if link.awaits_a_decision:
        return "to_decide", False
    if link.is_settled and not link.is_comparable:
        return "not_the_same", False
    if effect is Effect.RATES:
        return "rates", True
    if link.kind == REWORDED:
        return "reworded", True
    return ("care" if effect is Effect.CARE else ""), True


def _same_code(
    old: Iterable[Choice] | Iterable[Row], new: Iterable[Choice] | Iterable[Row]
) -> dict[str, str]:
    """`{later id: earlier id}` of what has the same code."""
    codes = {one.code: one.id for one in old}
    return {one.id: codes[one.code] for one in new if one.code in codes}


# -- The later questionnaire, under the identities of the earlier one ------------------------


def aligned(old: Definition, new: Definition, links: Iterable[Link]) -> Definition:
    """The new definition with the old identities, where one question follows one.

    Choices and rows are the same when they have the same code in such a question; a section or
    a group is the same as the one that most of its questions come from.
    """
    pairs = {link.successors[0]: link.origins[0] for link in links if link.kind in {KEPT, REWORDED}}
    before = {one.id: one for one in old.questions}
    sections = _same_sections(old, new, pairs)
    return replace(
        new,
        sections=tuple(
            _aligned_section(section, sections.get(section.id), pairs, before)
            for section in new.sections
        ),
    )


def _same_sections(
    old: Definition, new: Definition, pairs: Mapping[str, str]
) -> dict[str, Section]:
    held = {one.id: section for section in old.sections for one in section.questions}
    found: dict[str, Section] = {}
    taken: set[str] = set()
    for section in new.sections:
        votes = Counter(held[pairs[one.id]].id for one in section.questions if one.id in pairs)
        for identity, _count in votes.most_common():
            if identity not in taken:
                taken.add(identity)
                found[section.id] = next(one for one in old.sections if one.id == identity)
                break
    return found


def _aligned_section(
    section: Section,
    known: Section | None,
    pairs: Mapping[str, str],
    before: Mapping[str, Question],
) -> Section:
    groups = _same_groups(section, known, pairs) if known else {}
    return replace(
        section,
        id=known.id if known else section.id,
        groups=tuple(_aligned_group(group, groups) for group in section.groups),
        questions=tuple(_aligned_question(one, groups, pairs, before) for one in section.questions),
    )


def _same_groups(section: Section, known: Section, pairs: Mapping[str, str]) -> dict[str, str]:
    by_code = {group.code: group.id for group in known.groups}
    return {group.id: by_code[group.code] for group in section.groups if group.code in by_code}


def _aligned_group(group: Group, groups: Mapping[str, str]) -> Group:
    parent = groups.get(group.parent, group.parent)
    return replace(group, id=groups.get(group.id, group.id), parent=parent)


def _aligned_question(
    question: Question,
    groups: Mapping[str, str],
    pairs: Mapping[str, str],
    before: Mapping[str, Question],
) -> Question:
    group = groups.get(question.group, question.group)
    origin = before.get(pairs.get(question.id, ""))
    if origin is None:
        return replace(question, group=group)
    choices = _same_code(origin.choices, question.choices)
    rows = _same_code(origin.rows, question.rows)
    return replace(
        question,
        id=origin.id,
        group=group,
        choices=tuple(replace(one, id=choices.get(one.id, one.id)) for one in question.choices),
        rows=tuple(replace(one, id=rows.get(one.id, one.id)) for one in question.rows),
    )
