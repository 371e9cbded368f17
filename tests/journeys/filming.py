"""A film of what a browser shows: numbered pictures, and a page that plays them."""

import base64
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.db import connection
from playwright.sync_api import Page

FILMS = Path(settings.BASE_DIR) / "var" / "films"
PLAYER = """<!doctype html>
<html lang="fr">
<title>{name}</title>
<style>body {{ margin: 0; background: #222 }} img {{ display: block; margin: auto }}</style>
<img alt="">
<script>
  const moments = {moments};
  const picture = document.querySelector("img");
  moments.forEach((moment, index) =>
    setTimeout(() => {{ picture.src = `${{String(index + 1).padStart(4, "0")}}.jpg`; }}, moment));
</script>
</html>
"""


class Film:
    """Taken by the browser itself, which gives a picture whenever something has changed.

    Kept in `var/films/<database>/`: open `film.html` there in a browser, or leaf through the
    pictures.
    """

    def __init__(self, page: Page, name: str) -> None:
        # The tests of the two databases run side by side.
        self.folder = FILMS / connection.vendor / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.moments: list[int] = []
        self.began = time.monotonic()
        self.camera = page.context.new_cdp_session(page)
        self.camera.on("Page.screencastFrame", self._keep)
        self.camera.send(
            "Page.startScreencast",
            # One picture in so many: to film is not to slow down what is filmed.
            {"format": "jpeg", "quality": 60, "everyNthFrame": 8},
        )

    def _keep(self, frame: dict) -> None:
        self.moments.append(round(1000 * (time.monotonic() - self.began)))
        path = self.folder / f"{len(self.moments):04}.jpg"
        path.write_bytes(base64.b64decode(frame["data"]))
        self.camera.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    def end(self) -> None:
        self.camera.send("Page.stopScreencast")
        film = PLAYER.format(name=self.folder.name, moments=self.moments)
        (self.folder / "film.html").write_text(film)
