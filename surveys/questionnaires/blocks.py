"""The blocks that editors build a questionnaire with: one for each kind of question."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.blocks.struct_block import BlockGroup

from pages.charter.queries import current_commitments
from surveys.questionnaires.choice_blocks import LABEL_LENGTH, ChoicesBlock, IdentityBlock
from surveys.questionnaires.comparison import WordedComparison
from surveys.questionnaires.identities import CODE_LENGTH, GROUP, GROUP_END
from surveys.questionnaires.scales import SCALES
from surveys.questionnaires.settings_blocks import (
    OF_ALL,
    OF_QUESTIONS,
    OF_SECTIONS,
    FlatBlock,
    SettingsBlock,
)


class CommitmentsBlock(blocks.MultipleChoiceBlock):
    """Commitments of the charter, by anchor.

    Values pass as they are: Wagtail looks every one up in the choices, each time with a query.
    """

    def __init__(self, **kwargs):
        super().__init__(
            choices=commitment_choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            search_index=False,
            **kwargs,
        )

    def to_python(self, value):
        return list(value or [])

    def normalize(self, value):
        return list(value or [])

    def clean(self, value):
        if any(len(anchor) > 200 for anchor in value or []):
            raise ValidationError(_("Choose the commitments in the list."))
        return list(value or [])

    def get_searchable_content(self, value):
        return []


def commitment_choices() -> list[tuple[str, str]]:
    return [(commitment.anchor, commitment.alone) for commitment in current_commitments()]


class WordedBlock(FlatBlock):
    def get_comparison_class(self) -> type[WordedComparison]:
        return WordedComparison


class QuestionBlock(WordedBlock):
    label = blocks.TextBlock(label=_("Question"), rows=2, max_length=LABEL_LENGTH)
    hint = blocks.TextBlock(
        label=_("Hint"),
        required=False,
        rows=1,
        max_length=LABEL_LENGTH,
        help_text=_("Shown under the question, in small."),
    )
    required = blocks.BooleanBlock(label=_("An answer is required"), required=False)
    code = blocks.CharBlock(
        label=_("Code"),
        required=False,
        max_length=CODE_LENGTH,
        help_text=_(
            "The name of the column in files: lower-case letters without accent, figures and "
            "underscores. Left empty, it is proposed from the question."
        ),
    )
    commitments = CommitmentsBlock(
        label=_("Commitments of the charter"),
        help_text=_("Those that the answers inform: results are also read by commitment."),
    )
    identity = IdentityBlock()
    settings = SettingsBlock(readers=OF_QUESTIONS)


def layout(*children: str) -> BlockGroup:
    return BlockGroup(
        children=list(children), settings=["code", "commitments", "identity", "settings"]
    )


CHOICES = _("To choose")
FIGURES = _("To count")
WORDS = _("To write or read")
PLACES = _("To locate")
GROUPS = _("To arrange")


class SingleBlock(QuestionBlock):
    choices = ChoicesBlock(label=_("Choices"))
    has_other = blocks.BooleanBlock(label=_("Add “Other, specify”"), required=False)

    class Meta:
        form_layout = layout("label", "hint", "choices", "has_other", "required")
        icon = "radio-full"
        label = _("Single choice")
        group = CHOICES


class MultipleBlock(QuestionBlock):
    choices = ChoicesBlock(label=_("Choices"), may_exclude=True)
    has_other = blocks.BooleanBlock(label=_("Add “Other, specify”"), required=False)

    class Meta:
        form_layout = layout("label", "hint", "choices", "has_other", "required")
        icon = "list-ul"
        label = _("Multiple choice")
        group = CHOICES


class BooleanBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "check"
        label = _("Yes or no")
        group = CHOICES


class ScaleBlock(QuestionBlock):
    scale = blocks.ChoiceBlock(
        label=_("Scale"),
        choices=[(name, scale.label) for name, scale in SCALES.items()],
        default="agreement",
    )
    not_concerned = blocks.BooleanBlock(label=_("Add “Not concerned”"), required=False)

    class Meta:
        form_layout = layout("label", "hint", "scale", "not_concerned", "required")
        icon = "sliders"
        label = _("Scale")
        group = CHOICES


class RatingBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "order"
        label = _("Rating from 0 to 10")
        group = FIGURES


class IntegerBlock(QuestionBlock):
    minimum = blocks.IntegerBlock(label=_("Smallest number accepted"), required=False)
    maximum = blocks.IntegerBlock(label=_("Largest number accepted"), required=False)

    class Meta:
        form_layout = layout("label", "hint", "minimum", "maximum", "required")
        icon = "decimal"
        label = _("Whole number")
        group = FIGURES


class DecimalBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "superscript"
        label = _("Number with decimals")
        group = FIGURES


class ComputedBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint")
        icon = "code"
        label = _("Computed value")
        group = FIGURES


class RankingBlock(QuestionBlock):
    choices = ChoicesBlock(label=_("Choices"))

    class Meta:
        form_layout = layout("label", "hint", "choices", "required")
        icon = "list-ol"
        label = _("Ranking")
        group = CHOICES


class MatrixBlock(QuestionBlock):
    rows = ChoicesBlock(label=_("Rows"))
    choices = ChoicesBlock(label=_("Choices"), may_exclude=True)

    class Meta:
        form_layout = layout("label", "hint", "rows", "choices", "required")
        icon = "table"
        label = _("Table of questions")
        group = CHOICES


class DateBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "date"
        label = _("Date")
        group = FIGURES


class TimeBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "time"
        label = _("Time of day")
        group = FIGURES


class EmailBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "mail"
        label = _("E-mail address")
        group = WORDS


class PhoneBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "mobile-alt"
        label = _("Telephone number")
        group = WORDS


class FileBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "upload"
        label = _("File to send")
        group = WORDS


class TerritoryBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "home"
        label = _("Territory of the network")
        group = PLACES


class PlaceBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "thumbtack"
        label = _("Place")
        group = PLACES


class TextBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "minus"
        label = _("Short text")
        group = WORDS


class LongTextBlock(QuestionBlock):
    class Meta:
        form_layout = layout("label", "hint", "required")
        icon = "bars"
        label = _("Long text")
        group = WORDS


class StatementBlock(QuestionBlock):
    label = blocks.TextBlock(label=_("Text to read"), rows=4, max_length=LABEL_LENGTH)

    class Meta:
        form_layout = BlockGroup(
            children=["label"],
            settings=["code", "hint", "required", "commitments", "identity", "settings"],
        )
        icon = "openquote"
        label = _("Text to read, without question")
        group = WORDS


BUILDER_BLOCKS: dict[str, type[QuestionBlock]] = {
    "single": SingleBlock,
    "multiple": MultipleBlock,
    "boolean": BooleanBlock,
    "scale": ScaleBlock,
    "rating": RatingBlock,
    "ranking": RankingBlock,
    "matrix": MatrixBlock,
    "integer": IntegerBlock,
    "decimal": DecimalBlock,
    "date": DateBlock,
    "time": TimeBlock,
    "text": TextBlock,
    "long_text": LongTextBlock,
    "email": EmailBlock,
    "phone": PhoneBlock,
    "territory": TerritoryBlock,
    "place": PlaceBlock,
    "file": FileBlock,
    "computed": ComputedBlock,
    "statement": StatementBlock,
}
"""The builder's part of each kind of question (see `question_types.KINDS`)."""


