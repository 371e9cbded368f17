"""What an article of the charter is composed of: paragraphs, values, groups of commitments."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.text import ParagraphBlock


class AnchorBlock(blocks.CharBlock):
    """The address of a value or a commitment: given once, when the page is first saved.

    The form carries it without showing it, so that it follows its text when blocks move.
    """

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, **kwargs})

    @cached_property
    def field(self):
        return forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        label = _("Permanent address")
        default = ""


class ValueBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    text = ParagraphBlock(label=_("Text"))
    anchor = AnchorBlock()

    class Meta:
        icon = "pick"
        label = _("Value")
        label_format = _("Value: {name}")


class CommitmentBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), rows=3)
    anchor = AnchorBlock()

    class Meta:
        icon = "check"
        label = _("Commitment")
        label_format = "{text}"


class CommitmentGroupBlock(blocks.StructBlock):
    introduction = blocks.TextBlock(
        label=_("Introduction"),
        rows=2,
        required=False,
        help_text=_("The sentence that the commitments complete."),
    )
    commitments = blocks.ListBlock(
        CommitmentBlock(),
        label=_("Commitments"),
        min_num=1,
        help_text=_(
            "You may reword them and move them: the questions about a commitment stay attached "
            "to it."
        ),
    )

    class Meta:
        icon = "list-ul"
        label = _("Group of commitments")
        label_format = _("Commitments: {introduction}")


class ArticleBlocks(blocks.StreamBlock):
    paragraph = ParagraphBlock()
    value = ValueBlock()
    commitments = CommitmentGroupBlock()
