"""Documents and images, whose names and contents are canaries too."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from wagtail.documents import get_document_model

from intranet.files.models import Picture
from tests.canaries.planting import (
    EDITOR,
    MEMBERS,
    WRITERS,
    Audience,
)
from tests.canaries.world.people import World
from tests.documents import pdf


def add_document(world: World, readers: Audience, label: str):
    """A text whose title, name and content are canaries.

    Animators and editors choose among all files, whatever they belong to; what a document says
    is for those who read its pages.
    """
    birds, within = world.birds, readers | WRITERS
    name = birds.text(f"name of a document, {label}", within)
    content = birds.text(f"content of a document, {label}", _content_readers(readers))
    said, kind = (pdf(content), "pdf") if label.endswith("its file") else (content.encode(), "txt")
    return get_document_model().objects.create(
        title=birds.text(f"title of a document, {label}", within),
        file=ContentFile(said, name=f"{name}.{kind}"),
        uploaded_by_user=world.person(EDITOR),
    )


def _content_readers(readers: Audience) -> Audience:
    # Before it is published, a file waits in a collection of animators and editors.
    return readers if readers & MEMBERS - WRITERS else readers | WRITERS


def picture_file(content: str) -> bytes:
    told = PngInfo()
    told.add_text("Comment", content)
    file = BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(file, format="PNG", pnginfo=told)
    return file.getvalue()


def add_picture(world: World, readers: Audience, label: str) -> Picture:
    """An image whose title, name, description, credit and file are canaries.

    Animators and editors see all images, since they choose among their thumbnails.
    """
    birds, within = world.birds, readers | WRITERS
    name = birds.text(f"name of an image, {label}", within)
    content = birds.text(f"content of an image, {label}", within)
    return Picture.objects.create(
        title=birds.text(f"title of an image, {label}", within),
        description=birds.text(f"description of an image, {label}", within),
        credit=birds.text(f"credit of an image, {label}", within),
        file=ImageFile(BytesIO(picture_file(content)), name=f"{name}.png"),
        uploaded_by_user=world.person(EDITOR),
    )
