"""Reading the product as somebody, and saying which canaries were heard."""

import gzip
import io
import logging
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlencode

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from pypdf import PdfReader
from wagtail.documents import get_document_model
from wagtail.models import Page

from intranet.accounts.models import User
from intranet.files.models import Picture
from surveys.questionnaires.models import Questionnaire
from tests.canaries.addresses import Route, routes
from tests.canaries.planting import (
    ADMINISTRATOR,
    ANIMATOR,
    EDITOR,
    INACTIVE,
    NOBODY,
    OTHER,
    PARTNER,
    Canary,
)
from tests.canaries.world import World

READ_ALL: Final = "CANARIES" in os.environ
"""`CANARIES=all` reads every address with every object as every role, which takes minutes."""

OUTSIDERS: Final = {NOBODY, PARTNER, OTHER}
"""They open every address of the site; what is closed to one of them is the proof."""
IN_EDITOR: Final = {EDITOR: 1, ANIMATOR: 1, ADMINISTRATOR: 1}
"""How many objects each role opens with each screen of Wagtail's editor; others open one."""
ON_SITE: Final = 4
"""How many objects those who are not outsiders open with each address of the site."""

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

    world: World
    heard: set[Heard] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    read: int = 0

    @property
    def leaks(self) -> list[str]:
        birds = self.world.birds
        return sorted(
            f"{one.role} read {birds[one.number]} at {one.address}"
            for one in self.heard
            if not may_hear(one.role, birds[one.number])
        )

    def hear(self, role: str, text: str, where: str) -> None:
        # Who names a canary in an address knows it: saying it back is no leak.
        birds = self.world.birds
        for number in birds.heard_in(text) - birds.heard_in(unquote(where)):
            self.heard.add(Heard(number, role, where))


def may_hear(role: str, canary: Canary) -> bool:
    # The session of an account that was switched off is nobody's.
    return role in canary.audience


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
    if content.startswith(b"%PDF-"):
        pdf = PdfReader(io.BytesIO(content))
        said = [page.extract_text() for page in pdf.pages] + [str(pdf.metadata)]
        return "\n".join([*said, *pdf.attachments])
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
    into.hear(role, text, address)
    return response


def walk(world: World, role: str) -> Reading:
    """Every route, as somebody."""
    reading = Reading(world)
    client = client_of(world.people[role])
    # What is refused is written down each time, which here is what is asked for.
    logging.disable(logging.CRITICAL)
    try:
        for route in routes():
            if route.why_not or (role == INACTIVE and route.is_editor):
                continue
            for address in chosen(route, role, list(route.addresses(world, role))):
                for asked in with_questions(world, route, role, address):
                    read(client, role, asked, reading)
    finally:
        logging.disable(logging.NOTSET)
    return reading


def chosen(route: Route, role: str, addresses: list[str]) -> list[str]:
    """The addresses that a role opens: all of those of the site, some of those of the editor."""
    if route.is_editor:
        most = IN_EDITOR.get(role, 1)
    elif role == INACTIVE:
        # Their session is nobody's.
        most = 1
    else:
        most = len(addresses) if role in OUTSIDERS else ON_SITE
    if READ_ALL or len(addresses) <= most:
        return addresses
    step = len(addresses) / most
    return [addresses[int(rank * step)] for rank in range(most)]


LISTS: Final = ("index", ":list", "listing", "choose", "search", "reports", "explore")
CHOSEN: Final[dict[str, Any]] = {
    "wagtailadmin_choose_page_chosen_multiple": Page,
    "wagtaildocs_chooser:chosen_multiple": get_document_model(),
    "wagtailimages_chooser:chosen_multiple": Picture,
    "wagtailsnippetchoosers_surveys_questionnaire:chosen_multiple": Questionnaire,
}
"""Choosers that answer whatever they are asked for by number."""


def with_questions(world: World, route: Route, role: str, address: str) -> Iterator[str]:
    """An address, then what its lists find: the beginning of all canaries is one word."""
    yield address
    if route.is_editor and role in IN_EDITOR:
        if any(word in route.name for word in LISTS) and not route.name.endswith("_results"):
            yield f"{address}?q=canari"
        if route.name.startswith("wagtailadmin_reports:") or route.name in {"jobs", "letters"}:
            yield f"{address}?export=csv"
        if model := CHOSEN.get(route.name):
            ids = list(model.objects.order_by("pk").values_list("pk", flat=True))
            for asked in ([one] for one in ids[:: max(1, len(ids) // 8)]):
                yield f"{address}?{urlencode({'id': asked}, doseq=True)}"
            yield f"{address}?{urlencode({'id': ids}, doseq=True)}"
    if route.name in {"search", "signatories", "campaigns", "wagtail_serve"} and (
        role in OUTSIDERS and not route.has_arguments
    ):
        yield f"{address}?q=canari"
