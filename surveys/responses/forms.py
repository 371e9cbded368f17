"""A section of a frozen questionnaire as a web form: strings in, values of a document out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.forms.forms import BaseForm, FormBuilder

from intranet.network.models import Territory
from surveys.questionnaires import question_types
from surveys.questionnaires.definition import OTHER, STATEMENT, Question, Section, text_in
from surveys.questionnaires.question_types import InvalidAnswer, rating_bounds
from surveys.responses.widgets import Nothing, OneChoice, OneWord, SeveralChoices, with_other
from surveys.responses.wording import (
    NO,
    OTHER_LABEL,
    YES,
    choice_in_words,
    reason_in_words,
)


class AnswerField(forms.Field):
    """The web field of one question. Its value is the document's, cleaned as everywhere.

    `required` only says so beside the label: a page may be left with questions unanswered.
    """

    def __init__(self, *, question: Question, language: str, **options) -> None:
        self.question = question
        self.language = language
        super().__init__(**options)

    def clean(self, raw: Any) -> Any:
        try:
            value = question_types.clean(self.question, raw)
            self._refuse_text_beside_another_choice(raw, value)
        except InvalidAnswer as error:
            raise ValidationError(
                reason_in_words(error, self.language), code=error.reason
            ) from None
        return value

    def _refuse_text_beside_another_choice(self, raw: Any, value: Any) -> None:
        # Ticking another radio leaves the text where it is: it would be lost in silence.
        specified = raw.get("other", "").strip() if isinstance(raw, dict) else ""
        if specified and value and value.get("choice", OTHER) != OTHER:
            label = choice_in_words(self.question, value["choice"], self.language)
            raise InvalidAnswer("text_beside_choice", label=label)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return initial != data


class StatementField(forms.Field):
    widget = Nothing

    def __init__(self, *, question: Question, language: str, **options) -> None:
        self.question = question
        super().__init__(template_name="surveys/responses/statement.html", **options)


def question_of(field: BoundField) -> Question:
    return cast(AnswerField | StatementField, field.field).question


class SectionForm(BaseForm):
    """Made by `SectionFormBuilder`; everything typed can be taken out of it, valid or not."""

    use_required_attribute = False

    @property
    def answers(self) -> list[BoundField]:
        return [field for field in self if question_of(field).kind != STATEMENT]

    @property
    def values(self) -> dict[str, Any]:
        """`{question id: value or None}` for every question whose value is valid."""
        return {
            question_of(field).id: self.cleaned_data.get(field.name)
            for field in self.answers
            if field.name not in self.errors
        }

    def require(self) -> bool:
        """Mark the required questions without an answer; say whether there are any."""
        missing = [
            field.name
            for field in self.answers
            if field.field.required
            and field.name not in self.errors
            and self.cleaned_data.get(field.name) is None
        ]
        for name in missing:
            self.add_error(name, ValidationError(_("This answer is required."), code="required"))
        return bool(missing)

    def as_typed(self) -> dict[str, Any]:
        """`{question id: value}`, also of what is not valid: to give back, never to store."""
        typed = {question_of(field).id: field.data for field in self.answers} | self.values
        return {question_id: value for question_id, value in typed.items() if value is not None}


@dataclass(frozen=True)
class AskedQuestion:
    """A question of a definition, seen as Wagtail's form builder wants its fields."""

    question: Question
    language: str

    @property
    def field_type(self) -> str:
        return self.question.kind

    @property
    def clean_name(self) -> str:
        return field_name(self.question)

    @property
    def label(self) -> str:
        return text_in(self.question.label, self.language)

    @property
    def help_text(self) -> str:
        return text_in(self.question.hint, self.language)

    @property
    def required(self) -> bool:
        return self.question.required and self.question.kind != STATEMENT

    default_value = None

    @property
    def choices(self) -> list[tuple[str, str]]:
        choices = [
            (choice.id, text_in(choice.label, self.language)) for choice in self.question.choices
        ]
        return with_other(choices, str(OTHER_LABEL)) if self.question.has_other else choices


def field_name(question: Question) -> str:
    return f"q-{question.code}"


class SectionFormBuilder(FormBuilder):
    """One method a kind of question: `create_<kind>_field`."""

    def __init__(self, questions: Iterable[Question], *, language: str = "fr") -> None:
        super().__init__([AskedQuestion(question, language) for question in questions])

    def get_form_class(self) -> type[SectionForm]:
        return type("QuestionnaireSectionForm", (SectionForm,), self.formfields)

    def get_field_options(self, field: AskedQuestion) -> dict[str, Any]:
        options = super().get_field_options(field)
        return {**options, "question": field.question, "language": field.language}

    def create_single_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        widget = OneChoice(
            choices=field.choices,
            has_other=field.question.has_other,
            removable=not field.required,
        )
        return AnswerField(widget=widget, **options)

    create_scale_field = create_single_field

    def create_multiple_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        widget = SeveralChoices(choices=field.choices, has_other=field.question.has_other)
        return AnswerField(widget=widget, **options)

    def create_boolean_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        choices = [("true", YES), ("false", NO)]
        widget = OneWord(choices=choices, layout="row", removable=not field.required)
        return AnswerField(widget=widget, **options)

    def create_rating_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        lowest, highest = rating_bounds(field.question)
        choices = [(str(number), str(number)) for number in range(lowest, highest + 1)]
        widget = OneWord(choices=choices, layout="rating", removable=not field.required)
        return AnswerField(widget=widget, **options)

    def create_integer_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return AnswerField(widget=widget, **options)

    def create_text_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return AnswerField(widget=forms.TextInput(attrs={"autocomplete": "off"}), **options)

    def create_long_text_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return AnswerField(widget=forms.Textarea(attrs={"rows": 5}), **options)

    def create_statement_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return StatementField(**options)


def section_form(
    section: Section,
    document: Mapping[str, Any],
    data: Mapping[str, Any] | None = None,
    *,
    language: str = "fr",
) -> SectionForm:
    """The form of a section, showing what the document holds, or what was sent."""
    form_class = SectionFormBuilder(section.questions, language=language).get_form_class()
    initial = {
        field_name(question): document[question.id]
        for question in section.questions
        if question.id in document
    }
    return form_class(data, initial=initial)


class StartForm(forms.Form):
    """Where a resident lives, if the person wants to say so."""

    territory = forms.ModelChoiceField(
        Territory.objects.none(),
        required=False,
        label=gettext_lazy("Your neighbourhood"),
        help_text=gettext_lazy("You may leave this empty."),
        empty_label=gettext_lazy("I would rather not say, or it is not in the list"),
    )

    def __init__(self, *args, territories, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["territory"]).queryset = territories
        if not territories:
            del self.fields["territory"]
