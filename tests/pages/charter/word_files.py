"""Word files as people make them: with styles, or with bold and centred paragraphs only."""

from collections.abc import Iterable
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from pages.charter.pieces import Heading, Listing, Piece, Words


def word_file(pieces: Iterable[Piece], *, styled: bool) -> bytes:
    """A Word file that says what a text says."""
    document = Document()
    for piece in pieces:
        if isinstance(piece, Heading):
            _write_heading(document, piece, styled)
        elif isinstance(piece, Listing):
            for first, *more in filter(None, piece.items):
                if styled:
                    _write(document.add_paragraph(style="List Bullet"), first)
                else:
                    paragraph = document.add_paragraph("•\t")
                    _write(paragraph, first)
                for words in more:
                    _write(document.add_paragraph(), words)
        else:
            _write(document.add_paragraph(), piece.words)
    return saved(document)


def saved(document) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _write_heading(document, piece: Heading, styled: bool) -> None:
    if styled:
        _write(document.add_heading(level=piece.level), piece.words)
        return
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, piece.words, bold=True)


def _write(paragraph, words: Words, *, bold: bool = False) -> None:
    for run in words:
        # Word cuts runs anywhere.
        for part in (run.text[:3], run.text[3:]):
            written = paragraph.add_run(part)
            written.bold = True if run.bold or bold else None
            written.italic = run.italic or None
