"""Reading the product as somebody, and saying which canaries were heard."""

import gzip
import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from intranet.accounts.models import User
from tests.canaries.addresses import Route, routes
from tests.canaries.planting import ADMINISTRATOR, ANIMATOR, EDITOR, INACTIVE, numbers_in
from tests.canaries.world import World

READ_ALL: Final = "CANARIES" in os.environ
"""`CANARIES=all` reads every address of the editor with every object, which takes minutes."""
IN_EDITOR: Final = {EDITOR: 3, ANIMATOR: 4, ADMINISTRATOR: 1}
"""How many objects each role opens with each screen of Wagtail's editor; others open one."""

FOLDED = re.compile(r"\r?\n[ \t]")
MARKED = re.compile(r"</?mark[^>]*>")


@dataclass(frozen=True)
class Heard:
    number: int
    role: str
    address: str


@dataclass
class Reading:
    """What a walk heard, and where the product broke."""

    heard: set[Heard] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    read: int = 0

    def leaks(self, world: World) -> list[str]:
        return sorted(
            f"{one.role} read {world.birds[one.number]} at {one.address}"
            for one in self.heard
            if one.role not in world.birds[one.number].audience
        )


def client_of(person: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


def words_of(response: HttpResponseBase) -> str:
    """Everything an answer says: its headers, its body, what is packed in its body."""
    content = (
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
        if response.streaming
        else response.content  # type: ignore[attr-defined]
    )
    if response.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{unquote(head)}\n{response.cookies.output()}\n{text_of(content)}"


def text_of(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "\n".join(
                [text_of(package.read(name)) for name in package.namelist()] + package.namelist()
            )
    text = content.decode("utf-8", "replace")
    return MARKED.sub("", FOLDED.sub("", text))


def read(
    client: Client, role: str, address: str, into: Reading, *, method: str = "get", **more: Any
) -> HttpResponseBase:
    """Open an address as somebody; what opening it writes is taken back."""
    with transaction.atomic():
        response = getattr(client, method)(address, **more)
        text = words_of(response)
        transaction.set_rollback(True)
    into.read += 1
    if response.status_code >= 500:
        into.broken.append(f"{role} {method} {address}: {response.status_code}")
    # Who names a canary in an address knows it: saying it back is no leak.
    for number in numbers_in(text) - numbers_in(unquote(address)):
        into.heard.add(Heard(number, role, address))
    return response


def walk(world: World) -> Reading:
    """Every route, as everybody."""
    reading = Reading()
    for role, person in world.roles:
        client = client_of(person)
        # Attempts are counted there, and not those of one person with those of the next.
        cache.clear()
        for route in routes():
            if not route.why_not:
                for address in chosen(route, role, list(route.addresses(world, role))):
                    for asked in with_questions(route, role, address):
                        read(client, role, asked, reading)
    return reading


def chosen(route: Route, role: str, addresses: list[str]) -> Iterable[str]:
    """The addresses that a role opens: all of those of the site, some of those of the editor."""
    most = IN_EDITOR.get(role, 1) if route.is_editor else None
    if role == INACTIVE:
        most = 1
    if most is None or READ_ALL or len(addresses) <= most:
        return addresses
    step = len(addresses) / most
    return [addresses[int(rank * step)] for rank in range(most)]


LISTS: Final = ("index", "results", "list", "listing", "choose", "search", "reports", "explore")


def with_questions(route: Route, role: str, address: str) -> Iterator[str]:
    """An address, then what its lists find: the beginning of all canaries is one word."""
    yield address
    in_editor = role in IN_EDITOR
    if route.is_editor and in_editor and any(word in route.name for word in LISTS):
        yield f"{address}?q=canari"
    if route.name.startswith("wagtailadmin_reports:") or route.name in {"jobs", "letters"}:
        yield f"{address}?export=csv"
    if route.name in {"search", "signatories", "campaigns"}:
        yield f"{address}?q=canari"
