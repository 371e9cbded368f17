"""What a file that somebody sent really is, and the same file without what betrays them.

Plain Python. The kind is what the bytes say. Pictures are drawn anew, so that neither where they
were taken nor whatever was appended to them is left; documents lose their author and properties.
Pages and drawings that a browser would run (HTML, SVG), programs and macros are refused.
"""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import pikepdf
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from intranet.spreadsheets import UnreadableWorkbook, decoded

register_heif_opener()

LARGEST_FILE = 10 * 1024 * 1024
MOST_PIXELS_OF_OTHERS = 25_000_000
MOST_PIXELS = {"JPEG": 120_000_000, "HEIF": 50_000_000}
"""Telephones take large photographs; a JPEG is read at a smaller size."""
LARGEST_SIDE = 3_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_MEMBERS = 2_000
NAME_LENGTH = 100

PICTURES = {
    "JPEG": ("image/jpeg", ".jpg"),
    "PNG": ("image/png", ".png"),
    "WEBP": ("image/webp", ".webp"),
}
"""As what pictures are kept: a GIF as a PNG, what telephones make (HEIF) as a JPEG."""
READ_PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")

SUFFIXES_OF_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic")
SUFFIXES_OF_DOCUMENTS = (
    ".pdf", ".odt", ".ods", ".odp", ".docx", ".xlsx", ".pptx", ".txt", ".csv",
)  # fmt: skip
SUFFIXES_ACCEPTED = {
    "image": SUFFIXES_OF_PICTURES,
    "document": SUFFIXES_OF_DOCUMENTS,
    "": SUFFIXES_OF_PICTURES + SUFFIXES_OF_DOCUMENTS,
}
"""What a browser proposes to choose, by what the question accepts."""

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OFFICE_PARTS = {
    "word/document.xml": (f"{OFFICE}wordprocessingml.document", ".docx"),
    "xl/workbook.xml": (f"{OFFICE}spreadsheetml.sheet", ".xlsx"),
    "ppt/presentation.xml": (f"{OFFICE}presentationml.presentation", ".pptx"),
}
OPEN_DOCUMENTS = {
    f"{OPEN_DOCUMENT}text": ".odt",
    f"{OPEN_DOCUMENT}spreadsheet": ".ods",
    f"{OPEN_DOCUMENT}presentation": ".odp",
}
CORE_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http:'
    b'//schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
APP_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
CUSTOM_PROPERTIES = APP_PROPERTIES.replace(b"extended-properties", b"custom-properties")
META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="urn:oasis:names:'
    b'tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>'
)
PROPERTIES = {
    "docProps/core.xml": CORE_PROPERTIES,
    "docProps/app.xml": APP_PROPERTIES,
    "docProps/custom.xml": CUSTOM_PROPERTIES,
    "meta.xml": META,
}
MACROS = re.compile(r"vbaproject|(^|/)macrosheets/|^(basic|scripts)/", re.IGNORECASE)
MARKUP = re.compile(r"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml)", re.IGNORECASE)


class RefusedFile(Exception):
    """A file that is not kept: why, as a code, and what the sentence needs."""

    def __init__(self, reason: str, **params: Any) -> None:
        super().__init__(reason, params)
        self.reason = reason
        self.params = params


@dataclass(frozen=True)
class Inspected:
    """What is kept: the bytes, a name that is harmless anywhere, and the real type."""

    content: bytes
    name: str
    type: str


def inspected(name: str, content: bytes, *, accepts: str = "") -> Inspected:
    """The file as it may be kept, or `RefusedFile`. `accepts` is the question's."""
    if not content:
        raise RefusedFile("file_empty")
    if len(content) > LARGEST_FILE:
        raise RefusedFile("file_too_large", maximum=LARGEST_FILE // 1024 // 1024)
    kept, kind, extension = _reader(content)(content)
    is_picture = kind.startswith("image/")
    if accepts == "image" and not is_picture:
        raise RefusedFile("file_not_a_picture")
    if accepts == "document" and is_picture:
        raise RefusedFile("file_not_a_document")
    return Inspected(kept, clean_name(name, extension), kind)


Read = tuple[bytes, str, str]


def _reader(content: bytes) -> Callable[[bytes], Read]:
    if content.startswith(b"%PDF-"):
        return _pdf
    if content.startswith(b"PK\x03\x04"):
        return _office
    return _picture if _looks_like_a_picture(content) else _text


def clean_name(name: str, extension: str) -> str:
    """The last part of a name, without what a system or a reader could be misled by."""
    last = PurePosixPath(name.replace("\\", "/")).name
    visible = "".join(one for one in last if unicodedata.category(one)[0] not in "CZ" or one == " ")
    stem = re.sub(r'[<>:"/\\|?*%]', "", visible).strip(" .")
    stem = stem[: -len(PurePosixPath(stem).suffix) or None].strip(" .")
    return unicodedata.normalize("NFC", stem)[:NAME_LENGTH].strip(" .") + extension or extension


# -- Pictures ------------------------------------------------------------------------------


def _looks_like_a_picture(content: bytes) -> bool:
    return (
        content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))
        or content[:4] + content[8:12] == b"RIFFWEBP"
        or content[4:8] == b"ftyp"
    )


