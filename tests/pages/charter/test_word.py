"""Word files: the same charter as the Markdown's, and nothing that could harm."""

import json
import re
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.etree import tostring

from pages.charter.files import REFUSALS, UnreadableCharter, charter_from
from pages.charter.markdown import read_markdown
from pages.charter.models import CharterPage
from pages.charter.pieces import Heading, Listing, Paragraph, plain
from pages.charter.structure import read_charter
from pages.charter.word import read_word
from pages.charter.word_package import UnreadableDocument
from tests.pages.charter.word_files import saved, word_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pieces_of(path) -> list:
    return read_markdown(Path(path).read_text(encoding="utf-8"))


@pytest.mark.parametrize("styled", [True, False], ids=["styles", "bold"])
def test_a_word_file_holds_the_charter_of_the_markdown(real_charter_file, charter_file, styled):
    for path in (real_charter_file, charter_file):
        pieces = pieces_of(path)

        assert read_charter(read_word(word_file(pieces, styled=styled))) == read_charter(pieces)


@pytest.mark.django_db
@pytest.mark.parametrize("styled", [True, False], ids=["styles", "bold"])
def test_the_command_gives_the_same_anchors_from_word(real_charter_file, tmp_path, styled):
    def run(path) -> dict:
        out = StringIO()
        call_command("import_charter", str(path), "--json", stdout=out, stderr=StringIO())
        return json.loads(out.getvalue())

    word = tmp_path / "charte.docx"
    word.write_bytes(word_file(pieces_of(real_charter_file), styled=styled))
    first = run(real_charter_file)

    again = run(word)

    assert again.pop("changes") == {"added": [], "reworded": [], "moved": [], "removed": []}
    assert again == first


# -- What Word writes ----------------------------------------------------------------------


def test_a_heading_that_word_counts_has_its_number():
    document = Document()
    paragraph = document.add_heading("AGIR", level=1)
    numbering = document.part.numbering_part.element
    decimal = next(
        one.get(qn("w:abstractNumId"))
        for one in numbering.findall(qn("w:abstractNum"))
        if b'val="decimal"' in tostring(one)
    )
    number = numbering.add_num(decimal)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = number.numId

    (heading,) = read_word(saved(document))
    assert isinstance(heading, Heading)
    assert plain(heading.words) == "1. AGIR"


def test_what_was_inserted_is_read_and_what_was_deleted_is_not():
    document = Document()
    paragraph = document.add_paragraph("Nous ouvrons ")
    for tag, run in (
        ("del", "<w:r><w:delText>nos fenêtres</w:delText></w:r>"),
        ("ins", "<w:r><w:t>nos portes</w:t></w:r>"),
    ):
        paragraph._p.append(parse_xml(f"<w:{tag} {nsdecls('w')}>{run}</w:{tag}>"))

    assert [plain(piece.words) for piece in read_word(saved(document))] == [
        "Nous ouvrons nos portes"
    ]


def test_items_typed_by_hand_and_items_of_a_list_are_lists():
    document = Document()
    document.add_paragraph("Nous nous engageons à :")
    document.add_paragraph("– Ouvrir nos portes ;")
    document.add_paragraph("Aider.", style="List Bullet")

    introduction, listing = read_word(saved(document))

    assert isinstance(introduction, Paragraph)
    assert isinstance(listing, Listing)
    assert [plain(item[0]) for item in listing.items] == ["Ouvrir nos portes ;", "Aider."]


def test_a_link_keeps_its_address_and_a_table_its_texts():
    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Écoute", "Entraide"
    relation = document.part.relate_to("https://example.org/", "hyperlink", is_external=True)
    run = "<w:r><w:t>ici</w:t></w:r>"
    link = f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}">{run}</w:hyperlink>'
    document.add_paragraph("Lire ")._p.append(parse_xml(link))

    pieces = read_word(saved(document))

    assert [plain(piece.words) for piece in pieces] == ["Écoute", "Entraide", "Lire ici"]
    assert pieces[2].words[-1].href == "https://example.org/"


# -- What is refused -----------------------------------------------------------------------


