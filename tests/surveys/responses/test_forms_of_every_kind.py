"""The web form of every kind of question: what is typed, what is refused, what comes back."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from intranet.network.models import Territory
from surveys.questionnaires.definition import STATEMENT, Section
from surveys.questionnaires.question_types import KINDS
from surveys.responses.forms import SectionFormBuilder, section_form
from surveys.responses.wording import IN_WORDS, answer_in_words
from tests.surveys.every_kind import ANSWERS, EVERY_KIND, WRITING, kinds_without_a_question

pytestmark = pytest.mark.django_db

EVERYTHING = Section("all", {}, questions=tuple(EVERY_KIND.questions), groups=WRITING.groups)
QUESTIONS = {question.code: question for question in EVERY_KIND.questions}


@pytest.fixture(autouse=True)
def tilleuls(territory) -> Territory:
    return territory


@pytest.fixture
def directory(tilleuls) -> None:
    """More territories than a page shows, thirty of them with one name."""
    Territory.objects.bulk_create(
        Territory(code=f"QN0{number}02M", name="Centre Ville", commune=f"Saint-Élo {number}")
        for number in range(10, 40)
    )


def typed(**fields: str | list[str]):
    """The form of one page with what was typed: `lieu__label` stands for `q-lieu-label`."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        name = f"q-{name}".replace("__", "-")
        data.setlist(name, value if isinstance(value, list) else [value])
    form = section_form(EVERYTHING, {}, data)
    form.full_clean()
    return form


def sent_back(form) -> QueryDict:
    """What a browser would send if nobody touched the form."""
    data = QueryDict(mutable=True)
    page = BeautifulSoup(form.as_div(), "html.parser")
    for control in page.select("input[name]"):
        if control["type"] not in {"radio", "checkbox"} or control.has_attr("checked"):
            data.appendlist(control["name"], control.get("value", ""))
    for control in page.select("select"):
        chosen = control.select_one("option[selected]") or control.select_one("option")
        data.appendlist(control["name"], chosen["value"])
    for control in page.select("textarea"):
        data.appendlist(control["name"], control.text.removeprefix("\n"))
    return data


def test_every_kind_has_its_part_in_this_room():
    answered = {kind for kind, of in KINDS.items() if of.is_answered}

    assert [k for k in KINDS if f"create_{k}_field" not in vars(SectionFormBuilder)] == []
    assert answered <= set(IN_WORDS)


def test_every_kind_that_people_answer_is_tried_here():
    # Files have tests of their own; computed values are nobody's to type.
    assert kinds_without_a_question() <= {"file", "computed"}


def test_every_answer_goes_through_the_form_and_comes_back_the_same():
    again = section_form(EVERYTHING, {}, sent_back(section_form(EVERYTHING, ANSWERS)))
    again.full_clean()

    assert again.errors == {}
    assert {key: value for key, value in again.values.items() if value is not None} == ANSWERS


def test_nothing_typed_is_nothing_answered():
    again = section_form(EVERYTHING, {}, sent_back(section_form(EVERYTHING, {})))
    again.full_clean()

    assert again.errors == {}
    assert set(again.values.values()) == {None}


@pytest.mark.parametrize("code", [code for code, one in QUESTIONS.items() if one.may_decline])
def test_whoever_prefers_not_to_say_says_so_below_the_answers(code):
    declined = {f"q-{code}": {"declined": True}}
    form = section_form(EVERYTHING, declined)

    again = section_form(EVERYTHING, {}, sent_back(form))
    again.full_clean()

    assert again.values[f"q-{code}"] == {"declined": True}
    assert answer_in_words(QUESTIONS[code], {"declined": True}) == "Je préfère ne pas répondre"


