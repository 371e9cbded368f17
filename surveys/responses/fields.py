"""The web field of a question: what a widget gives becomes the value of a document."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from intranet.network.queries import territories_matching, territory_with
from surveys.questionnaires import question_types
from surveys.questionnaires.definition import OTHER, Question, text_in
from surveys.questionnaires.question_types import InvalidAnswer, is_complete, is_declined
from surveys.responses.territories import territories_found
from surveys.responses.uploads import Cabinet
from surveys.responses.widgets import ChosenFile, Matrix, MayDecline, Nothing, TerritorySearch
from surveys.responses.wording import check_in_words, choice_in_words, reason_in_words


class AnswerField(forms.Field):
    """The web field of one question. Its value is the document's, cleaned as everywhere.

    `required` only says so beside the label: a page may be left with questions unanswered.
    """

    is_asked = True

    def __init__(self, *, question: Question, language: str, **options) -> None:
        self.question = question
        self.language = language
        super().__init__(**{"template_name": "surveys/responses/field.html", **options})

    def clean(self, raw: Any) -> Any:
        try:
            value = question_types.clean(self.question, self.understood(raw))
            self._refuse_text_beside_another_choice(raw, value)
        except InvalidAnswer as error:
            raise ValidationError(
                reason_in_words(error, self.language), code=error.reason
            ) from None
        return value

    def understood(self, raw: Any) -> Any:
        """What the widget gives, as cleaning takes it."""
        return raw

    def _refuse_text_beside_another_choice(self, raw: Any, value: Any) -> None:
        # Ticking another radio leaves the text where it is: it would be lost in silence.
        specified = raw.get("other", "").strip() if isinstance(raw, dict) else ""
        if specified and value and value.get("choice", OTHER) != OTHER:
            label = choice_in_words(self.question, value["choice"], self.language)
            raise InvalidAnswer("text_beside_choice", label=label)

    @property
    def check_sentence(self) -> str:
        return check_in_words(self.question, self.language)

    def missing(self, value: Any) -> str:
        """What to say where an answer is required and this one is not enough; blank if it is."""
        if is_complete(self.question, value):
            return ""
        own = text_in(self.question.required_message, self.language)
        return own or _("This answer is required.")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return initial != data


class MatrixField(AnswerField):
    def missing(self, value: Any) -> str:
        sentence = super().missing(value)
        if not sentence or value is None:
            return sentence
        rows = [row for row in self.question.rows if row.id not in value["rows"]]
        inner = self.widget.widget if isinstance(self.widget, MayDecline) else self.widget
        cast(Matrix, inner).missing = frozenset(row.id for row in rows)
        if self.question.required_message:
            return sentence
        labels = " · ".join(text_in(row.label, self.language) for row in rows)
        return _("Answer each row. Still without an answer: %(rows)s.") % {"rows": labels}


class TerritoryField(AnswerField):
    """A territory is looked for by its name, its commune or its code, then picked."""

    def __init__(self, **options) -> None:
        super().__init__(**options)
        inner = self.widget.widget if isinstance(self.widget, MayDecline) else self.widget
        cast(TerritorySearch, inner).find = territories_found

    def understood(self, raw: Any) -> Any:
        if not isinstance(raw, dict) or is_declined(raw):
            return raw
        return self._code(raw["code"], raw["search"])

    def _code(self, code: str, search: str) -> str:
        matches = territories_matching(search)
        if code:
            territory = territory_with(code)
            if territory is None:
                raise InvalidAnswer("unknown_territory", value=code)
            if search and territory not in matches:
                raise InvalidAnswer("search_beside_territory", label=str(territory), typed=search)
            return code
        if not search:
            return ""
        if not matches:
            raise InvalidAnswer("no_territory_found", typed=search)
        if len(matches) > 1:
            raise InvalidAnswer("several_territories", typed=search)
        return matches[0].code


class FileField(AnswerField):
    """A file is kept as soon as it is good: a mistake elsewhere on the page costs nothing.

    What a draft was given before is known by its id, and only to that draft.
    """

    cabinet: Cabinet | None = None
    settled: dict[str, Any] | None = None

    def let_keep(self, cabinet: Cabinet | None, address: Callable[[str], str] | None) -> None:
        """Where files go, and the address at which who sent one reads it again."""
        self.cabinet = cabinet
        inner = self.widget.widget if isinstance(self.widget, MayDecline) else self.widget
        cast(ChosenFile, inner).address = address

    def clean(self, raw: Any) -> Any:
        declined = is_declined(raw)
        sent = (raw["answer"] or {}) if declined else raw
        known = self.cabinet.value(sent["kept"]) if self.cabinet and sent.get("kept") else None
        self.settled = None if sent.get("remove") else known
        if sent.get("new"):
            self.settled = self._kept(sent["new"])
        return super().clean(
            {"declined": True, "answer": self.settled} if declined else self.settled
        )

    def _kept(self, file: UploadedFile) -> dict[str, Any]:
        try:
            if self.cabinet is None:
                raise InvalidAnswer("file_not_kept")
            return self.cabinet.keep(self.question, file)
        except InvalidAnswer as error:
            sentence = reason_in_words(error, self.language)
            raise ValidationError(sentence, code=error.reason) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        return {"declined": True, "answer": self.settled} if is_declined(data) else self.settled


class StatementField(forms.Field):
    widget = Nothing
    is_asked = True

    def __init__(self, *, question: Question, language: str, **options) -> None:
        self.question = question
        super().__init__(template_name="surveys/responses/statement.html", **options)


class ComputedField(forms.Field):
    """What was worked out of other answers, to read."""

    widget = Nothing
    is_asked = True
    value_in_words = ""

    def __init__(self, *, question: Question, language: str, **options) -> None:
        self.question = question
        self.unit = text_in(question.unit, language)
        super().__init__(template_name="surveys/responses/computed.html", **options)


def question_of(field: BoundField) -> Question:
    return field_of(field).question


def field_of(field: BoundField) -> AnswerField | ComputedField | StatementField:
    return cast(AnswerField | ComputedField | StatementField, field.field)


def answer_field_of(field: BoundField) -> AnswerField:
    return cast(AnswerField, field.field)