def package(**changed: bytes) -> bytes:
    """A good file with some members replaced, or added."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(saved(Document()))) as good:
        members = {name: good.read(name) for name in good.namelist()}
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (members | changed).items():
            if content is not None:
                archive.writestr(name, content)
    return written.getvalue()


def content_types(kind: str) -> bytes:
    with zipfile.ZipFile(BytesIO(saved(Document()))) as good:
        return good.read("[Content_Types].xml").replace(WORD.encode(), kind.encode())


def document_of(paragraph: str, times: int) -> bytes:
    return f"<w:document {nsdecls('w')}><w:body>{paragraph * times}</w:body></w:document>".encode()


def many_members() -> bytes:
    return package(**{f"word/media/{number}.png": b"" for number in range(2100)})


BOMB = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa">]><w:document>&a;</w:document>'

REFUSED = {
    "un vieux document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ancien format"),
    "une page web": (b"\xef\xbb\xbf<!DOCTYPE html><html><body>1</body></html>", "page web"),
    "une image": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "pas un document Word"),
    "une archive": (package(**{"word/document.xml": None}), "pas un document Word"),
    "un document libre": (package(mimetype=b"application/vnd.oasis"), "pas un document Word"),
    "un modele": (
        package(**{"[Content_Types].xml": content_types("application/x-other")}),
        "abîmé",
    ),
    "des macros": (package(**{"word/vbaProject.bin": b"x"}), "macros"),
    "des macros declarees": (
        package(
            **{
                "[Content_Types].xml": content_types(
                    "application/vnd.ms-word.document.macroEnabled.main+xml"
                )
            }
        ),
        "macros",
    ),
    "une bombe": (package(**{"word/media/a.png": b"\0" * (51 * 1024 * 1024)}), "décompressé"),
    "un texte enorme": (package(**{"word/document.xml": b" " * 5 * 1024 * 1024}), "décompressé"),
    "mille morceaux": (many_members(), "décompressé"),
    "trop de paragraphes": (
        package(**{"word/document.xml": document_of("<w:p><w:r><w:t>a</w:t></w:r></w:p>", 3100)}),
        "bien plus long",
    ),
    "trop de morceaux": (
        package(**{"word/document.xml": document_of("<w:p><w:r/><w:r/><w:r/></w:p>", 29_000)}),
        "bien plus long",
    ),
    "des entites": (package(**{"word/document.xml": BOMB}), "abîmé"),
    "utf-16": (package(**{"word/document.xml": BOMB.decode().encode("utf-16")}), "abîmé"),
    "du xml casse": (package(**{"word/document.xml": b"<w:document"}), "abîmé"),
    "coupe": (saved(Document())[:4000], "abîmé"),
    "sans article": (saved(Document()), "aucun article"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_word_file_that_is_no_charter_is_refused_with_a_sentence(content, reason):
    with pytest.raises(UnreadableCharter, match=re.escape(reason)):
        charter_from(content, name="charte.docx")


def test_a_file_too_large_is_refused_before_it_is_opened():
    with pytest.raises(UnreadableCharter, match="10 Mo"):
        charter_from(b"PK\x03\x04" + b"\0" * (10 * 1024 * 1024), name="charte.docx")


def test_a_word_file_under_another_name_is_read_as_what_it_is(charter_file):
    content = word_file(pieces_of(charter_file), styled=True)

    assert len(charter_from(content, name="charte.md").articles) == 4


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing(tmp_path):
    path = tmp_path / "charte.docx"
    path.write_bytes(REFUSED["des macros"][0])

    with pytest.raises(Exception, match="macros"):
        call_command("import_charter", str(path))

    assert not CharterPage.objects.exists()


GOOD = saved(Document())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=20))
def test_a_spoiled_file_is_read_or_refused(spoiled):
    content = bytearray(GOOD)
    for position, byte in spoiled:
        content[position] = byte

    try:
        found = read_word(bytes(content))
    except UnreadableDocument as error:
        found = error.reason

    assert isinstance(found, list) or found in REFUSALS


WORDS = st.text("abé<>&\"';: \u00a0\n", max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "# ", "## ", "- ", "**1**"]), WORDS), max_size=12))
def test_any_document_reads_as_its_text_does(lines):
    pieces = read_markdown("\n\n".join(mark + text for mark, text in lines))

    found = read_word(word_file(pieces, styled=True))

    said = [plain(w) for piece in found for w in _words(piece)]
    assert (
        " ".join(said).split()
        == " ".join(plain(w) for piece in pieces for w in _words(piece)).split()
    )


def _words(piece):
    return (
        [w for item in piece.items for w in item] if isinstance(piece, Listing) else [piece.words]
    )