def test_an_answer_beside_the_box_that_declines_is_not_lost():
    form = typed(age="42", age__declined="1")

    assert form.errors["q-age"][0].startswith("Vous avez répondu, et aussi coché")
    assert 'value="42"' in str(form["q-age"])
    assert "checked" in str(form["q-age"])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"plusieurs": ["c-un_banc", "c-un_bus", "c-un_jardin"]}, "Choisissez au plus 2"),
        ({"distance": "loin"}, "Écrivez un nombre"),
        ({"courriel": "aminata"}, "Écrivez une adresse électronique"),
        ({"telephone": "06 12"}, "Écrivez un numéro de téléphone"),
        ({"naissance_day": "31", "naissance_month": "2", "naissance_year": "1984"}, "Ce jour"),
        ({"naissance_year": "1984"}, "Écrivez le jour, le mois et l’année"),
        ({"heure_hour": "25"}, "Écrivez l’heure"),
        ({"heure_minute": "30"}, "Écrivez l’heure"),
        ({"ordre__c-un_banc": "1", "ordre__c-un_bus": "1"}, "Deux réponses ont le rang 1"),
        ({"ordre__c-un_banc": "2"}, "Aucune réponse n’a le rang 1"),
        ({"ordre__c-un_banc": "9"}, "Un rang est un nombre de 1"),
        ({"deux__c-un_banc": "1"}, "Classez 2 réponses"),
        ({"lieu__latitude": "48,85"}, "Écrivez la latitude et la longitude"),
        ({"lieu__latitude": "nord", "lieu__longitude": "sud"}, "Une latitude va de"),
        ({"quartier": "QN99999M"}, "Aucun quartier n’a ce code"),
        ({"quartier__search": "atlantide"}, "Rien dans l’annuaire"),
        ({"liste": "c-elsewhere"}, "Cette réponse"),
        ({"semaine__r-matin": ["c-jamais", "c-souvent"]}, "Une seule réponse"),
    ],
)
def test_what_cannot_be_is_explained_and_stays_on_the_page(fields, sentence):
    form = typed(mot="Vivant", **fields)

    [(_name, [shown])] = form.errors.items()
    assert shown.replace("\xa0", " ").replace("\u202f", " ").startswith(sentence)
    assert form.values["q-mot"] == "Vivant"
    sent = sent_back(form)
    kept = {value for key in fields for value in sent.getlist(f"q-{key}".replace("__", "-"))}
    unknown = {"c-elsewhere", "QN99999M", "c-jamais", "c-souvent", "atlantide"}
    given = {
        v for value in fields.values() for v in (value if isinstance(value, list) else [value])
    }
    assert given - kept <= unknown


def test_a_whole_day_may_be_put_in_the_first_box():
    assert typed(naissance_day="1er mai 1984").values["q-naissance"] == "1984-05-01"
    assert typed(naissance_day="1", naissance_month="mai", naissance_year="1984").values[
        "q-naissance"
    ] == ("1984-05-01")
    assert typed(heure_hour="18h30").values["q-heure"] == "18:30"
    assert typed(heure_hour="18").values["q-heure"] == "18:00"


def test_a_required_matrix_says_which_rows_have_no_answer():
    form = typed(**{"semaine__r-midi": "c-jamais", "propre": "c-plutot"})

    assert form.require()
    assert set(form.errors) == {"q-semaine"}
    assert form.errors["q-semaine"][0].endswith("Le matin · Le soir.")
    page = BeautifulSoup(form.as_div(), "html.parser")
    invalid = [row["aria-labelledby"] for row in page.select(".matrix-row--invalid")]
    assert invalid == ["id_q-semaine_0_row", "id_q-semaine_2_row"]
    assert form["q-semaine"].id_for_label == "id_q-semaine_0_0"


def test_the_sentence_of_a_required_question_may_be_its_own():
    asked = replace(QUESTIONS["mot"], required=True, required_message={"fr": "Un mot suffit."})
    form = section_form(Section("s", {}, questions=(asked,)), {}, QueryDict())
    form.full_clean()

    assert form.require()
    assert form.errors["q-mot"] == ["Un mot suffit."]


def test_a_group_shown_as_a_table_has_one_head_and_a_row_a_question():
    page = BeautifulSoup(section_form(WRITING, {}).as_div(), "html.parser")
    table = page.select_one(".matrix--questions")

    heads = [span.text for span in table.select(".matrix-columns span")][1:]
    rows = [
        row.select_one(".matrix-label > span").get_text(" ", strip=True)
        for row in table.select(".matrix-row")
    ]
    assert heads == ["Pas du tout", "Plutot pas", "Plutot", "Tout a fait"]
    assert rows == ["Les rues sont propres. (obligatoire)", "Les nuits sont calmes."]
    assert [title.text for title in page.select(".group-title")] == ["La vie ici", "Vos rues"]


def test_a_proposed_answer_is_shown_until_the_page_is_answered():
    asked = replace(QUESTIONS["unique"], default="un_bus")
    section = Section("s", {}, questions=(asked, QUESTIONS["mot"]))

    assert section_form(section, {})["q-unique"].value() == {"choice": "c-un_bus"}
    assert section_form(section, {"q-mot": "Vivant"})["q-unique"].value() is None


def test_a_short_directory_is_shown_whole():
    page = BeautifulSoup(str(section_form(WRITING, {})["q-quartier"]), "html.parser")

    assert [one["value"] for one in page.select("input[type=radio]")] == ["QN07501M"]
    assert page.select("input[type=search]") == []


def test_a_territory_is_found_by_its_name_its_commune_or_its_code(directory):
    for words in ("tilleuls", "VALBONNE la neuve", "qn07501m", "les tilleuls (Valbonne"):
        assert typed(quartier__search=words).values["q-quartier"] == "QN07501M"
    assert typed(quartier__search="saint elo 12").values["q-quartier"] == "QN01202M"


