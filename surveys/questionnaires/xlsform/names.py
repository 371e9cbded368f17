"""What an export calls questions, groups and rows: codes, made into names that XLSForm takes."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from surveys.questionnaires.definition import Definition, Group, Question, Section
from surveys.questionnaires.xlsform import vocabulary
from surveys.questionnaires.xlsform.tree import REFERENCE, code_from, free

Element = Section | Group | Question

FORM = "data"
"""What a form is called that does not say."""


@dataclass
class Names:
    """`of` gives the name of each element, by id; `rows` that of each row of a matrix."""

    of: dict[str, str] = field(default_factory=dict)
    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    generated: set[str] = field(default_factory=set)
    held: set[tuple[str, str]] = field(default_factory=set)

    def new(self, wanted: str) -> str:
        name = free(code_from(wanted), self.taken)
        self.taken.add(name)
        return name

    def rewritten(self, text: str, *, or_else: Callable[[str], str]) -> str:
        """The text with the names of the export; `or_else` says what to put for an unknown one."""

        def name(found: re.Match) -> str:
            if "#" not in found[0] and found[1].strip() in self.named:
                return f"${{{self.named[found[1].strip()]}}}"
            return found[0] if found[1] in self.known else or_else(found[0])

        return REFERENCE.sub(name, text)

    def knows(self, text: str) -> bool:
        """Whether all that a text refers to has a name, and is written as XLSForm does."""
        unknown = REFERENCE.sub(lambda found: "" if found[1] in self.known else found[0], text)
        return "${" not in unknown

    @property
    def known(self) -> set[str]:
        return (self.taken - self.generated) | {"instanceID"}


def names_of(definition: Definition, *, brought: Iterable[str]) -> Names:
    """The names of everything; those of rows that an import brought along are kept for them."""
    referred = _referred_to(definition)
    # A name that the form itself has is no question's, once an expression names it.
    form = definition.carried.get("settings::name", FORM)
    names = Names(taken={"meta", *brought, *({form} & referred)})
    # Those that have no code take what the others leave.
    for element, holder in sorted(_elements(definition), key=lambda one: not one[0].code):
        _name(names, element, holder, referred)
    return names


def _elements(definition: Definition) -> Iterator[tuple[Element, str]]:
    """Every element, and the id of what holds it."""
    for section in definition.sections:
        yield section, ""
        for group in section.groups:
            yield group, group.parent or section.id
        for question in section.questions:
            holder = question.group or ("" if section.is_loose else section.id)
            yield question, holder


def _name(names: Names, element: Element, holder: str, referred: set[str]) -> None:
    name = element.carried.get("name", "")
    if not _may_keep(names, name, holder, referred):
        name = _free(names, element, code_from(element.code or _usual(element)))
    names.of[element.id] = name
    names.held.add((holder, name))
    names.taken |= {name, *_generated(element, name)}
    names.generated |= set(_generated(element, name))
    if element.code:
        names.named.setdefault(element.code, name)
    if isinstance(element, Question) and element.choices:
        for row in element.rows:
            names.rows[element.id, row.id] = names.new(f"{name}_{row.code}")
            names.named[f"{element.code}/{row.code}"] = names.rows[element.id, row.id]


def _may_keep(names: Names, name: str, holder: str, referred: set[str]) -> bool:
    """Whether it can be called what the file it came from called it: XLSForm lets two questions
    share a name in different groups, as long as no expression needs to tell them apart."""
    if not vocabulary.XML_NAME.fullmatch(name) or name == "meta":
        return False
    return name not in names.taken or (name not in referred and (holder, name) not in names.held)


def _usual(element: Element) -> str:
    return {Section: "section", Group: "group", Question: "question"}[type(element)]


def _free(names: Names, element: Element, wanted: str) -> str:
    tried = set(names.taken)
    name = free(wanted, tried)
    while any(one in names.taken for one in _generated(element, name)):
        tried.add(name)
        name = free(wanted, tried)
    return name


def _generated(element: Any, name: str) -> Iterator[str]:
    """The names that are made of this one by whatever reads the form."""
    if getattr(element, "has_other", False):
        yield f"{name}_other"
    count = element.carried.get("repeat_count", "")
    if count and not REFERENCE.fullmatch(count):
        yield f"{name}_count"


def _referred_to(definition: Definition) -> set[str]:
    found: set[str] = set()
    for element, _holder in _elements(definition):
        texts = [*element.carried.values(), element.condition]
        if isinstance(element, Question):
            texts += [element.check, element.calculation, *element.label.values()]
            texts += element.hint.values()
        for text in texts:
            found |= {name.strip() for name in REFERENCE.findall(text)}
    return found
