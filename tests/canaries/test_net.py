"""The net holds: in each kind of answer, what leaks on purpose is heard."""

import gzip
import io
from collections.abc import Callable
from typing import Final

import pikepdf
import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.test import override_settings
from django.urls import include, path, reverse
from openpyxl import Workbook

from pages.base.search import PageSource
from pages.news.models import NewsPage
from surveys.exports.models import Export
from tests.canaries.addresses import routes
from tests.canaries.planting import ANIMATOR, EDITOR, NOBODY, PARTNER, WRITERS
from tests.canaries.reading import Reading, client_of, read
from tests.canaries.test_exports import built
from tests.canaries.test_letters import leaks_in, words_of
from tests.canaries.world import World
from tests.documents import docx, odt, pdf
from tests.sent_files import packed

pytestmark = pytest.mark.django_db


def workbook(secret: str) -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.active.append(["Réponse", secret])
    book.save(file)
    return file.getvalue()


def described_pdf(secret: str) -> bytes:
    document, file = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.docinfo["/Author"] = secret
    document.save(file)
    return file.getvalue()


def packed_twice(secret: str) -> bytes:
    return packed({"tout.zip": packed({"a.xml": secret.encode()})})


ANSWERS: Final[dict[str, Callable[[str], HttpResponseBase]]] = {
    "page": lambda secret: HttpResponse(f"<p>{secret}</p>"),
    "found words": lambda secret: HttpResponse(f"<mark>{secret[:6]}</mark>{secret[6:]}"),
    "header": lambda secret: HttpResponse(headers={"X-Title": secret}),
    "redirection": lambda secret: HttpResponse(status=302, headers={"Location": f"/{secret}/"}),
    "cookie": lambda secret: _with_cookie(secret),
    "JSON": lambda secret: JsonResponse({"items": [{"title": secret}]}),
    "escaped address": lambda secret: HttpResponse(
        headers={"Location": f"/%{ord(secret[0]):x}{secret[1:]}/"}
    ),
    "feed": lambda secret: HttpResponse(f"<rss>{secret}</rss>", content_type="application/rss+xml"),
    "folded calendar": lambda secret: HttpResponse(f"SUMMARY:{secret[:8]}\r\n {secret[8:]}"),
    "stream": lambda secret: StreamingHttpResponse([secret[:5].encode(), secret[5:].encode()]),
    "compressed": lambda secret: HttpResponse(
        gzip.compress(secret.encode()), headers={"Content-Encoding": "gzip"}
    ),
    "workbook": lambda secret: HttpResponse(workbook(secret)),
    "text of a word processor": lambda secret: HttpResponse(docx(secret)),
    "open text": lambda secret: FileResponse(io.BytesIO(odt(secret))),
    "archive in an archive": lambda secret: HttpResponse(packed_twice(secret)),
    "PDF": lambda secret: FileResponse(io.BytesIO(pdf("Compte rendu", secret))),
    "author of a PDF": lambda secret: HttpResponse(described_pdf(secret)),
    "CSV": lambda secret: HttpResponse(f"\ufeffNom;{secret}\r\n", content_type="text/csv"),
    "refusal": lambda secret: HttpResponse(secret, status=403),
    "breakdown": lambda secret: HttpResponse(secret, status=500),
}


def _with_cookie(secret: str) -> HttpResponse:
    answer = HttpResponse()
    answer.set_cookie("souvenir", secret)
    return answer


def leak(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A view as somebody might write it: everything, to everybody."""
    return ANSWERS[kind](_LEAKED[0])


_LEAKED: list[str] = []
urlpatterns = [path("fuite/<str:kind>/", leak, name="leak"), path("", include("intranet.urls"))]


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("given", ["planted", "drawn by the product"])
def test_an_answer_that_leaks_is_heard(world: World, kind: str, given: str) -> None:
    reading, label = Reading(world), f"leaked in {kind}"
    secret = world.birds.text(label, WRITERS)
    if given != "planted":
        secret = world.birds.secret(label, WRITERS, f"jeton-{secret[6:10]}-tire-au-sort")
    _LEAKED[:] = [secret]

    with override_settings(ROOT_URLCONF=__name__):
        assert "leak" in {route.name for route in routes()}
        read(client_of(None), NOBODY, f"/fuite/{kind}/", reading)

    [told] = reading.leaks
    assert label in told


def letter(secret: str) -> EmailMultiAlternatives:
    return EmailMultiAlternatives("Objet", "Texte", to=["inconnue@example.org"])


def in_subject(secret: str) -> EmailMessage:
    return EmailMessage(f"Réponse à {secret}", "Texte", to=["inconnue@example.org"])


def in_text(secret: str) -> EmailMessage:
    return EmailMessage("Objet", f"Été comme hiver {secret} " * 9, to=["inconnue@example.org"])


def in_html(secret: str) -> EmailMessage:
    made = letter(secret)
    made.attach_alternative(f"<p>été {secret}</p>", "text/html")
    return made


def in_header(secret: str) -> EmailMessage:
    made = letter(secret)
    made.extra_headers["X-Title"] = secret
    return made


def in_file(secret: str) -> EmailMessage:
    made = letter(secret)
    made.attach("rapport.pdf", pdf(secret), "application/pdf")
    return made


def in_name_of_file(secret: str) -> EmailMessage:
    made = letter(secret)
    made.attach(f"{secret}.txt", "rien", "text/plain")
    return made


@pytest.mark.parametrize(
    "write", [in_subject, in_text, in_html, in_header, in_file, in_name_of_file]
)
def test_a_letter_that_leaks_is_heard(world: World, write: Callable[[str], EmailMessage]) -> None:
    secret = world.birds.text("leaked in a letter", WRITERS)

    [told] = leaks_in(world, [write(secret)])

    assert "inconnue@example.org was sent" in told
    assert secret in told


def test_a_letter_to_who_may_read_it_is_no_leak(world: World) -> None:
    told = in_text(world.birds.text("told in a letter", WRITERS))
    told.to = [world.things["form"].recipients]

    assert "Été comme hiver" in words_of(told)
    assert leaks_in(world, [told]) == []


def test_a_search_that_forgets_its_reader_is_heard(world: World, monkeypatch) -> None:
    reading = Reading(world)
    closed = NewsPage.objects.live().filter(slug__startswith="canari")[0]
    monkeypatch.setattr(PageSource, "visible", lambda self, keys, request: set(keys))
    monkeypatch.setattr(
        PageSource, "addresses", lambda self, keys, request: dict.fromkeys(keys, "/ailleurs/")
    )

    read(client_of(None), NOBODY, f"/recherche/?q={closed.title.upper()}", reading)

    assert reading.leaks


def test_a_preview_that_somebody_else_sees_is_heard(world: World) -> None:
    """The editor's browser, left open on a table of the town hall."""
    reading = Reading(world)
    page = NewsPage.objects.filter(slug__startswith="canari", live=False)[0]

    where = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    read(client_of(world.person(EDITOR)), PARTNER, where, reading)

    assert any("draft of NewsPage: body" in one for one in reading.leaks)


def test_an_export_that_somebody_else_has_is_heard(world: World) -> None:
    reading = Reading(world)
    export = built(world, world.things["survey"], "xlsx", Export.Content.ROWS)

    where = reverse("export_download", args=[export.pk])
    read(client_of(world.person(ANIMATOR)), PARTNER, where, reading)

    assert any("a resident's response: text" in one for one in reading.leaks)
