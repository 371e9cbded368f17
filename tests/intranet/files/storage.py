"""A storage like an object store: files have no path on the machine."""

from io import BytesIO

from django.core.files.base import File
from django.core.files.storage import Storage

OBJECTS: dict[str, bytes] = {}


class ObjectStore(Storage):
    def _open(self, name: str, mode: str = "rb") -> File:
        if name not in OBJECTS:
            raise FileNotFoundError(name)
        return File(BytesIO(OBJECTS[name]), name)

    def _save(self, name: str, content: File) -> str:
        OBJECTS[name] = content.read()
        return name

    def exists(self, name: str) -> bool:
        return name in OBJECTS

    def size(self, name: str) -> int:
        return len(OBJECTS[name])

    def url(self, name: str) -> str:
        return f"/media/{name}"
