"""Answering in a language, changing it on the way, and being counted with everybody."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import get_language

from surveys.questionnaires.definition import Definition
from surveys.questionnaires.translations import apply
from surveys.responses.models import Draft, Response, Trial
from surveys.responses.notifications import queue_receipts
from tests.letters import send_letters
from tests.people import NOW
from tests.surveys.responses.conftest import DEFINITION, make_version

HOME = "/enquete/besoins-2026/"
FIRST, SECOND = f"{HOME}rubrique/1/", f"{HOME}rubrique/2/"
SUMMARY, RECEIPT, LANGUAGE = f"{HOME}resume/", f"{HOME}envoyee/", f"{HOME}langue/"

IN_ARABIC = {
    "/title": "ما هي احتياجاتنا؟",
    "s-quartier/title": "الحي",
    "q-anciennete/label": "منذ متى تسكنون هنا؟",
    "c-plus_2/label": "أكثر من سنتين",
}


def translated(definition: Definition, texts: dict[str, str], language: str) -> Definition:
    entries = {key: {"text": text, "of": ""} for key, text in texts.items()}
    return apply(definition, {language: entries})


def three_languages() -> Definition:
    definition = replace(DEFINITION, sections=DEFINITION.sections)
    in_arabic = translated(definition, IN_ARABIC, "ar")
    both = translated(replace(in_arabic, languages=("fr",)), {"/title": "Bezü"}, "wo")
    return replace(both, languages=("fr", "ar", "wo"))


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def multilingual(questionnaire, survey):
    return make_version(questionnaire, three_languages())


@pytest.fixture
def phone(db) -> Client:
    return Client()


def page_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def language_of(response) -> tuple[str, str]:
    html = page_of(response).html
    return html["lang"], html["dir"]


def offered(response) -> list[tuple[str, str]]:
    return [(one["lang"], one.text) for one in page_of(response).select(".languages li > *")]


def post(client: Client, address: str, **typed):
    page = page_of(client.get(address)).select_one("main input[name=page]")["value"]
    return client.post(address, {"page": page, **typed})


def test_the_languages_of_the_version_are_offered_each_by_its_own_name(phone, multilingual):
    assert offered(phone.get(HOME)) == [("fr", "Français"), ("ar", "العربية"), ("wo", "Wolof")]


def test_a_questionnaire_in_one_language_offers_no_choice(phone, survey):
    assert offered(phone.get(HOME, headers={"accept-language": "ar"})) == []
    assert language_of(phone.get(HOME, headers={"accept-language": "ar"})) == ("fr", "ltr")


@pytest.mark.parametrize(
    ("browser", "expected"),
    [
        ("ar-DZ,ar;q=0.9,fr;q=0.5", ("ar", "rtl")),
        ("de,fr;q=0.5,ar;q=0.4", ("fr", "ltr")),
        ("de", ("fr", "ltr")),
        ("", ("fr", "ltr")),
        ("*;q=x,,;", ("fr", "ltr")),
    ],
)
def test_the_language_of_the_browser_is_shown_first(phone, multilingual, browser, expected):
    assert language_of(phone.get(HOME, headers={"accept-language": browser})) == expected


def test_the_address_of_a_language_says_it(phone, multilingual):
    shown = phone.get(f"{HOME}?langue=ar")

    assert language_of(shown) == ("ar", "rtl")
    assert page_of(shown).h1.text == "ما هي احتياجاتنا؟"
    assert page_of(phone.get(f"{HOME}?langue=xx")).html["lang"] == "fr"


def test_the_draft_keeps_the_language_in_which_it_was_begun(phone, multilingual):
    shown = phone.get(f"{HOME}?langue=ar")
    kept = page_of(shown).select_one("input[name=langue]")["value"]
    phone.post(HOME, {"langue": kept})

    assert Draft.objects.get().language == "ar"
    assert language_of(phone.get(FIRST)) == ("ar", "rtl")
    assert language_of(phone.get(SUMMARY)) == ("ar", "rtl")


def test_a_language_is_changed_in_the_middle_of_a_page_and_nothing_typed_is_lost(
    phone, multilingual
):
    phone.post(HOME, {"langue": "ar"})

    changed = post(phone, FIRST, **{"q-anciennete": "c-plus_2", "language": "fr"})

    assert changed.headers["Location"] == FIRST
    draft = Draft.objects.get()
    assert draft.language == "fr"
    assert draft.document["q-anciennete"] == {"choice": "c-plus_2"}
    assert language_of(phone.get(FIRST)) == ("fr", "ltr")


def test_what_is_not_valid_is_said_in_the_new_language_and_kept(phone, multilingual):
    phone.post(HOME, {"langue": "fr"})

    refused = post(phone, SECOND, **{"q-age": "douze", "language": "ar"})

    assert refused.status_code == 200
    assert language_of(refused) == ("ar", "rtl")
    assert page_of(refused).select_one("[name=q-age]")["value"] == "douze"


def test_a_language_is_changed_from_a_page_without_questions(phone, multilingual):
    phone.post(HOME, {"langue": "ar"})

    changed = phone.post(LANGUAGE, {"language": "wo", "next": SUMMARY})

    assert changed.headers["Location"] == SUMMARY
    assert Draft.objects.get().language == "wo"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/admin/", ""])
def test_a_choice_of_language_leads_nowhere_else(phone, multilingual, elsewhere):
    phone.post(HOME, {"langue": "ar"})

    changed = phone.post(LANGUAGE, {"language": "fr", "next": elsewhere})

    assert changed.headers["Location"] == HOME


def test_a_language_without_interface_is_asked_in_french_words_around_its_own(phone, multilingual):
    shown = phone.get(f"{HOME}?langue=wo")

    page = page_of(shown)
    assert (page.html["lang"], page.h1.span["lang"], page.h1.text) == ("fr", "wo", "Bezü")


def test_a_text_without_translation_falls_back_and_says_its_language(phone, multilingual):
    phone.post(HOME, {"langue": "ar"})

    page = page_of(phone.get(FIRST))

    legends = {one.get_text(" ", strip=True): one for one in page.select("legend")}
    arabic = next(one for text, one in legends.items() if "منذ متى" in text)
    assert arabic.find("span", lang="ar") is None
    fallback = [one for one in page.select("legend span[lang=fr]") if one["dir"] == "ltr"]
    assert fallback
    assert all(text.strip() for text in legends)


def test_the_receipt_is_in_the_language_of_the_answers(phone, multilingual):
    phone.post(HOME, {"langue": "ar"})
    post(phone, FIRST, **{"q-anciennete": "c-plus_2", "action": "next"})
    post(phone, SECOND, **{"q-mot": "حي", "action": "next"})

    received = post(phone, SUMMARY)

    assert received.headers["Location"] == f"{RECEIPT}?langue=ar"
    receipt = phone.get(received.headers["Location"])
    assert language_of(receipt) == ("ar", "rtl")
    assert page_of(receipt).select_one(".receipt__number")["dir"] == "ltr"
    assert Response.objects.get().language == "ar"


def test_pages_that_are_not_for_answering_stay_in_french(phone, multilingual):
    phone.get(f"{HOME}?langue=ar")

    home = phone.get("/", headers={"accept-language": "ar,en"})

    assert page_of(home).html["lang"] == "fr"
    assert get_language() == "fr"


def test_an_association_chooses_for_the_person_and_not_for_the_draft(
    client, aminata, benoit, participation, questionnaire
):
    make_version(questionnaire, three_languages())
    start = "/campagnes/autoevaluation-2026/repondre/les-tisserands/"
    client.force_login(aminata)
    assert language_of(client.get(f"{start}?langue=ar")) == ("ar", "rtl")
    client.post(start, {"langue": "ar"})
    assert Draft.objects.get().language == "ar"
    assert language_of(client.get(f"{start}rubrique/1/")) == ("ar", "rtl")

    client.post(f"{start}langue/", {"language": "fr", "next": f"{start}rubrique/1/"})
    assert language_of(client.get(f"{start}rubrique/1/")) == ("fr", "ltr")

    other = Client()
    other.force_login(benoit)
    assert language_of(other.get(f"{start}rubrique/1/")) == ("fr", "ltr")


def test_what_a_trial_says_to_the_editor_stays_in_french(client, elodie, questionnaire):
    trial = Trial.objects.create(
        questionnaire=questionnaire,
        definition=three_languages().to_json(),
        language="ar",
        updated_at=NOW,
        updated_by=elodie,
    )
    client.force_login(elodie)

    shown = client.get(f"/essai/{trial.pk}/rubrique/1/")

    assert language_of(shown) == ("ar", "rtl")
    banner = page_of(shown).select_one("main aside").parent
    assert (banner["lang"], banner["dir"]) == ("fr", "ltr")
    assert "rien n'est compté" in banner.get_text()


def test_a_survey_that_is_over_says_so_in_the_language_of_the_person(phone, multilingual):
    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        closed = phone.get(f"{HOME}?langue=ar")

    assert language_of(closed) == ("ar", "rtl")
    assert page_of(closed).h1.text == "ما هي احتياجاتنا؟"


def test_the_receipt_is_written_in_the_language_of_the_answers(
    participation, questionnaire, aminata, mailoutbox
):
    version = make_version(questionnaire, three_languages())
    sent = Response.objects.create(
        campaign=participation.campaign,
        participation=participation,
        version=version,
        language="ar",
        week=NOW.date(),
        document={},
    )

    queue_receipts(sent, participation, by=aminata, at=NOW)
    send_letters(at=NOW)

    letter, _same_to_the_association = mailoutbox
    html = BeautifulSoup(letter.alternatives[0].content, "html.parser").html
    assert letter.subject == "وصل: ما هي احتياجاتنا؟"
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    assert "شكرًا" in letter.body