def test_several_territories_of_one_name_are_shown_to_pick_from(directory):
    form = typed(quartier__search="centre ville")

    assert form.errors["q-quartier"][0].startswith("Plusieurs quartiers répondent à")
    page = BeautifulSoup(str(form["q-quartier"]), "html.parser")
    assert len(page.select("input[type=radio]")) == 8
    assert "Saint-Élo 10 · QN01002M" in page.text
    assert "30 quartiers trouvés" in page.text
    assert page.select_one("input[type=search]")["value"] == "centre ville"


def test_words_that_are_not_about_the_territory_picked_before_are_not_dropped(directory):
    form = typed(quartier="QN07501M", quartier__search="centre ville")

    assert "est choisi" in form.errors["q-quartier"][0]
    assert typed(quartier="QN07501M", quartier__search="tilleuls").values["q-quartier"]


def test_the_directory_is_searched_as_somebody_types(client, directory):
    found = client.get("/territoires/q-quartier/", {"q-quartier-search": "Élo 1", "q-quartier": ""})
    options = client.get("/territoires/q-lieu/", {"as": "options", "q-lieu-label": "tilleuls"})

    assert found.content.decode().count('type="radio" name="q-quartier"') == 8
    assert 'id="id_q-quartier_count" hx-swap-oob="innerHTML"' in found.content.decode()
    assert '<option value="Les Tilleuls (Valbonne-la-Neuve, QN07501M)">' in options.content.decode()


@pytest.mark.parametrize("words", ["", "%", "é" * 5000, "\x00", "<script>"])
def test_any_words_may_be_looked_for(client, directory, words):
    response = client.get("/territoires/q-x/", {"q-x-search": words})

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_the_search_of_the_directory_asks_as_many_queries_for_one_as_for_thirty(
    client, directory, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        client.get("/territoires/q-x/", {"q-x-search": "centre"})


def test_answers_are_read_again_in_words():
    words = {
        question.code: answer_in_words(question, ANSWERS[question.id]).replace("\xa0", " ")
        for question in EVERY_KIND.questions
        if question.kind != STATEMENT
    }

    assert words["plusieurs"] == "Un jardin\nAutre : Une école"
    assert words["droit"] == "Je préfère ne pas répondre"
    assert words["note"] == "9 sur 10"
    assert words["ordre"] == "1. Un jardin\n2. Un bus\n3. Un banc\n4. Un marche"
    assert words["semaine"] == "Le matin : Jamais\nLe midi : Souvent\nLe soir : Parfois"
    assert words["avec"] == "Le soir : Seul, Entre amis"
    assert words["age"] == "42 ans"
    assert words["distance"].replace("\u202f", " ") == "1 234,5 km"
    assert words["telephone"] == "06 12 34 56 78"
    assert words["naissance"] == "1 mai 1984"
    assert words["heure"] == "18:30"
    assert words["quartier"] == "Les Tilleuls (Valbonne-la-Neuve, QN07501M)"
    assert words["lieu"] == "Devant l'école\nlatitude 48,857, longitude 2,352"


def test_what_was_typed_and_cannot_be_stored_is_given_back_in_words():
    form = typed(
        **{
            "ordre__c-un_banc": "1",
            "ordre__c-un_bus": "1",
            "semaine__r-matin": ["c-jamais", "c-souvent"],
            "naissance_day": "31",
            "age": "42",
            "age__declined": "1",
        }
    )

    given = form.as_typed()

    def words(code: str) -> str:
        return answer_in_words(QUESTIONS[code], given[f"q-{code}"]).replace("\xa0", " ")

    assert words("ordre") == "Un banc : 1\nUn bus : 1"
    assert words("semaine") == "Le matin : Jamais, Souvent"
    assert words("naissance") == "31"
    assert "42" in words("age")


@pytest.mark.parametrize("hostile", ["\x00", "x" * 5000, "🧶" * 50, "<b>", "-1", "9" * 200])
def test_hostile_values_in_every_control_are_refused_or_kept_with_a_sentence(hostile):
    data = sent_back(section_form(EVERYTHING, {}))
    page = BeautifulSoup(section_form(EVERYTHING, {}).as_div(), "html.parser")
    for control in page.select("[name]"):
        data.setlist(control["name"], [hostile, hostile])

    form = section_form(EVERYTHING, {}, data)
    form.full_clean()

    assert form.errors
    assert all(str(one).endswith((".", "?")) for errors in form.errors.values() for one in errors)
    assert "<b>" not in form.as_div()
    assert form.as_typed()
