"""Everybody walks through the whole demo by its links: none is broken, every page is whole."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from functools import cache
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Comment, Tag
from django.test import Client, TestCase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation.trans_real import translation

from intranet.accounts.models import User
from surveys.demo.operations import load_demo

HOST = "http://localhost"
# Of the pages that one view shows (of each association, of each question), the first ones.
OF_ONE_KIND = 2
SPOKEN = ("aria-label", "alt", "title", "placeholder")
# What Python says where nobody thought of saying it.
PYTHON = {"True", "False"}
# The same word in both languages, what Wagtail's lists put where they have nothing to say, and
# the name of the page that Wagtail brought, in the record of its deletion.
NOT_ENGLISH = {":", "1 page", "Active", "None", "Welcome to your new Wagtail site!"}
# Wagtail's script adds to these addresses what was ticked.
COMPLETED_BY_SCRIPT = "/admin/bulk/"
ENGLISH = re.compile(
    r"\b(the|of|and|your|you|this|that|with|from|are|has|have|not|click|please|add|select|edit)\b",
    re.IGNORECASE,
)


def kind_of(path: str) -> tuple[str, str]:
    """Pages of one kind are shown by one view; Wagtail's one view shows all the others."""
    found = resolve(path)
    name = found.view_name or repr(found.func)
    return (name, path) if name == "wagtail_serve" else (name, "")


@cache
def untranslated() -> frozenset[str]:
    """English that has a French, and is not the French of something else."""
    catalogue = translation("fr")._catalog
    pairs = {
        (key[0] if isinstance(key, tuple) else key).rpartition("\x04")[2]: text
        for key, text in catalogue.items()
    }
    french = {text.casefold() for text in pairs.values()}
    return frozenset(english for english in pairs if english and english.casefold() not in french)


def texts_of(soup: BeautifulSoup) -> Iterator[str]:
    """What is said in French: what says that it is in another language has tests of its own."""
    for text in soup.body.find_all(string=True):
        hidden = text.parent.name in {"script", "style", "template"}
        if not isinstance(text, Comment) and not hidden and is_french(text.parent):
            yield " ".join(text.split())
    for button in soup.select("input[type=submit][value]"):
        yield " ".join(button["value"].split())
    for name in SPOKEN:
        for tag in soup.select(f"[{name}]"):
            if is_french(tag):
                yield " ".join(tag[name].split())


def is_french(tag: Tag) -> bool:
    said = tag if tag.get("lang") else tag.find_parent(lang=True)
    return said is None or said["lang"] == "fr"


def links_of(soup: BeautifulSoup) -> Iterator[str]:
    for link in soup.select("a[href]"):
        yield link["href"]
    # Wagtail draws the editor's menu with a script, from this.
    if menu := soup.select_one("#wagtail-sidebar-props"):
        yield from re.findall(r'"url": "(/[^"]+)"', menu.get_text())


def faults_of(path: str, soup: BeautifulSoup, language: str = "fr") -> Iterator[str]:
    if soup.html is None or soup.html.get("lang") != language:
        yield f"is not said to be in {language}"
    if soup.title is None or not soup.title.get_text(strip=True):
        yield "has no title"
    for text in set(texts_of(soup)) - NOT_ENGLISH:
        if text in untranslated() | PYTHON or ENGLISH.search(text):
            yield f"speaks English: {text[:200]!r}"
    ids = Counter(tag["id"] for tag in soup.select("[id]"))
    if not path.startswith("/admin/"):
        if len(soup.select("h1")) != 1:
            yield f"has {len(soup.select('h1'))} h1"
        if inline := soup.select("[style], style, script:not([src])"):
            yield f"breaks the content policy: {str(inline[0])[:100]}"
        if twice := [name for name, count in ids.items() if count > 1]:
            yield f"has twice the same id: {twice}"


def walk(client: Client, start: str) -> tuple[list[str], list[str]]:
    """Every page that links lead to, and what is wrong on the way."""
    seen, faults, visited = {start}, [], []
    kinds: Counter[tuple[str, str]] = Counter()
    waiting = deque([("nowhere", start)])
    while waiting:
        origin, url = waiting.popleft()
        path = urlsplit(url).path
        try:
            kind = kind_of(path)
        except Resolver404:
            faults.append(f"{origin}: leads to {url}, which is nothing")
            continue
        kinds[kind] += 1
        if kinds[kind] > OF_ONE_KIND:
            continue
        answer = client.get(url, follow=True)
        visited.append(url)
        if answer.status_code != 200:
            faults.append(f"{origin}: leads to {url}, which answers {answer.status_code}")
            continue
        if answer.redirect_chain and "/compte/login/" in answer.redirect_chain[-1][0]:
            faults.append(f"{origin}: leads to {url}, which asks to log in")
            continue
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else url
        soup = BeautifulSoup(answer.content, "html.parser")
        language = parse_qs(urlsplit(here).query).get("langue", ["fr"])[0]
        faults += [f"{here}: {fault}" for fault in faults_of(path, soup, language)]
        for link in links_of(soup):
            target = urldefrag(urljoin(HOST + here, link)).url
            if not target.startswith(("http://", "https://")):
                continue
            if not target.startswith(HOST + "/"):
                # The demo's resources and meetings are in a place that does not exist.
                if ".invalid" not in target:
                    faults.append(f"{here}: leads to another host: {target}")
                continue
            target = target.removeprefix(HOST)
            if target not in seen and not target.startswith(COMPLETED_BY_SCRIPT):
                seen.add(target)
                waiting.append((here, target))
    return visited, faults


class TestWalk(TestCase):
    """Django's test case, because it loads the demo once for all the walkers."""

    @classmethod
    def setUpTestData(cls):
        load_demo(at=timezone.now())

    def walks(self, email=None, *, at_least):
        client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        if email:
            client.force_login(User.objects.get(email=email))
        visited, faults = walk(client, "/")
        assert not faults, "\n".join(faults)
        assert len(visited) >= at_least

    def test_anybody_reaches_whole_pages_in_french(self):
        self.walks(at_least=20)

    def test_a_partner_reaches_whole_pages_in_french(self):
        self.walks("partenaire@maillage.example", at_least=20)

    def test_a_representative_reaches_whole_pages_in_french(self):
        self.walks("referente@maillage.example", at_least=20)

    def test_a_representative_with_a_draft_reaches_whole_pages_in_french(self):
        self.walks("referent@maillage.example", at_least=20)

    def test_a_contributor_reaches_whole_pages_in_french(self):
        self.walks("contributeur@maillage.example", at_least=20)

    def test_an_animator_reaches_whole_pages_in_french(self):
        self.walks("animation@maillage.example", at_least=20)

    def test_an_editor_reaches_whole_pages_in_french(self):
        self.walks("edition@maillage.example", at_least=20)

    def test_the_administrator_reaches_whole_pages_in_french(self):
        self.walks("admin@maillage.example", at_least=20)
