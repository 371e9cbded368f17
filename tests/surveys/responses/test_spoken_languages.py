"""A whole way through answering in each language, where no word of another one is left."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest
import time_machine
from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype
from django.test import Client

from intranet.languages import INTERFACE_LANGUAGES
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.translations import apply, source_texts
from surveys.responses.models import Draft, Response
from tests.people import NOW
from tests.surveys.responses.conftest import DEFINITION, make_version
from tests.test_catalogues import entries, texts
from tests.test_house import catalogue

HOME = "/enquete/besoins-2026/"
FIRST, SECOND = f"{HOME}rubrique/1/", f"{HOME}rubrique/2/"
SUMMARY, LATER = f"{HOME}resume/", f"{HOME}plus-tard/"
SAID = ("aria-label", "title", "placeholder", "alt", "data-said", "data-taken-away")
# The names of people, places and associations, and ours, are the same in every language.
NAMES = re.compile(
    r"Maillage|Les Tisserands|Aminata|Benoît|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"
    r"|Les Tilleuls.*|https?:\S+|Français|English|Türkçe|Português|Español|cookie"
)


def in_every_language() -> Definition:
    """The same survey, of which every text is a number in the other languages."""
    others = [one for one in INTERFACE_LANGUAGES if one != "fr"]
    numbered = {
        source.key: {"text": f"#{number}", "of": source.text}
        for number, source in enumerate(source_texts(DEFINITION))
    }
    return apply(DEFINITION, dict.fromkeys(others, numbered))


def spoken(html: bytes) -> Iterator[str]:
    """What is read in the language of the page: text, and what only screen readers say."""
    page = BeautifulSoup(html, "html.parser")
    language = page.html["lang"]
    for other in page.select("[lang]"):
        if other.get("lang") != language:
            other.decompose()
    for element in page.body.find_all(True):
        yield from (element[name] for name in SAID if element.get(name))
    for text in [page.title.string, *page.body.find_all(string=True)]:
        if not isinstance(text, Comment | Doctype) and text.parent.name not in {"script", "style"}:
            yield str(text)


@cache
def french_sentences() -> re.Pattern[str]:
    """Everything that our French catalogue says, whatever stands in its placeholders."""
    sentences = []
    for entry in catalogue():
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            plain = " ".join(re.sub(r"<[^>]+>", " ", text).split())
            words = re.split(r"%\(\w+\)[sd]|\{\w*\}", plain.replace("%%", "%"))
            if len("".join(words).strip()) > 3:
                sentences.append(".+".join(map(re.escape, words)))
    return re.compile("|".join(sentences))


@cache
def sentences_of(language: str) -> frozenset[str]:
    """What is the same in French and in this language: "Latitude", "Menu"."""
    if language == "en":
        return frozenset(entry.msgid for entry in catalogue())
    return frozenset(text for entry in entries(language).values() for text in texts(entry))


def french_left(html: bytes, language: str) -> list[str]:
    left = []
    for text in spoken(html):
        plain = " ".join(re.sub("[\u202f\xa0]", " ", text).split())
        plain = NAMES.sub("", plain).strip(" ·")
        if language == "ar" and re.search(r"[A-Za-zÀ-ÿ]{2,}", plain):
            left.append(plain)
        if french_sentences().fullmatch(plain) and plain not in sentences_of(language):
            left.append(plain)
    return left


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def multilingual(questionnaire, survey, territory):
    return make_version(questionnaire, in_every_language())


class Reader:
    """Somebody who reads every page, in one language."""

    def __init__(self, client: Client, language: str) -> None:
        self.client, self.language = client, language
        self.read: list[str] = []
        self.left: list[str] = []

    def look(self, response, status: int = 200):
        assert response.status_code == status
        page = BeautifulSoup(response.content, "html.parser")
        assert (page.html["lang"], page.html["dir"]) == (
            self.language,
            "rtl" if self.language == "ar" else "ltr",
        )
        self.read.append(response.request["PATH_INFO"])
        self.left += french_left(response.content, self.language)
        return response

    def get(self, address: str):
        return self.look(self.client.get(address))

    def send(self, address: str, **typed):
        page = BeautifulSoup(self.client.get(address).content, "html.parser")
        sealed = page.select_one("main input[name=page]")["value"]
        return self.client.post(address, {"page": sealed, **typed})


OTHERS = [one for one in INTERFACE_LANGUAGES if one != "fr"]


@pytest.mark.parametrize("language", OTHERS)
def test_a_resident_reads_one_language_from_the_first_page_to_the_last(
    client, multilingual, language
):
    reader = Reader(client, language)
    start = f"{HOME}?langue={language}"
    reader.get(start)
    client.post(HOME, {"langue": language})

    reader.look(reader.send(FIRST, **{"q-besoins": ["c-sante", "c-rien"], "action": "next"}))
    reader.look(reader.send(FIRST, action="next"))
    reader.look(reader.send(SECOND, **{"q-age": "douze", "q-note": "77", "action": "next"}))
    reader.get(SUMMARY)
    reader.get(LATER)
    reader.get(HOME)
    reader.send(FIRST, **{"q-anciennete": "c-plus_2", "action": "next"})
    reader.send(SECOND, **{"q-mot": "!", "q-age": "1200", "action": "next"})
    reader.send(SECOND, **{"q-mot": "!", "q-age": "42", "q-note": "7", "action": "next"})
    reader.get(SUMMARY)
    received = reader.send(SUMMARY)
    reader.get(received.headers["Location"])
    reader.get(start)
    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        reader.get(start)

    assert Response.objects.get().language == language
    assert len(reader.read) == 11
    assert reader.left == []


@pytest.mark.parametrize("language", OTHERS)
def test_answers_that_come_too_late_are_given_back_in_the_same_language(
    client, multilingual, language
):
    reader = Reader(client, language)
    client.post(HOME, {"langue": language})
    page = BeautifulSoup(client.get(FIRST).content, "html.parser")
    sealed = page.select_one("main input[name=page]")["value"]

    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        late = client.post(FIRST, {"page": sealed, "q-besoins": ["c-sante"], "action": "next"})

    reader.look(late, status=409)
    assert reader.left == []


@pytest.mark.parametrize("language", OTHERS)
def test_an_association_reads_one_language_too(
    client, aminata, participation, questionnaire, language
):
    make_version(questionnaire, in_every_language())
    home = "/campagnes/autoevaluation-2026/repondre/les-tisserands/"
    client.force_login(aminata)
    reader = Reader(client, language)
    reader.get(f"{home}?langue={language}")
    client.post(home, {"langue": language})
    reader.send(f"{home}rubrique/1/", **{"q-anciennete": "c-plus_2", "action": "next"})
    reader.get(home)
    reader.get(f"{home}rubrique/2/")
    reader.send(f"{home}rubrique/2/", **{"q-mot": "!", "action": "next"})
    reader.get(f"{home}resume/")
    reader.send(f"{home}resume/")
    reader.get(f"{home}envoyee/")

    assert not Draft.objects.exists()
    assert reader.left == []


def test_turkish_keeps_the_dot_of_its_capital(client, multilingual):
    page = BeautifulSoup(client.get(f"{HOME}?langue=tr").content, "html.parser")

    assert page.select_one(".eyebrow").text == "İhtiyaç anketi"


def test_french_that_is_left_is_noticed():
    page = b'<html lang="es"><title>x</title><body><p>%s</p></body></html>'

    assert french_left(page % b"Rubrique suivante", "es") == ["Rubrique suivante"]
    assert french_left(page % b"Section 2", "ar") == ["Section 2"]
    assert french_left(page % b'<span lang="fr">Rubrique suivante</span>', "es") == []
