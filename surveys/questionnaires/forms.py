"""What editors type, checked: leniently for a draft, strictly before publishing."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.problems import Problem, find_problems
from surveys.questionnaires.settings_blocks import controls

SLUG_LENGTH = 80


def free_slug(title: str, *, besides: Questionnaire | None = None) -> str:
    """An address for this title that no other questionnaire has."""
    wanted = slugify(title)[: SLUG_LENGTH - 5] or "questionnaire"
    others = Questionnaire.objects.filter(slug__startswith=wanted)
    if besides is not None and besides.pk is not None:
        others = others.exclude(pk=besides.pk)
    taken = set(others.values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


SLUG_IS_TAKEN = gettext_lazy("Another questionnaire has this address: choose another one.")


class QuestionnaireForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems: list[Problem] = []
        self.fields["slug"].required = False
        self.fields["slug"].error_messages["unique"] = SLUG_IS_TAKEN

    def clean_slug(self) -> str:
        slug = self.cleaned_data.get("slug")
        return slug or free_slug(self.cleaned_data.get("title", ""), besides=self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and "sections" in cleaned:
            self._refuse_what_cannot_be_published(cleaned["sections"])
        return cleaned

    def _refuse_what_cannot_be_published(self, sections) -> None:
        questionnaire = self.instance
        self.problems = find_problems(
            questionnaire.settled(list(sections.get_prep_value())),
            published=questionnaire.published_questions(),
        )
        if self.problems:
            self.add_error("sections", errors_of_blocks(self.problems))


def errors_of_blocks(problems: list[Problem]) -> StreamBlockValidationError:
    """The problems as Wagtail shows them: each beside its section, question or choice."""
    whole, by_section = _by_child(problems)
    return StreamBlockValidationError(
        non_block_errors=[ValidationError(problem.message) for problem in whole],
        block_errors={
            number: _errors_of_section(of_section) for number, of_section in by_section.items()
        },
    )


def _errors_of_section(problems: list[Problem]) -> StructBlockValidationError:
    own, by_question = _by_child(problems)
    errors = _errors_of_fields(own)
    if by_question:
        errors["questions"] = StreamBlockValidationError(
            block_errors={
                number: _errors_of_question(of_question)
                for number, of_question in by_question.items()
            }
        )
    return _struct(own, errors)


def _errors_of_question(problems: list[Problem]) -> StructBlockValidationError:
    """The choices of a question are one field, and so are its rows: it says which one is meant."""
    own, by_item = _by_child(problems)
    errors = _errors_of_fields(own)
    for name, said in _said_of_items(by_item).items():
        alone = [one.message for one in own if one.field == name]
        errors[name] = ValidationError(" ".join([*said, *alone]))
    return _struct(own, errors)


def _said_of_items(by_item: dict[int, list[Problem]]) -> dict[str, list[str]]:
    said = defaultdict(list)
    for number, problems in by_item.items():
        for problem in problems:
            name = "rows" if problem.in_rows else "choices"
            where = {"number": number + 1, "message": problem.message}
            said[name].append(
                _("Row %(number)d: %(message)s") % where
                if problem.in_rows
                else _("Choice %(number)d: %(message)s") % where
            )
    return said


def _struct(own: list[Problem], errors: dict) -> StructBlockValidationError:
    whole = [ValidationError(problem.message) for problem in own if not problem.field]
    return StructBlockValidationError(block_errors=errors, non_block_errors=whole)


APART = frozenset({"label", "title", "introduction", "choices", "rows"})
"""The parts of a block that have a field of their own: the others are settings."""


def _errors_of_fields(problems) -> dict[str, Any]:
    messages = defaultdict(list)
    names = {name: control["label"] for name, control in controls().items()}
    for problem in problems:
        if problem.field in APART:
            messages[problem.field].append(problem.message)
        elif problem.field:
            where = {"setting": names[problem.field], "message": problem.message}
            messages["settings"].append(_("%(setting)s: %(message)s") % where)
    return {name: ValidationError(" ".join(said)) for name, said in messages.items()}


def _by_child(problems: list[Problem]) -> tuple[list[Problem], dict[int, list[Problem]]]:
    """The problems of a block itself, and those of each of its children, one level down."""
    own = [problem for problem in problems if not problem.path]
    children = defaultdict(list)
    for problem in problems:
        if problem.path:
            first, *rest = problem.path
            children[first].append(replace(problem, path=tuple(rest)))
    return own, dict(children)


class SelfAssessmentForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
