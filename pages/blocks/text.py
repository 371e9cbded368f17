"""The pieces of text that editors compose every page with."""

from bs4 import BeautifulSoup
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PROSE_FEATURES = ["bold", "italic", "link", "ol", "ul"]
"""What a paragraph may hold. Titles are blocks of their own, so that their order stays right."""


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": PROSE_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        template = "pages/blocks/paragraph.html"


def plain_text(html: str) -> str:
    """The words of a rich text, one blank line between two paragraphs."""
    soup = BeautifulSoup(html, "html.parser")
    pieces = soup.find_all(["p", "li", "h2", "h3", "h4"]) or [soup]
    texts = (" ".join(piece.get_text(" " if piece.find("br") else "").split()) for piece in pieces)
    return "\n\n".join(text for text in texts if text)
