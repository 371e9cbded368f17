"""The blocks that editors build a questionnaire with: one for each kind of question."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.blocks.struct_block import BlockGroup, StructBlockAdapter

from surveys.questionnaires.choice_blocks import LABEL_LENGTH, ChoicesBlock
from surveys.questionnaires.comparison import WordedComparison
from surveys.questionnaires.identities import GROUP, GROUP_END
from surveys.questionnaires.settings_blocks import (
    OF_ALL,
    OF_QUESTIONS,
    OF_SECTIONS,
    FlatBlock,
    SettingsBlock,
)


class WordedBlock(FlatBlock):
    def get_comparison_class(self) -> type[WordedComparison]:
        return WordedComparison


CONDITIONS = ["code", "condition"]
OF_ANSWERS = [
    *CONDITIONS,
    "check",
    "check_message",
    "required_message",
    "default",
    "may_decline",
    "data_class",
    "commitments",
]


def asked(*shown: str, more: tuple[str, ...] = ()) -> SettingsBlock:
    """The settings of a question that people answer: shown at once, and when asked for."""
    return SettingsBlock(
        readers=OF_QUESTIONS, shown=["hint", *shown, "required"], more=[*more, *OF_ANSWERS]
    )


class QuestionBlock(WordedBlock):
    label = blocks.TextBlock(label=_("Question"), rows=2, max_length=LABEL_LENGTH)
    settings = asked()

    def get_form_layout(self) -> BlockGroup:
        """What is asked, then what is set of it."""
        parts = [name for name in self.child_blocks if name != "settings"]
        return BlockGroup([*parts, "settings"])


class QuestionBlockAdapter(StructBlockAdapter):
    js_constructor = "surveys.QuestionBlock"


register(QuestionBlockAdapter(), QuestionBlock)


CHOICES = _("To choose")
FIGURES = _("To count")
WORDS = _("To write or read")
PLACES = _("To locate")
GROUPS = _("To arrange")


class SingleBlock(QuestionBlock):
    choices = ChoicesBlock(label=_("Choices"))
    settings = asked("has_other", more=("drop_down",))

    class Meta:
        icon = "radio-full"
        label = _("Single choice")
        group = CHOICES


class MultipleBlock(QuestionBlock):
    choices = ChoicesBlock(label=_("Choices"), may_exclude=True)
    settings = asked("has_other", more=("fewest", "most"))

    class Meta:
        icon = "list-ul"
        label = _("Multiple choice")
        group = CHOICES


class BooleanBlock(QuestionBlock):
    class Meta:
        icon = "check"
        label = _("Yes or no")
        group = CHOICES


class ScaleBlock(QuestionBlock):
    """The points are chosen in a list, or one's own: then they are choices."""

    settings = asked("scale", "not_concerned")
    choices = ChoicesBlock(label=_("Points"))

    def get_form_layout(self) -> BlockGroup:
        return BlockGroup(["label", "settings", "choices"])

    class Meta:
        icon = "sliders"
        label = _("Scale")
        group = CHOICES


class RatingBlock(QuestionBlock):
    settings = asked(more=("lowest_label", "highest_label", "minimum", "maximum"))

    class Meta:
        icon = "order"
        label = _("Rating from 0 to 10")
        group = FIGURES


class RankingBlock(QuestionBlock):
    choices = ChoicesBlock(label=_("Choices"))
    settings = asked(more=("most",))

    class Meta:
        icon = "list-ol"
        label = _("Ranking")
        group = CHOICES


class MatrixBlock(QuestionBlock):
    rows = ChoicesBlock(label=_("Rows"), are_rows=True)
    choices = ChoicesBlock(label=_("Choices"), may_exclude=True)
    settings = asked("several")

    class Meta:
        icon = "table"
        label = _("Table of questions")
        group = CHOICES


class IntegerBlock(QuestionBlock):
    settings = asked("minimum", "maximum", more=("unit",))

    class Meta:
        icon = "decimal"
        label = _("Whole number")
        group = FIGURES


class DecimalBlock(QuestionBlock):
    settings = asked("minimum", "maximum", more=("unit",))

    class Meta:
        icon = "superscript"
        label = _("Number with decimals")
        group = FIGURES


class TextBlock(QuestionBlock):
    class Meta:
        icon = "minus"
        label = _("Short text")
        group = WORDS


class LongTextBlock(QuestionBlock):
    class Meta:
        icon = "bars"
        label = _("Long text")
        group = WORDS


class EmailBlock(QuestionBlock):
    class Meta:
        icon = "mail"
        label = _("E-mail address")
        group = WORDS


class PhoneBlock(QuestionBlock):
    class Meta:
        icon = "mobile-alt"
        label = _("Telephone number")
        group = WORDS


class DateBlock(QuestionBlock):
    class Meta:
        icon = "date"
        label = _("Date")
        group = FIGURES


class TimeBlock(QuestionBlock):
    class Meta:
        icon = "time"
        label = _("Time of day")
        group = FIGURES


class TerritoryBlock(QuestionBlock):
    class Meta:
        icon = "home"
        label = _("Territory of the network")
        group = PLACES


class PlaceBlock(QuestionBlock):
    class Meta:
        icon = "thumbtack"
        label = _("Place")
        group = PLACES


class FileBlock(QuestionBlock):
    settings = asked("accepts")

    class Meta:
        icon = "upload"
        label = _("File to send")
        group = WORDS


class ComputedBlock(QuestionBlock):
    settings = SettingsBlock(
        readers=OF_QUESTIONS,
        shown=["calculation", "hint"],
        more=["unit", *CONDITIONS, "data_class", "commitments"],
    )

    class Meta:
        icon = "code"
        label = _("Computed value")
        group = FIGURES


class StatementBlock(QuestionBlock):
    label = blocks.TextBlock(label=_("Text to read"), rows=4, max_length=LABEL_LENGTH)
    settings = SettingsBlock(readers=OF_QUESTIONS, more=CONDITIONS)

    class Meta:
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
    "text": TextBlock,
    "long_text": LongTextBlock,
    "email": EmailBlock,
    "phone": PhoneBlock,
    "date": DateBlock,
    "time": TimeBlock,
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
    settings = SettingsBlock(readers=OF_ALL, shown=["table"], more=CONDITIONS)

    class Meta:
        icon = "group"
        label = _("Beginning of a group")
        label_format = "{title}"
        group = GROUPS


register(QuestionBlockAdapter(), GroupBlock)


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
            js=[
                versioned_static("surveys/questionnaires/builder.js"),
                versioned_static("surveys/questionnaires/saving.js"),
            ],
            css={"all": [versioned_static("surveys/questionnaires/builder.css")]},
        )


register(QuestionsBlockAdapter(), QuestionsBlock)


class SectionBlock(WordedBlock):
    title = blocks.CharBlock(label=_("Title of the section"), max_length=LABEL_LENGTH)
    introduction = blocks.TextBlock(label=_("Introduction"), required=False, rows=2)
    settings = SettingsBlock(readers=OF_SECTIONS, more=CONDITIONS)
    questions = QuestionsBlock(label=_("Questions"), required=False)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Section")
        label_format = "{title}"


class SectionBlockAdapter(StructBlockAdapter):
    js_constructor = "surveys.SectionBlock"


register(SectionBlockAdapter(), SectionBlock)


class SectionsBlock(blocks.StreamBlock):
    """All of a questionnaire. What is missing is said in one go by the form, for the whole."""

    section = SectionBlock()

    def clean(self, value):
        if self.is_deferred_validation:
            return super().clean(value)
        return self.clean_deferred(value)
