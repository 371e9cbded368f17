"""Fields as they are rendered everywhere."""

from bs4 import BeautifulSoup
from django import forms
from django.template.loader import render_to_string

from intranet.templatetags.fields import first_control
from tests.intranet.layout.urls import EveryField


def rendered(form: forms.Form) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html.parser")


def test_a_hint_and_an_error_are_read_with_their_field():
    page = rendered(EveryField({}))
    email = page.find(id="id_email")

    described = email["aria-describedby"].split()

    assert described == ["id_email_helptext", "id_email_error"]
    assert all(page.find(id=name) for name in described)
    assert email["aria-invalid"] == "true"


def test_choices_are_a_group_with_its_question():
    group = rendered(EveryField({})).find(id="id_degree").find_parent("fieldset")

    assert "Nous préparons nos réponses" in group.legend.get_text()
    assert group["aria-describedby"] == "id_degree_helptext id_degree_error"
    assert len(group.find_all("label")) == 4


def test_required_is_said_in_words_and_only_where_it_is():
    page = rendered(EveryField())

    assert "(obligatoire)" in page.find("label", attrs={"for": "id_name"}).get_text()
    assert "obligatoire" not in page.find("label", attrs={"for": "id_people"}).get_text()


def test_every_label_names_a_control_that_exists():
    page = rendered(EveryField())

    assert page.find_all("label")
    assert all(page.find(id=label["for"]) for label in page.find_all("label"))


def test_the_summary_leads_to_the_first_control_of_each_field():
    form = EveryField({})
    summary = BeautifulSoup(
        render_to_string("components/error_summary.html", {"form": form}), "html.parser"
    )
    page = rendered(form)

    targets = [link["href"].removeprefix("#") for link in summary.find_all("a")]

    assert targets == ["id_name", "id_email", "id_degree_0", "id_agreed"]
    assert all(page.find(id=target) for target in targets)
    assert summary.h2.get_text() == "4 points à corriger"


def test_a_label_that_asks_is_not_followed_by_a_colon():
    class Asked(forms.Form):
        age = forms.CharField(label="Quel âge avez-vous ?")
        name = forms.CharField(label="Nom")

    summary = BeautifulSoup(
        render_to_string("components/error_summary.html", {"form": Asked({})}), "html.parser"
    )

    assert [link.get_text() for link in summary.find_all("a")] == [
        "Quel âge avez-vous ? Ce champ est obligatoire\xa0: remplissez-le.",
        "Nom\xa0: Ce champ est obligatoire\xa0: remplissez-le.",
    ]


def test_an_error_of_the_whole_form_is_in_the_summary():
    form = EveryField({"name": "x"})
    form.add_error(None, "Cette campagne est close.")

    summary = render_to_string("components/error_summary.html", {"form": form})

    assert "<li>Cette campagne est close.</li>" in summary


def test_a_form_without_error_has_no_summary():
    assert render_to_string("components/error_summary.html", {"form": EveryField()}).strip() == ""


def test_a_field_of_several_inputs_leads_to_the_first():
    class Moment(forms.Form):
        at = forms.SplitDateTimeField()

    assert first_control(Moment()["at"]) == "id_at_0"
