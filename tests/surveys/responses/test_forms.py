import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.questionnaires.definition import Section
from surveys.questionnaires.question_types import KINDS, clean
from surveys.responses.forms import SectionFormBuilder, field_name, section_form
from tests.surveys.responses.conftest import ANSWERS, DEFINITION

EVERYTHING = Section(
    id="all", title={"fr": "Tout"}, questions=tuple(question for question in DEFINITION.questions)
)
QUESTIONS = {question.code: question for question in EVERYTHING.questions}


def posted(**fields: str | list[str]) -> QueryDict:
    """What a browser sends: `other` of a question is `<code>__other`."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        code, _, other = name.partition("__")
        data.setlist(
            f"q-{code}{'-other' if other else ''}", value if isinstance(value, list) else [value]
        )
    return data


def filled(**fields):
    form = section_form(EVERYTHING, {}, posted(**fields))
    form.full_clean()
    return form


def sent_back(form) -> QueryDict:
    """What a browser would send if nobody touched the form: its checked and typed controls."""
    from bs4 import BeautifulSoup

    data = QueryDict(mutable=True)
    page = BeautifulSoup(form.as_div(), "html.parser")
    for control in page.select("input, textarea"):
        if control.get("type") in {"radio", "checkbox"} and not control.has_attr("checked"):
            continue
        # HTML drops the first line end of a textarea, and browsers send CR LF.
        text = (
            control.text.removeprefix("\n")
            if control.name == "textarea"
            else control["value"]
            if control.has_attr("value")
            else ""
        )
        data.appendlist(control["name"], text)
    return data


def test_every_kind_of_question_has_its_web_field():
    builder = SectionFormBuilder([])

    assert [kind for kind in KINDS if not hasattr(builder, f"create_{kind}_field")] == []


def test_what_is_typed_becomes_the_values_of_a_document():
    form = filled(
        anciennete="other",
        anciennete__other="Depuis toujours",
        besoins=["c-transports", "c-sante"],
        renonce="false",
        ecoute="c-plutot",
        note="0",
        age="42",
        mot="Vivant",
        souhait="Un banc.\r\nDe l'ombre.",
    )

    assert form.errors == {}
    assert form.values == ANSWERS


def test_what_is_left_empty_is_not_an_answer():
    form = filled()

    assert form.errors == {}
    assert set(form.values.values()) == {None}
    assert "q-lire" not in form.values


def test_a_form_shows_what_the_document_holds():
    form = section_form(EVERYTHING, ANSWERS)

    again = section_form(EVERYTHING, {}, sent_back(form))
    again.full_clean()

    assert again.values == ANSWERS


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
VALUES = {
    "anciennete": st.one_of(
        st.fixed_dictionaries({"choice": st.sampled_from(["c-moins_2", "c-plus_2", "other"])}),
        st.builds(lambda text: {"choice": "other", "other": text}, st.text(LETTERS, min_size=1)),
    ),
    "besoins": st.builds(
        lambda ids, text: {"choices": ids, "other": text},
        st.lists(st.sampled_from(["c-sante", "c-transports"]), min_size=1),
        st.text(LETTERS),
    ),
    "renonce": st.booleans(),
    "ecoute": st.builds(
        lambda one: {"choice": one.id}, st.sampled_from(QUESTIONS["ecoute"].choices)
    ),
    "note": st.integers(0, 10),
    "age": st.integers(0, 120),
    "mot": st.text(LETTERS),
    "souhait": st.text(st.one_of(LETTERS, st.just("\n"))),
}


@settings(deadline=None)
@given(st.fixed_dictionaries({}, optional=VALUES))
def test_a_document_goes_through_the_form_and_comes_back_the_same(raw):
    document = {f"q-{code}": clean(QUESTIONS[code], value) for code, value in raw.items()}
    document = {key: value for key, value in document.items() if value is not None}

    form = section_form(EVERYTHING, {}, sent_back(section_form(EVERYTHING, document)))
    form.full_clean()

    assert {key: value for key, value in form.values.items() if value is not None} == document


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1\u202f200", None), ("1 2", 12), ("12,0", 12), ("12.", 12), ("  7 ", 7), ("+3", 3)],
)
def test_a_whole_number_is_read_as_people_write_it(typed, value):
    form = filled(age=typed)

    assert form.values.get("q-age") == value


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("douze", "Écrivez un nombre, en chiffres : par exemple 12 ou 1 200."),
        ("12,5", "Écrivez un nombre entier, sans virgule : par exemple 12."),
        ("-1", "Écrivez un nombre supérieur ou égal à 0."),
        ("121", "Écrivez un nombre inférieur ou égal à 120."),
        ("9" * 200, "Écrivez un nombre inférieur ou égal à 1 000 000 000 000 000."),
    ],
)
def test_a_number_that_cannot_be_is_explained_and_shown_again(typed, sentence):
    form = filled(age=typed, mot="Vivant")

    [shown] = form.errors["q-age"]
    assert shown.replace("\xa0", " ").replace("\u202f", " ") == sentence
    assert f'value="{typed}"' in str(form["q-age"])
    assert form.values["q-mot"] == "Vivant"
    assert "q-age" not in form.values


def test_a_choice_that_goes_alone_is_explained():
    form = filled(besoins=["c-rien", "c-sante"])

    assert form.errors["q-besoins"] == [
        (
            "«\u202fRien\u202f» ne va avec aucune autre réponse\xa0: décochez-la, "
            "ou décochez les autres."
        )
    ]
    assert str(form["q-besoins"]).count("checked") == 2


def test_a_text_beside_another_choice_is_not_lost():
    form = filled(anciennete="c-moins_2", anciennete__other="Depuis toujours")

    assert "Moins 2" in form.errors["q-anciennete"][0]
    assert "Depuis toujours" in str(form["q-anciennete"])


def test_a_text_alone_means_other():
    form = filled(anciennete__other="Depuis toujours", besoins__other="Un marché")

    assert form.values["q-anciennete"] == {"choice": "other", "other": "Depuis toujours"}
    assert form.values["q-besoins"] == {"choices": ["other"], "other": "Un marché"}


@pytest.mark.parametrize(
    "fields",
    [
        {"anciennete": "c-elsewhere"},
        {"anciennete": ["c-moins_2", "c-plus_2"]},
        {"besoins": ["c-elsewhere"]},
        {"renonce": "maybe"},
        {"renonce": ["true", "false"]},
        {"ecoute": "\x00"},
        {"note": "11"},
        {"note": ["1", "2"]},
        {"age": "\x00x"},
        {"mot": "x" * 1001},
        {"souhait": "x" * 20_001},
        {"anciennete__other": "x" * 1001},
    ],
)
def test_a_hostile_value_is_refused_with_a_sentence(fields):
    form = filled(**fields)

    for errors in form.errors.values():
        assert all(error.endswith((".", "?")) for error in errors)
    assert form.errors or set(form.values.values()) == {None}
    assert form.as_div()


def test_control_characters_are_left_out_of_a_text():
    assert filled(mot="Vi\x00va\x07nt").values["q-mot"] == "Vivant"


def test_required_answers_are_marked_only_when_asked():
    form = filled(age="3")
    assert form.is_valid()

    assert form.require()
    assert set(form.errors) == {"q-anciennete", "q-mot"}
    assert form.values["q-age"] == 3


def test_an_answer_by_radio_can_be_taken_away_once_given():
    assert "Retirer ma réponse" not in str(section_form(EVERYTHING, {})["q-renonce"])
    assert "Retirer ma réponse" in str(section_form(EVERYTHING, ANSWERS)["q-renonce"])
    assert "Retirer ma réponse" not in str(section_form(EVERYTHING, ANSWERS)["q-anciennete"])
    assert filled(renonce="").values["q-renonce"] is None


def test_fields_are_named_after_codes():
    assert field_name(QUESTIONS["age"]) == "q-age"
