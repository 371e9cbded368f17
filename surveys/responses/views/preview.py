"""The pages of a draft in the editor's preview: as people will see them, leading nowhere."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surveys.questionnaires.definition import Definition, Question, Section, text_in
from surveys.responses.merging import Conflict
from surveys.responses.models import Response, Trial
from surveys.responses.progress import asked
from surveys.responses.views import steps
from surveys.responses.views.fillings import LANGUAGE, Filling

START, SUMMARY, RECEIPT = "debut", "resume", "envoyee"


@dataclass(frozen=True)
class Leaf:
    """A page to choose."""

    name: str
    label: str
    is_shown: bool


@dataclass(kw_only=True)
class PreviewFilling(Filling):
    """Nobody answers: every question is shown, those that depend on a condition as well."""

    written: Definition
    shown: str

    is_preview = True
    addresses = {}

    @cached_property
    def definition(self) -> Definition:
        return unconditional(self.written)

    @property
    def arguments(self) -> list[str]:
        return []

    @property
    def whereabouts(self) -> str:
        return self.title

    @property
    def eyebrow(self) -> str:
        return pgettext("of a questionnaire", "Preview")

    @property
    def cabinet(self) -> None:
        return None

    def url(self, step: str, *more: object) -> str:
        names = {"start": START, "summary": SUMMARY, "receipt": RECEIPT}
        return self.address(str(more[0]) if step == "section" else names.get(step, self.shown))

    def address(self, page: str) -> str:
        return "?" + urlencode({"page": page, LANGUAGE: self.language})

    def pages(self) -> list[tuple[str, Leaf]]:
        """Every page, with the address that shows it."""
        titles = [text_in(section.title, self.language) for section in self.definition.sections]
        sections = [
            (str(number), title or _("Section without title"))
            for number, title in enumerate(titles, start=1)
        ]
        named = [
            (START, pgettext("page", "Start")),
            *sections,
            (SUMMARY, pgettext("page", "Summary")),
            (RECEIPT, pgettext("page", "Receipt")),
        ]
        return [(self.address(name), Leaf(name, text, name == self.shown)) for name, text in named]

    def save(self, values: dict[str, Any], base: dict[str, Any]) -> tuple[Conflict, ...]:
        return ()

    def submit(self) -> HttpResponseBase:
        return HttpResponse(status=204)

    def sent(self) -> Response | None:
        return None


def preview(request: HttpRequest, written: Definition, chosen: Mapping[str, str]) -> HttpResponse:
    """The chosen page of a draft; its first section if there is no such page."""
    page = chosen.get("page", "")
    known = {START, SUMMARY, RECEIPT, *(str(n + 1) for n in range(len(written.sections)))}
    filling = PreviewFilling(
        written=written,
        shown=page if page in known else "1" if written.sections else START,
        chosen=chosen.get(LANGUAGE, ""),
        draft=Trial(definition={}, language=written.language, updated_at=timezone.now()),
        at=timezone.now(),
    )
    with steps.speaking(request, filling):
        return _page(request, filling)


def _page(request: HttpRequest, filling: PreviewFilling) -> Any:
    if filling.shown.isdecimal():
        return steps.section(request, filling, int(filling.shown))
    if filling.shown == SUMMARY:
        return steps.summary(request, filling)
    if filling.shown == RECEIPT:
        sections = steps.flow_in_words(filling)
        template = "surveys/responses/trial_receipt.html"
        return steps.show(request, filling, template, sections=sections)
    return steps.show(
        request,
        filling,
        "surveys/responses/trial_start.html",
        introduction=text_in(filling.definition.introduction, filling.language),
        questions=len(asked(filling.definition.questions)),
    )


def sends_nothing(request: HttpRequest) -> HttpResponse:
    """Where the forms of a preview are sent: the page stays as it is."""
    return HttpResponse(status=204)


def unconditional(definition: Definition) -> Definition:
    """A draft as it can always be shown: nothing hidden, a code of its own for each question."""
    codes = Counter(question.code for question in definition.questions)
    return replace(
        definition,
        sections=tuple(_shown_section(section, codes) for section in definition.sections),
    )


def _shown_section(section: Section, codes: Counter) -> Section:
    return replace(
        section,
        condition="",
        groups=tuple(replace(group, condition="") for group in section.groups),
        questions=tuple(_shown_question(question, codes) for question in section.questions),
    )


def _shown_question(question: Question, codes: Counter) -> Question:
    is_named = question.code and codes[question.code] == 1
    return replace(question, condition="", code=question.code if is_named else question.id)
