"""Small real files for the invented library: PDF, OpenDocument and Word, the same every time."""

from datetime import datetime
from io import BytesIO
from textwrap import wrap
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pikepdf
from docx import Document

WRITTEN_AT: Final = datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001 - Word's properties have no zone.
ODT: Final = "application/vnd.oasis.opendocument.text"
NAMESPACES: Final = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
)


def paper(kind: str, title: str, paragraphs: list[str]) -> bytes:
    """The bytes of a one-page document of this kind: `pdf`, `odt` or `docx`."""
    return {"pdf": _pdf, "odt": _odt, "docx": _docx}[kind](title, paragraphs)


def _pdf(title: str, paragraphs: list[str]) -> bytes:
    lines = [("F2", 18, 26, line) for line in wrap(title, 46)]
    for paragraph in paragraphs:
        lines += [("F1", 11, 16, line) for line in wrap(paragraph, 84)] + [("F1", 11, 10, "")]
    drawn = ["BT 64 770 Td"]
    for font, size, leading, line in lines:
        drawn.append(f"/{font} {size} Tf {_pdf_text(line)} Tj 0 -{leading} Td")
    drawn.append("ET")
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[0]
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F1=_font("/Helvetica"), F2=_font("/Helvetica-Bold"))
        )
        page.Contents = pdf.make_stream("\n".join(drawn).encode("ascii"))
        pdf.Root.Lang = pikepdf.String("fr")
        pdf.docinfo["/Title"] = title
        stream = BytesIO()
        pdf.save(stream, deterministic_id=True)
    return stream.getvalue()


def _font(name: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name("/Font"),
        Subtype=pikepdf.Name("/Type1"),
        BaseFont=pikepdf.Name(name),
        Encoding=pikepdf.Name("/WinAnsiEncoding"),
    )


def _pdf_text(line: str) -> str:
    return f"<{line.encode('cp1252', 'replace').hex()}>"


def _docx(title: str, paragraphs: list[str]) -> bytes:
    document = Document()
    document.add_heading(title, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, "Maillage", "fr"
    properties.created = properties.modified = WRITTEN_AT
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _odt(title: str, paragraphs: list[str]) -> bytes:
    body = f'<text:h text:outline-level="1">{escape(title)}</text:h>'
    body += "".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} '
        f'office:version="1.3"><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {NAMESPACES} '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{ODT}"/><manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        # The kind comes first and uncompressed, or programs do not know it.
        package.writestr(_entry("mimetype", ZIP_STORED), ODT)
        package.writestr(_entry("content.xml", ZIP_DEFLATED), content)
        package.writestr(_entry("META-INF/manifest.xml", ZIP_DEFLATED), manifest)
    return stream.getvalue()


def _entry(name: str, compression: int) -> ZipInfo:
    entry = ZipInfo(name, (2026, 1, 5, 9, 0, 0))
    entry.compress_type = compression
    return entry
