"""A section of a frozen questionnaire as a web form: strings in, values of a document out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.contrib.forms.forms import BaseForm, FormBuilder

from intranet.languages import language_of, said_in
from intranet.network.models import Territory
from intranet.templatetags.languages import in_its_language
from surveys.questionnaires import question_types
from surveys.questionnaires.definition import Group, Question, Section, Text, text_in
from surveys.questionnaires.flow import Flow
from surveys.questionnaires.question_types import InvalidAnswer, ranked_bounds, rating_bounds
from surveys.responses.fields import (
    AnswerField,
    ComputedField,
    FileField,
    MatrixField,
    StatementField,
    TerritoryField,
    answer_field_of,
    field_of,
    question_of,
)
from surveys.responses.tables import tables_of
from surveys.responses.uploads import Cabinet
from surveys.responses.widgets import (
    ChosenFile,
    DayInParts,
    DropDown,
    HourInParts,
    Matrix,
    MayDecline,
    OneChoice,
    OneWord,
    PhoneInput,
    PlaceInWords,
    Ranking,
    SeveralChoices,
    TerritorySearch,
    WithUnit,
    table_class,
    with_other,
)
from surveys.responses.wording import NO, OTHER_LABEL, YES, answer_in_words, check_in_words

LONGEST_ROW_OF_RATINGS = 21
COLON = pgettext_lazy("between a label and its error", ":")


@dataclass(frozen=True)
class Part:
    """What stands on the page: titles of groups that begin, then a field or a table of fields."""

    titles: list[dict[str, Any]]
    field: BoundField | None = None
    table: list[BoundField] | None = None
    columns: tuple[str, ...] = ()

    @property
    def table_class(self) -> str:
        return table_class(len(self.columns))

    is_asked: bool = True


class SectionForm(BaseForm):
    """Made by `SectionFormBuilder`; everything typed can be taken out of it, valid or not."""

    use_required_attribute = False
    template_name_div = "surveys/responses/questions.html"
    section = Section(id="", title={})
    language = "fr"

    @property
    def answers(self) -> list[BoundField]:
        return [field for field in self if question_of(field).is_answered]

    @property
    def values(self) -> dict[str, Any]:
        """`{question id: value or None}` for every question whose value is valid."""
        return {
            question_of(field).id: self.cleaned_data.get(field.name)
            for field in self.answers
            if field.name not in self.errors
        }

    def require(self, *, besides: Collection[str] = ()) -> bool:
        """Mark the required questions without an answer, `besides` those with these codes;
        say whether there are any."""
        missing = {
            field.name: sentence
            for field in self.answers
            if field.field.required
            and field_of(field).is_asked
            and question_of(field).code not in besides
            and field.name not in self.errors
            and (sentence := answer_field_of(field).missing(self.cleaned_data.get(field.name)))
        }
        for name, sentence in missing.items():
            self.add_error(name, ValidationError(sentence, code="required"))
        return bool(missing)

    def follow(self, flow: Flow) -> None:
        """Show what a document makes of the page. What cannot be in a hidden field is no matter."""
        for field in self:
            question, shown = question_of(field), field_of(field)
            shown.is_asked = flow.is_shown(question)
            if isinstance(shown, ComputedField):
                value = flow.document.get(question.id)
                shown.value_in_words = answer_in_words(question, value, self.language)
            if self.is_bound and not flow.is_shown(question):
                self.errors.pop(field.name, None)

    def check(self, failed: Collection[Question]) -> bool:
        """Say what does not pass its check beside it; say whether there is any."""
        wrong = [field for field in self.answers if question_of(field) in failed]
        for field in wrong:
            sentence = check_in_words(question_of(field), self.language)
            self.add_error(field.name, ValidationError(sentence, code="check"))
        return bool(wrong)

    @property
    def asked_codes(self) -> list[str]:
        """The codes of the questions that the page shows as it stands."""
        return [question_of(field).code for field in self if field_of(field).is_asked]

    def _is_asked(self, group: Group) -> bool:
        return any(
            field_of(field).is_asked
            for field in self
            if group in self.section.groups_around(question_of(field))
        )

    @property
    def parts(self) -> Iterator[Part]:
        """The page in the order of reading."""
        around: list[Group] = []
        tables = tables_of(self.section)
        for field in self:
            question = question_of(field)
            groups = self.section.groups_around(question)[::-1]
            begun = [
                {
                    "group": group,
                    "title": text_in(group.title, self.language),
                    "depth": depth,
                    "is_asked": self._is_asked(group),
                }
                for depth, group in enumerate(groups)
                if group not in around
            ]
            around = groups
            table = tables.get(question.id)
            if table is None:
                yield Part(begun, field=field)
            elif table[0] == question:
                labels = tuple(text_in(one.label, self.language) for one in question.choices)
                rows = [self[field_name(one)] for one in table]
                is_asked = any(field_of(row).is_asked for row in rows)
                yield Part(begun, table=rows, columns=labels, is_asked=is_asked)

    def as_typed(self) -> dict[str, Any]:
        """`{question id: value}`, also of what is not valid: to give back, never to store."""
        typed = {question_of(field).id: field.value() for field in self.answers} | self.values
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
        return self.question.required and self.question.is_answered

    default_value = None

    def in_language(self, text: Text) -> str:
        return text_in(text, self.language)

    @property
    def unit(self) -> str:
        return self.in_language(self.question.unit)

    @property
    def ends(self) -> tuple[str, str]:
        """What the lowest and the highest rating mean."""
        return (
            self.in_language(self.question.lowest_label),
            self.in_language(self.question.highest_label),
        )

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
        # Wagtail escapes the help text, which forgets its language.
        hint = said_in(language_of(field.help_text), options["help_text"])
        about = {"question": field.question, "language": field.language}
        return {**options, **about, "help_text": hint}

    def create_single_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        if field.question.appearance == "minimal":
            drop_down = DropDown(choices=field.choices, has_other=field.question.has_other)
            return answer_field(drop_down, options)
        return self.create_scale_field(field, options)

    def create_scale_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        widget = OneChoice(
            choices=field.choices, has_other=field.question.has_other, **radios(field)
        )
        return AnswerField(widget=widget, **options)

    def create_multiple_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        widget = SeveralChoices(choices=field.choices, has_other=field.question.has_other)
        return answer_field(widget, options)

    def create_boolean_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        choices = [("true", YES), ("false", NO)]
        return AnswerField(
            widget=OneWord(choices=choices, layout="row", **radios(field)), **options
        )

    def create_rating_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        lowest, highest = rating_bounds(field.question)
        if highest - lowest >= LONGEST_ROW_OF_RATINGS:
            return self.create_integer_field(field, options)
        words = dict(zip((str(lowest), str(highest)), field.ends, strict=True))
        choices = [
            (number, in_figures_and_words(number, words.get(number, "")))
            for number in map(str, range(lowest, highest + 1))
        ]
        ends = [(number, word) for number, word in words.items() if word]
        widget = OneWord(choices=choices, layout="rating", ends=ends, **radios(field))
        return AnswerField(widget=widget, **options)

    def create_ranking_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        _fewest, most = ranked_bounds(field.question)
        return answer_field(Ranking(choices=field.choices, most=most), options)

    def create_matrix_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        widget = Matrix(
            choices=field.choices,
            rows=[(row.id, field.in_language(row.label)) for row in field.question.rows],
            several=field.question.several,
            removable=not field.required,
        )
        return answer_field(widget, options, MatrixField)

    def create_integer_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return answer_field(WithUnit(unit=field.unit, attrs={"inputmode": "numeric"}), options)

    def create_decimal_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return answer_field(WithUnit(unit=field.unit, attrs={"inputmode": "decimal"}), options)

    def create_text_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return answer_field(forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}), options)

    def create_long_text_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return answer_field(forms.Textarea(attrs={"rows": 5, "dir": "auto"}), options)

    def create_email_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return answer_field(
            forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}), options
        )

    def create_phone_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return answer_field(PhoneInput(attrs={"autocomplete": "tel", "dir": "ltr"}), options)

    def create_date_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return answer_field(DayInParts(), options)

    def create_time_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return answer_field(HourInParts(), options)

    def create_territory_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        widget = TerritorySearch(removable=not field.required)
        return answer_field(widget, options, TerritoryField)

    def create_place_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return answer_field(PlaceInWords(), options)

    def create_computed_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return ComputedField(**options)

    def create_file_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return answer_field(ChosenFile(accepts=field.question.accepts), options, FileField)

    def create_statement_field(self, field: AskedQuestion, options: dict) -> forms.Field:
        return StatementField(**options)


def in_figures_and_words(number: str, word: str) -> str:
    """The end of a scale says to ears what is written beside it for the eyes."""
    if not word:
        return number
    said = in_its_language(word)
    return format_html('{}<span class="visually-hidden">{} {}</span>', number, COLON, said)


def radios(field: AskedQuestion) -> dict[str, Any]:
    """What goes beside radios: a way to take the answer away, a way not to say."""
    return {"removable": not field.required, "may_decline": field.question.may_decline}


def answer_field(
    widget: forms.Widget, options: dict[str, Any], field_class: type[AnswerField] = AnswerField
) -> AnswerField:
    if options["question"].may_decline:
        widget = MayDecline(widget)
    return field_class(widget=widget, **options)


def section_form(
    section: Section,
    document: Mapping[str, Any],
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    *,
    language: str = "fr",
    cabinet: Cabinet | None = None,
    file_address: Callable[[str], str] | None = None,
) -> SectionForm:
    """The form of a section, showing what the document holds, or what was sent.

    Files that are sent go to the cabinet; without one, they are refused.
    """
    # A computed value without a label has nothing to say.
    visible = [one for one in section.questions if one.is_answered or any(one.label.values())]
    form_class = SectionFormBuilder(visible, language=language).get_form_class()
    shown = {**defaults(section, document), **document}
    initial = {
        field_name(question): shown[question.id] for question in visible if question.id in shown
    }
    form = form_class(data, files, initial=initial)
    form.section, form.language = section, language
    for field in form.fields.values():
        if isinstance(field, FileField):
            field.let_keep(cabinet, file_address)
    for question_id in tables_of(section):
        name = next(field_name(one) for one in section.questions if one.id == question_id)
        as_row(form.fields[name])
    return form


def defaults(section: Section, document: Mapping[str, Any]) -> dict[str, Any]:
    """What is proposed on a page on which nothing has been answered yet."""
    if any(question.id in document for question in section.questions):
        return {}
    proposed = {}
    for question in section.questions:
        with suppress(InvalidAnswer):
            proposed[question.id] = question_types.clean_code(question, question.default)
    return {one: value for one, value in proposed.items() if value is not None}


def as_row(field: Any) -> None:
    """Show a field as a row of a table, below the names of the columns."""
    field.template_name = "surveys/responses/row.html"
    field.widget.template_name = "surveys/responses/widgets/row.html"


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
