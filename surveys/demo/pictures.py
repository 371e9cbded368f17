"""Pictures for the invented news: pieces of cloth, each woven from its own seed."""

from io import BytesIO
from random import Random
from typing import Final

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

SIZE: Final = (1200, 800)
STEP: Final = 100
THREAD: Final = 68
PAPER: Final = "#f4ebdd"
WEFT: Final = ("#f2a22c", "#d9573f", "#8fb0d9")
WARP: Final = ("#5f2d6c", "#5b8f7b", "#43194b")


def weave(seed: int) -> Image.Image:
    """Threads of colour over and under each other."""
    draw = Random(seed)  # noqa: S311
    across = [draw.choice(WEFT) for _ in range(SIZE[1] // STEP + 1)]
    down = [draw.choice(WARP) for _ in range(SIZE[0] // STEP + 1)]
    offset = draw.randrange(STEP)
    cloth = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(cloth)
    for row, weft in enumerate(across):
        for column, warp in enumerate(down):
            x, y = column * STEP - offset, row * STEP - offset
            if (row + column) % 2:
                box = (x - 20, y + 16, x + STEP + 4, y + 16 + THREAD)
                pen.rounded_rectangle(box, radius=12, fill=weft)
            else:
                box = (x + 16, y - 20, x + 16 + THREAD, y + STEP + 4)
                pen.rounded_rectangle(box, radius=12, fill=warp)
    return cloth


def load_picture(seed: int, *, title: str) -> AbstractImage:
    """The picture of this seed, among the images of the network."""
    stream = BytesIO()
    weave(seed).save(stream, "PNG", optimize=True)
    stream.seek(0)
    return get_image_model().objects.create(
        title=title, file=ImageFile(stream, name=f"tissage-{seed}.png")
    )