class GroupBlock(WordedBlock):
    """Begins a group, which lasts until its end or that of its section."""

    title = blocks.CharBlock(label=_("Title of the group"), required=False, max_length=LABEL_LENGTH)
    settings = SettingsBlock(readers=OF_ALL)

    class Meta:
        icon = "group"
        label = _("Beginning of a group")
        label_format = "{title}"
        group = GROUPS


class GroupEndBlock(blocks.StructBlock):
    class Meta:
        icon = "collapse-up"
        label = _("End of the group")
        group = GROUPS


class QuestionsBlock(blocks.StreamBlock):
    def __init__(self, **kwargs):
        kinds = [(kind, block()) for kind, block in BUILDER_BLOCKS.items()]
        marks = [(GROUP, GroupBlock()), (GROUP_END, GroupEndBlock())]
        super().__init__([*kinds, *marks], **kwargs)


class QuestionsBlockAdapter(StreamBlockAdapter):
    js_constructor = "surveys.QuestionsBlock"

    @cached_property
    def media(self):
        return super().media + forms.Media(
            js=[versioned_static("surveys/questionnaires/builder.js")],
            css={"all": [versioned_static("surveys/questionnaires/builder.css")]},
        )


register(QuestionsBlockAdapter(), QuestionsBlock)


class SectionBlock(WordedBlock):
    title = blocks.CharBlock(label=_("Title of the section"), max_length=LABEL_LENGTH)
    introduction = blocks.TextBlock(label=_("Introduction"), required=False, rows=2)
    questions = QuestionsBlock(label=_("Questions"), required=False)
    identity = IdentityBlock()
    settings = SettingsBlock(readers=OF_SECTIONS)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Section")
        label_format = "{title}"


class SectionsBlock(blocks.StreamBlock):
    """All of a questionnaire. What is missing is said in one go by the form, for the whole."""

    section = SectionBlock()

    def clean(self, value):
        if self.is_deferred_validation:
            return super().clean(value)
        return self.clean_deferred(value)
