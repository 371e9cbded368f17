"""The files of the demo are real ones: what they say is read back by other programs."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader

from surveys.demo.papers import paper

TITLE, TEXT = "Guide de l'été", "Écoute, œuvre & « voisinage » : ça va ?"


def read(kind: str, content: bytes) -> str:
    if kind == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if kind == "docx":
        return "\n".join(part.text for part in Document(BytesIO(content)).paragraphs)
    return ZipFile(BytesIO(content)).read("content.xml").decode().replace("&amp;", "&")


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt"])
def test_a_paper_says_its_title_and_its_text(kind):
    text = read(kind, paper(kind, TITLE, [TEXT]))

    assert TITLE in text
    assert TEXT in text


def test_the_kind_of_an_open_document_comes_first():
    package = ZipFile(BytesIO(paper("odt", TITLE, [TEXT])))

    assert package.namelist()[0] == "mimetype"


@pytest.mark.parametrize("kind", ["pdf", "odt"])
def test_a_paper_is_the_same_every_time(kind):
    assert paper(kind, TITLE, [TEXT]) == paper(kind, TITLE, [TEXT])