def _picture(content: bytes) -> Read:
    try:
        with Image.open(BytesIO(content), formats=READ_PICTURES) as picture:
            return _drawn_anew(picture)
    except RefusedFile:
        raise
    except Image.DecompressionBombError:
        raise _too_many_points() from None
    except Exception:
        # Decoders raise whatever they like about a damaged picture.
        raise RefusedFile("file_damaged") from None


def _too_many_points() -> RefusedFile:
    return RefusedFile("picture_too_large", maximum=MOST_PIXELS_OF_OTHERS // 1_000_000)


def _drawn_anew(picture: Image.Image) -> Read:
    format_ = picture.format or ""
    if picture.width * picture.height > MOST_PIXELS.get(format_, MOST_PIXELS_OF_OTHERS):
        raise _too_many_points()
    kept_as = {"GIF": "PNG", "HEIF": "JPEG"}.get(format_, format_)
    picture.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    mode = "RGBA" if has_alpha and kept_as != "JPEG" else "RGB"
    # Smaller before anything else: each step would take as much memory again.
    points = picture if picture.mode == mode else picture.convert(mode)
    points.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    upright = ImageOps.exif_transpose(points)
    # Only the points are copied: whatever else the file said stays behind.
    plain = Image.new(mode, upright.size)
    plain.paste(upright)
    drawn = BytesIO()
    plain.save(drawn, format=kept_as, quality=88)
    return drawn.getvalue(), *PICTURES[kept_as]


# -- Documents -----------------------------------------------------------------------------


def _pdf(content: bytes) -> Read:
    try:
        with pikepdf.open(BytesIO(content)) as document:
            for name in ("/Metadata", "/OpenAction", "/AA", "/PieceInfo"):
                if name in document.Root:
                    del document.Root[name]
            names = document.Root.get("/Names")
            for name in ("/JavaScript", "/EmbeddedFiles"):
                if names is not None and name in names:
                    del names[name]
            if "/Info" in document.trailer:
                del document.trailer["/Info"]
            kept = BytesIO()
            document.save(kept)
    except pikepdf.PasswordError:
        raise RefusedFile("file_locked") from None
    except Exception:
        raise RefusedFile("file_damaged") from None
    return kept.getvalue(), "application/pdf", ".pdf"


def _office(content: bytes) -> Read:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            members = package.infolist()
            _refuse_bombs(members)
            kind, extension = _office_kind(package, {one.filename for one in members})
            return _without_properties(package, members), kind, extension
    except RuntimeError:
        raise RefusedFile("file_locked") from None
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        raise RefusedFile("file_damaged") from None


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(one.file_size for one in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise RefusedFile("file_damaged")
    if any(MACROS.search(one.filename) for one in members):
        raise RefusedFile("file_with_macros")


def _office_kind(package: zipfile.ZipFile, names: set[str]) -> tuple[str, str]:
    if "mimetype" in names:
        kind = package.read("mimetype")[:100].decode("ascii", "replace").strip()
        if kind in OPEN_DOCUMENTS:
            return kind, OPEN_DOCUMENTS[kind]
    if "[Content_Types].xml" in names:
        for part, found in OFFICE_PARTS.items():
            if part in names:
                return found
    raise RefusedFile("file_kind")


def _without_properties(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bytes:
    """The same package, its properties empty, and nothing before, between or after its members."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as written:
        for member in members:
            if member.filename.startswith("Thumbnails/"):
                continue
            content = PROPERTIES.get(member.filename) or package.read(member)
            # OpenDocument's first member tells the kind, and is never compressed.
            how = zipfile.ZIP_STORED if member.filename == "mimetype" else zipfile.ZIP_DEFLATED
            written.writestr(zipfile.ZipInfo(member.filename), content, compress_type=how)
    return kept.getvalue()


def _text(content: bytes) -> Read:
    """A plain text, in UTF-8: anything with a control character in it is something else."""
    try:
        text = decoded(content)
    except UnreadableWorkbook:
        raise RefusedFile("file_kind") from None
    if MARKUP.search(text[:100_000]) or re.search("[\x00-\x08\x0e-\x1f\x7f]", text):
        raise RefusedFile("file_kind")
    is_table = ";" in text.split("\n", 1)[0]
    kind = ("text/csv", ".csv") if is_table else ("text/plain", ".txt")
    return text.encode("utf-8", "replace"), *kind
