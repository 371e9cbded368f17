from dataclasses import replace

import pytest
from django.urls import reverse

from surveys.questionnaires.advice import (
    SECONDS,
    WORDS_A_MINUTE,
    Time,
    advise,
    time_to_answer,
)
from surveys.questionnaires.advice_wording import WORDS, advice_in_words, time_in_words
from surveys.questionnaires.definition import Choice, Definition, Question, Row, Section
from surveys.questionnaires.question_types import KINDS
from tests.surveys.questionnaires.conftest import make_questionnaire, question, section


def asked(kind: str = "text", label: str = "Votre rue ?", **more) -> Question:
    return Question(id="q", code="q", kind=kind, label={"fr": label}, **more)


def offered(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{at}", f"c{at}", {"fr": label}) for at, label in enumerate(labels))


def made_of(*questions: Question, **more) -> Definition:
    part = Section("s", {"fr": "Vous"}, questions=questions, **more)
    return Definition(title={"fr": "Besoins"}, sections=(part,))


def reasons(definition: Definition) -> list[str]:
    return [one.reason for one in advise(definition)]


def test_nothing_hurts_in_a_plain_question():
    assert reasons(made_of(asked())) == []


@pytest.mark.parametrize(
    ("hurting", "reason"),
    [
        (asked(label=" ".join(["mot"] * 31)), "long_question"),
        (
            asked("matrix", required=True, rows=(Row("a", "a", {}), Row("b", "b", {}))),
            "required_matrix",
        ),
        (asked(data_class="sensitive"), "sensitive_without_way_out"),
        (asked(data_class="sensitive", required=True), "sensitive_required"),
        (asked("scale", choices=offered(*"12345678")), "too_many_points"),
        (
            asked(
                "scale",
                choices=offered("Très satisfait", "Satisfait", "Assez satisfait", "Pas satisfait"),
            ),
            "unbalanced_scale",
        ),
        (asked("single", choices=offered(*"abcdefghijklmnop")), "long_list"),
        (asked("boolean", "Ne pensez-vous pas que c'est impossible ?"), "double_negation"),
        (asked("boolean", "Vous n'aimez pas qu'on ne vous dise rien ?"), "double_negation"),
        (asked("rating", "Que pensez-vous de l'accueil et des horaires ?"), "two_questions"),
        (asked(label="Où habitez-vous et que faites-vous ?"), "two_questions"),
        (asked(label="Habitez-vous un QPV ?"), "acronym"),
    ],
)
def test_what_hurts_in_a_question_is_said(hurting, reason):
    found = [one for one in advise(made_of(hurting)) if one.reason == reason]

    assert [one.id for one in found] == ["q"]
    assert advice_in_words(found[0])


@pytest.mark.parametrize(
    "harmless",
    [
        asked("matrix", required=True, rows=(Row("a", "a", {}),)),
        asked(data_class="sensitive", may_decline=True, required=True),
        asked(
            "scale",
            choices=offered(
                "Pas du tout d'accord",
                "Pas d'accord",
                "Ni l'un ni l'autre",
                "D'accord",
                "Tout à fait d'accord",
            ),
        ),
        asked("scale", choices=offered("Jamais", "Parfois", "Souvent", "Toujours")),
        asked("single", choices=offered(*"abcdefghijklmnop"), appearance="minimal"),
        asked("boolean", "N'avez-vous pas de médecin ?"),
        asked(label="Où faites-vous vos courses et vos démarches ?"),
        asked(label="Au XXI siècle ?"),
        asked("statement", "Ne partez pas sans ne rien dire, ni QPV ni ZUS."),
    ],
)
def test_what_looks_like_it_and_does_not_hurt_is_left_alone(harmless):
    assert reasons(made_of(harmless)) == []


def test_another_language_than_french_is_not_read_as_french():
    english = replace(made_of(asked()), languages=("en",))

    assert reasons(english) == []


def test_too_much_is_said_of_the_whole_and_of_its_sections():
    many = tuple(asked("long_text") for _ in range(61))

    assert reasons(made_of(*many)) == ["too_long", "too_many_questions", "long_section"]


def test_what_is_not_translated_is_counted():
    half = replace(
        made_of(asked(hint={"fr": "Sans le numéro", "ar": "بدون رقم"})), languages=("fr", "ar")
    )

    [missing] = advise(half)

    assert (missing.reason, missing.params) == (
        "missing_translation",
        {"language": "ar", "count": 3},
    )
    assert "العربية" in advice_in_words(missing)


def test_a_condition_on_what_is_asked_further_on_is_said():
    first = Question(id="a", code="a", kind="text", label={}, condition="${b} = 'x'")
    second = Question(id="b", code="b", kind="text", label={}, condition="${a} = 'x'")

    early = [(one.reason, one.id, one.params) for one in advise(made_of(first, second))]

    assert early == [("asked_too_early", "a", {"code": "b"})]


def test_the_time_is_what_is_read_and_what_is_answered():
    always = asked("boolean", "Un deux trois")
    some = replace(asked("integer", "Un deux trois"), condition="${q} = 'true'")
    read = 60 * 3 / WORDS_A_MINUTE
    heading = 60 / WORDS_A_MINUTE

    time = time_to_answer(made_of(always, some))

    shortest = heading + read + SECONDS["boolean"]
    assert time == Time(round(shortest), round(shortest + read + SECONDS["integer"]))
    assert time_in_words(Time(0, 50)) == "1 minute"
    assert time_in_words(Time(61, 400)) == "2 à 7 minutes"


def test_every_kind_that_is_answered_has_its_seconds():
    assert SECONDS.keys() >= {name for name, kind in KINDS.items() if kind.is_answered}


def test_the_page_says_what_would_hurt_with_the_way_to_it(client, elodie):
    made = make_questionnaire(
        section(
            "Vous", question("text", "Votre santé ?", data_class="sensitive"), question("text", "")
        )
    )
    client.force_login(elodie)

    page = client.get(reverse("questionnaire_advice", args=[made.pk]))

    block = made.blocks[0]["value"]["questions"][0]
    assert f"#block-{block['id']}-section" in page.text
    for words in ("je préfère ne pas", "Écrivez la question", "1 minute"):
        assert words in page.text.lower() or words in page.text


def test_a_member_does_not_read_the_advice(client, aminata):
    made = make_questionnaire(section("Vous", question("text", "Votre rue ?")))
    client.force_login(aminata)

    assert client.get(reverse("questionnaire_advice", args=[made.pk])).status_code in {302, 403}


def test_every_advice_has_its_words():
    said = {"too_long", "too_many_questions", "missing_translation", "long_section"}

    assert said < WORDS.keys()
