from datetime import date

import pytest
from django.template import Context, Template
from django.utils.translation import override

from intranet.languages import said_in
from intranet.templatetags.fields import is_a_sentence
from intranet.templatetags.languages import in_its_language, language_attributes, left_to_right
from intranet.templatetags.typography import day, french


def test_a_text_in_another_language_than_the_page_says_so():
    arabic = said_in("ar", "<مرحبا>")

    assert in_its_language(arabic) == '<span lang="ar" dir="rtl">&lt;مرحبا&gt;</span>'
    assert language_attributes(arabic) == ' lang="ar" dir="rtl"'
    with override("ar"):
        assert in_its_language(arabic) == "&lt;مرحبا&gt;"
        assert language_attributes(arabic) == ""
        assert language_attributes(said_in("fr", "Bonjour")) == ' lang="fr" dir="ltr"'


def test_a_text_that_nobody_said_the_language_of_is_left_as_it_is():
    assert in_its_language("Bonjour & bienvenue") == "Bonjour &amp; bienvenue"
    assert in_its_language(said_in("ar", "")) == ""
    assert language_attributes("Bonjour") == ""


def test_a_code_is_read_from_left_to_right():
    assert left_to_right("1234-ABCD") == '<bdi dir="ltr">1234-ABCD</bdi>'


@pytest.mark.parametrize("language", ["en", "ar", "tr", "pt", "es"])
def test_the_spaces_of_french_are_left_to_french(language):
    with override(language):
        assert french("Other: yes!") == "Other: yes!"
        assert french("<b>") == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "1er\xa0mars 2026"),
        ("en", "1 March 2026"),
        ("ar", "1 مارس 2026"),
        ("tr", "1 Mart 2026"),
        ("pt", "1 de março de 2026"),
        ("es", "1 de marzo de 2026"),
    ],
)
def test_a_day_is_written_as_each_language_writes_it(language, expected):
    with override(language):
        assert day(date(2026, 3, 1)).lower() == expected.lower()


@pytest.mark.parametrize("label", ["Et vous ?", "كيف حالكم؟", "Merci !"])
def test_no_colon_goes_after_a_question_in_any_language(label):
    assert is_a_sentence(label)


def test_the_filters_are_templates_own():
    page = Template("{% load languages %}<p{{ tag|spoken }}>{{ text|in_its_language }}</p>")

    shown = page.render(Context({"tag": "ar", "text": said_in("fr", "Oui")}))

    assert shown == '<p lang="ar" dir="rtl">Oui</p>'
