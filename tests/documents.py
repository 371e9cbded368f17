"""Documents that say something, made as word processors and printers make them."""

import io
import zipfile
from functools import cache

import pikepdf
from docx import Document as WordDocument

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


@cache
def pdf(*lines: str, password: str = "") -> bytes:
    """A PDF of one page, a line under the other, in one of the fonts that every reader has."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    content = b"BT /F1 12 Tf 50 780 Td 16 TL\n"
    for line in lines:
        written = line.encode("cp1252")
        for special in (b"\\", b"(", b")"):
            written = written.replace(special, b"\\" + special)
        content += b"(" + written + b") Tj T*\n"
    page = document.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(content + b"ET")
    file = io.BytesIO()
    locked = pikepdf.Encryption(owner=password, user=password) if password else False
    document.save(file, encryption=locked)
    return file.getvalue()


@cache
def docx(*paragraphs: str) -> bytes:
    document = WordDocument()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def odt(*paragraphs: str, extra: dict[str, str] | None = None) -> bytes:
    said = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content'
            f' xmlns:office="{OFFICE}"'
            f' xmlns:text="{TEXT}"><office:body><office:text>{said}</office:text></office:body>'
            "</office:document-content>",
        )
        for name, content in (extra or {}).items():
            package.writestr(name, content)
    return file.getvalue()
