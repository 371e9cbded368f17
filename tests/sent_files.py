"""Files that people send as answers, ordinary and hostile."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

SECRET = b"Aminata Diallo"


def picture(format_: str = "JPEG", size: tuple[int, int] = (40, 20), **options) -> bytes:
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, size[0] // 2, size[1]))
    file = io.BytesIO()
    image.save(file, format=format_, **options)
    return file.getvalue()


def photograph(orientation: int = 6) -> bytes:
    """A picture that says who took it, with what, where, and how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 53.0, 10.0)
    return picture(exif=exif.tobytes(), comment=SECRET)


def telling_png() -> bytes:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", SECRET.decode())
    return picture("PNG", pnginfo=told)


def pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = SECRET.decode()
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [SECRET.decode()]
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def locked_pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    file = io.BytesIO()
    document.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    return file.getvalue()


def packed(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def docx(**more: bytes) -> bytes:
    return packed(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": b"<w:document/>",
            "docProps/core.xml": b"<creator>" + SECRET + b"</creator>",
            **{name.replace("__", "/"): content for name, content in more.items()},
        }
    )


def odt() -> bytes:
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": b"<office:document-content/>",
            "meta.xml": b"<creator>" + SECRET + b"</creator>",
        }
    )


def bomb() -> bytes:
    """A PNG of 50,000 by 50,000 points in some kilobytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        told = kind + content
        return struct.pack(">I", len(content)) + told + struct.pack(">I", zlib.crc32(told))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000_000, 9))
        + chunk(b"IEND", b"")
    )


REFUSED = {
    "nothing": ("photo.jpg", b"", "file_empty"),
    "a page": ("photo.jpg", b"<html><script>alert(1)</script>", "file_kind"),
    "a page after spaces": ("a.txt", b" \n\n<!DOCTYPE html><p>", "file_kind"),
    "a drawing that runs": ("logo.svg", b'<svg onload="alert(1)"/>', "file_kind"),
    "a drawing renamed": ("logo.png", b'<?xml version="1.0"?><svg/>', "file_kind"),
    "a script in a text": ("a.txt", b"bonjour <script>alert(1)</script>", "file_kind"),
    "a program": ("photo.png", b"\x7fELF\x02\x01\x01" + b"\0" * 64, "file_kind"),
    "a Windows program": ("cv.pdf", b"MZ\x90\0" + b"\0" * 64, "file_kind"),
    "an archive": ("a.zip", packed({"a.txt": b"a"}), "file_kind"),
    "a cut archive": ("a.docx", docx()[:-30], "file_damaged"),
    "macros": ("a.docx", docx(word__vbaProject=b"x", **{"word/vbaProject.bin": b"x"}),
               "file_with_macros"),
    "a swelling document": ("a.docx", docx(**{"word/media/a": b"\0" * 120_000_000}),
                            "file_damaged"),
    "half a picture": ("photo.jpg", picture()[:200], "file_damaged"),
    "a picture in name only": ("photo.jpg", b"\xff\xd8\xff" + b"x" * 100, "file_damaged"),
    "a bomb": ("photo.png", bomb(), "picture_too_large"),
    "half a PDF": ("a.pdf", b"%PDF-1.7\n", "file_damaged"),
    "a PDF with a password": ("a.pdf", locked_pdf(), "file_locked"),
    "a film": ("film.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 100, "file_damaged"),
}  # fmt: skip
"""A name, the bytes, and why they are refused."""
