"""A file is what its bytes say, and is kept without what betrays who made it."""

import io
import tracemalloc
import zipfile
from time import monotonic

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from intranet.files.inspection import LARGEST_FILE, OFFICE, RefusedFile, clean_name, inspected
from surveys.responses.wording import REASONS
from tests.sent_files import (
    REFUSED,
    SECRET,
    docx,
    odt,
    pdf,
    photograph,
    picture,
    telling_png,
)


@pytest.mark.parametrize(
    ("content", "type_", "suffix"),
    [
        (picture(), "image/jpeg", ".jpg"),
        (picture("PNG"), "image/png", ".png"),
        (picture("WEBP"), "image/webp", ".webp"),
        (picture("GIF"), "image/png", ".png"),
        (picture("HEIF"), "image/jpeg", ".jpg"),
        (pdf(), "application/pdf", ".pdf"),
        (odt(), "application/vnd.oasis.opendocument.text", ".odt"),
        (docx(), f"{OFFICE}wordprocessingml.document", ".docx"),
        ("Été à la plage\n".encode("cp1252"), "text/plain", ".txt"),
        ("nom;âge\na;3\n".encode(), "text/csv", ".csv"),
    ],
)  # fmt: skip
def test_the_kind_is_what_the_bytes_say(content, type_, suffix):
    found = inspected("vacances.exe", content)

    assert (found.type, found.name) == (type_, f"vacances{suffix}")


@pytest.mark.parametrize("make", [photograph, telling_png, pdf, docx, odt])
def test_what_tells_who_made_it_is_gone(make):
    content = make()
    kept = inspected("a", content).content

    assert SECRET in everything_in(content)
    assert SECRET not in everything_in(kept)
    assert b"JavaScript" not in everything_in(kept)


def everything_in(content: bytes) -> bytes:
    """The bytes, those that are packed in them, and the properties."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return b"".join(package.read(name) for name in package.namelist())
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as document:
            streams = [one.read_bytes() for one in document.objects if _is_stream(one)]
            return content + repr(dict(document.docinfo)).encode() + b"".join(streams)
    return content


def _is_stream(one) -> bool:
    return isinstance(one, pikepdf.Stream)


def test_a_photograph_has_no_exif_and_stands_upright():
    found = inspected("photo.jpg", photograph(orientation=6))

    with Image.open(io.BytesIO(found.content)) as kept:
        assert dict(kept.getexif()) == {}
        assert kept.size == (20, 40)
        red, _green, blue = kept.getpixel((10, 35))
        assert red > blue


def test_whatever_was_added_to_a_picture_is_gone():
    polyglot = picture("PNG") + b"<script>alert(1)</script>" + docx()

    kept = inspected("photo.png", polyglot).content

    assert b"script" not in kept
    assert not zipfile.is_zipfile(io.BytesIO(kept))


def test_whatever_was_added_to_a_document_is_gone():
    kept = inspected("a.docx", docx() + b"<html><script>alert(1)</script>").content

    assert b"script" not in kept
    with zipfile.ZipFile(io.BytesIO(kept)) as package:
        assert package.read("word/document.xml") == b"<w:document/>"


def test_transparent_pictures_stay_transparent():
    file = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, format="PNG")

    with Image.open(io.BytesIO(inspected("a.png", file.getvalue()).content)) as kept:
        assert kept.getpixel((5, 5))[3] == 0


def test_a_large_photograph_is_made_smaller():
    found = inspected("photo.jpg", picture(size=(6000, 4000)))

    with Image.open(io.BytesIO(found.content)) as kept:
        assert kept.size == (3000, 2000)


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_soon(name):
    file_name, content, reason = REFUSED[name]

    began = monotonic()
    with pytest.raises(RefusedFile) as refusal:
        inspected(file_name, content)

    assert refusal.value.reason == reason
    assert monotonic() - began < 5
    assert REASONS[reason] % refusal.value.params


def test_a_bomb_is_refused_before_it_swells():
    tracemalloc.start()
    with pytest.raises(RefusedFile):
        inspected("photo.png", REFUSED["a bomb"][1])
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 20 * 1024 * 1024


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(RefusedFile) as refusal:
        inspected("a.txt", b"a" * (LARGEST_FILE + 1))

    assert (refusal.value.reason, refusal.value.params) == ("file_too_large", {"maximum": 10})


@pytest.mark.parametrize(
    ("accepts", "content", "reason"),
    [("image", pdf(), "file_not_a_picture"), ("document", picture(), "file_not_a_document")],
)
def test_a_question_may_want_one_sort_only(accepts, content, reason):
    with pytest.raises(RefusedFile) as refusal:
        inspected("a", content, accepts=accepts)

    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\aminata\\cv.docx", "cv.pdf"),
        ("photo\u202egpj.exe", "photogpj.pdf"),
        ('a<b>:"|?*\r\nSet-Cookie: x.png', "abSet-Cookie x.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", ".pdf"),
        ("Été 2026.PDF", "Été 2026.pdf"),
        ("x" * 400, "x" * 100 + ".pdf"),
    ],
)
def test_a_name_is_harmless_anywhere(given, kept):
    assert clean_name(given, ".pdf") == kept


@given(st.text(max_size=60))
def test_any_name_becomes_one_that_a_system_and_a_header_take(name):
    kept = clean_name(name, ".pdf")

    assert kept.endswith(".pdf")
    assert not set(kept) & set('/\\:*?"<>|\r\n\0')
    assert len(kept) <= 104


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_kept_or_refused_and_never_an_error(content):
    for start in (b"", b"\xff\xd8\xff", b"%PDF-1.4\n", b"PK\x03\x04", b"GIF89a"):
        outcome = kind_or_reason(start + content)
        assert outcome in REASONS or "/" in outcome


def kind_or_reason(content: bytes) -> str:
    try:
        return inspected("a", content).type
    except RefusedFile as refusal:
        return refusal.reason
