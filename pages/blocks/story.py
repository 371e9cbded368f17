"""What news and information pages are composed of."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from pages.blocks.text import ParagraphBlock


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Title"), max_length=150)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("title of a part")), ("3", _("title inside a part"))],
        default="2",
    )

    class Meta:
        icon = "title"
        label = _("Title")
        label_format = "{text}"
        template = "pages/blocks/heading.html"


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(
        label=_("Image"),
        help_text=_(
            "Describe what the image shows, for those who do not see it; tick “decorative” only "
            "when the page says as much without it."
        ),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "pages/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"), rows=3)
    author = blocks.CharBlock(label=_("Who says it"), required=False, max_length=150)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "pages/blocks/quote.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Text of the link"),
        required=False,
        max_length=150,
        help_text=_("The document's own title if left empty."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "pages/blocks/document.html"


class HighlightBlock(blocks.StructBlock):
    text = ParagraphBlock(label=_("Text"))

    class Meta:
        icon = "warning"
        label = pgettext_lazy("block", "Highlight")
        template = "pages/blocks/highlight.html"


class StoryBlocks(blocks.StreamBlock):
    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    document = DocumentBlock()
    highlight = HighlightBlock()
