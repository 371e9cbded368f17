"""Documents are read for their words, and those that mean harm only for a refusal."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.document_texts import Limits, UnreadableDocument, read_document
from tests import documents
from tests.hostile_workbooks import LAUGHS


def reason(content: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(content, limits=Limits(**limits))
    return refused.value.reason


def test_the_words_of_a_pdf():
    said = read_document(documents.pdf("Réunion des habitant·e·s", "le jeudi (à 18 h)"))

    assert said.splitlines() == ["Réunion des habitant·e·s", "le jeudi (à 18 h)"]


def test_a_word_cut_at_the_end_of_a_line_of_a_pdf_is_whole_again():
    assert "associations" in read_document(documents.pdf("Les associa-", "tions du quartier"))


def test_the_paragraphs_of_a_word_document():
    assert read_document(documents.docx("Un jardin", "partagé")).split("\n") == [
        "Un jardin",
        "partagé",
    ]


def test_the_paragraphs_of_an_opendocument_text_spans_and_tabs_included():
    said = documents.odt("Un <text:span>jardin</text:span> partagé<text:tab/>ici", "Deux")

    assert read_document(said).split("\n") == ["Un jardin partagé ici", "Deux"]


def test_the_words_of_a_plain_text():
    assert read_document("Fête d'été".encode("cp1252")) == "Fête d'été"


def test_a_locked_pdf_is_said_to_be():
    assert reason(documents.pdf("secret", password="porte")) == "encrypted"


def test_a_pdf_of_pictures_has_no_text():
    assert reason(documents.pdf()) == "no_text"


def test_half_a_pdf_is_damaged():
    assert reason(documents.pdf("Réunion")[:200]) == "damaged"


def test_a_locked_opendocument_is_said_to_be():
    manifest = '<m><encryption-data checksum="x"/></m>'

    assert reason(documents.odt("Un", extra={"META-INF/manifest.xml": manifest})) == "encrypted"


def test_entities_are_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("content.xml", f"{LAUGHS}<p>&j;</p>")

    assert reason(content.getvalue()) == "xml_bomb"


def test_a_package_that_swells_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("content.xml", b"<p>" + b" " * 30_000_000 + b"</p>")

    assert reason(content.getvalue()) == "zip_bomb"


def test_what_takes_too_much_memory_ends_nothing_but_its_child():
    assert reason(documents.pdf("Réunion"), memory=40 * 1024 * 1024) in {"too_heavy", "damaged"}


def test_what_is_no_document_is_refused():
    assert reason(b"MZ\x90\0") == "unknown"
    assert reason(b"PK\x03\x04") == "damaged"


def test_no_more_is_read_than_asked():
    assert len(read_document(documents.docx(*["mot " * 100] * 50), limits=Limits(text=1000))) < 1100


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 200))
def test_any_damage_gives_words_or_a_reason(seed, cuts):
    content = bytearray(
        documents.docx("Un jardin partagé") if seed % 2 else documents.pdf("Jardin")
    )
    for step in range(cuts):
        content[(seed * (step + 7)) % len(content)] = (seed >> (step % 24)) & 255

    with suppress(UnreadableDocument):
        assert isinstance(read_document(bytes(content)), str)
