"""A real browser: a resident answers in Arabic on a small phone, and goes on in French."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Page, expect

from surveys.questionnaires.translations import apply
from surveys.responses.models import Response
from tests.browsing import PHONE, accessibility_faults, overflows
from tests.surveys.responses.conftest import DEFINITION, make_version

pytestmark = [pytest.mark.browser, pytest.mark.once]

IN_ARABIC = {
    "/title": "ماذا نحتاج؟",
    "s-quartier/title": "الحي",
    "s-vous/title": "أنتم",
    "q-anciennete/label": "منذ متى تعيشون هنا؟",
    "c-plus_2/label": "أكثر من سنتين",
    "q-mot/label": "الحي في كلمة واحدة؟",
}


@pytest.fixture
def multilingual(questionnaire, survey):
    survey.opens_date = localdate() - timedelta(days=1)
    survey.closes_date = localdate() + timedelta(days=30)
    survey.save()
    entries = {key: {"text": text, "of": ""} for key, text in IN_ARABIC.items()}
    return make_version(questionnaire, apply(DEFINITION, {"ar": entries}))


@pytest.fixture
def arabic_phone(browser: Browser):
    context = browser.new_context(locale="ar", viewport=PHONE, has_touch=True)
    yield context.new_page()
    context.close()


def looks_right(page: Page, language: str) -> None:
    html = page.locator("html")
    expect(html).to_have_attribute("lang", language)
    expect(html).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    assert accessibility_faults(page) == []
    assert not overflows(page)


def test_a_resident_begins_in_arabic_and_goes_on_in_french(
    site, arabic_phone, survey, multilingual
):
    phone = arabic_phone
    phone.goto(f"{site.url}/enquete/besoins-2026/")
    looks_right(phone, "ar")
    expect(phone.get_by_role("heading", level=1)).to_have_text("ماذا نحتاج؟")
    phone.get_by_role("button", name="البدء").tap()

    looks_right(phone, "ar")
    phone.get_by_label("أكثر من سنتين").check()
    phone.get_by_role("button", name="القسم التالي").tap()
    phone.get_by_label("الحي في كلمة واحدة؟").fill("حيّ جميل")
    phone.get_by_label("Que souhaitez-vous").fill("Un banc, de l'ombre.")
    looks_right(phone, "ar")

    phone.get_by_role("button", name="Français").tap()
    looks_right(phone, "fr")
    expect(phone.get_by_label("Le quartier en un mot")).to_have_value("حيّ جميل")
    expect(phone.get_by_label("Que souhaitez-vous")).to_have_value("Un banc, de l'ombre.")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vous")

    phone.get_by_label("Le quartier en un mot").press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Relisez vos réponses")
    looks_right(phone, "fr")
    phone.get_by_role("button", name="العربية").tap()
    looks_right(phone, "ar")
    expect(phone.locator("main")).to_contain_text("حيّ جميل")
    phone.get_by_role("button", name="Français").tap()
    phone.get_by_role("button", name="Envoyer").tap()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Bien reçu")
    looks_right(phone, "fr")
    sent = Response.objects.get()
    assert sent.language == "fr"
    assert sent.document == {
        "q-anciennete": {"choice": "c-plus_2"},
        "q-mot": "حيّ جميل",
        "q-souhait": "Un banc, de l'ombre.",
    }
