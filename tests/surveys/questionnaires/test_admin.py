"""The editor's screens, as its form sends them."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data

from pages.charter.models import Commitment
from surveys.questionnaires.admin import viewset
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import freeze_version
from surveys.questionnaires.queries import latest_version
from surveys.responses.models import Trial
from tests.people import NOW
from tests.surveys.questionnaires.conftest import make_questionnaire, question, section


def url(name: str, *args) -> str:
    return reverse(viewset.get_url_name(name), args=args)


@pytest.fixture
def editing(client, elodie) -> Client:
    client.force_login(elodie)
    return client


def stream(blocks: list[dict]) -> dict:
    """Stored blocks as the editor's form sends them."""
    sent: dict = {"count": len(blocks)}
    for number, block in enumerate(blocks):
        sent[str(number)] = {
            "deleted": "",
            "order": str(number),
            "type": block["type"],
            "id": block.get("id", ""),
            "value": _fields(block),
        }
    return sent


APART = {"label", "title", "introduction", "choices", "rows", "questions"}


def _fields(block: dict) -> dict:
    fields = {"questions": stream([])} if block["type"] == "section" else {}
    settings = {}
    for name, value in block["value"].items():
        if name == "questions":
            fields[name] = stream(value)
        elif name in {"choices", "rows"}:
            fields[name] = json.dumps(value)
        elif name in APART:
            fields[name] = value
        else:
            settings[name] = value
    return {**fields, "settings": json.dumps(settings)}


def sent(*sections: dict, title: str = "Vos besoins", **more) -> dict:
    return nested_form_data(
        {"title": title, "introduction": "", "slug": "", "sections": stream(list(sections)), **more}
    )


WRITTEN = section("Le quartier", question("text", "Votre rue ?"))


def test_a_draft_is_saved_with_an_address_and_codes_of_its_own(editing):
    response = editing.post(url("add"), sent(WRITTEN))

    made = Questionnaire.objects.get()
    assert response.status_code == 302
    assert made.slug == "vos-besoins"
    assert not made.live
    assert [asked.code for asked in made.written.questions] == ["votre_rue"]


def test_half_a_questionnaire_is_saved_as_a_draft(editing):
    half = section("", question("single", "", choices=[{"type": "item", "value": {"label": ""}}]))

    response = editing.post(url("add"), sent(half))

    assert response.status_code == 302
    assert latest_version(Questionnaire.objects.get()) is None


def test_the_publish_button_freezes_a_version(editing, elodie):
    response = editing.post(url("add"), sent(WRITTEN, **{"action-publish": "1"}), follow=True)

    version = latest_version(Questionnaire.objects.get())
    assert (version.number, version.published_by) == (1, elodie)
    assert "«\u202fVos besoins\u202f» est publié\xa0: version 1." in response.text


def test_publishing_half_a_questionnaire_says_what_is_missing_and_loses_nothing(editing):
    half = section("", question("text", "Votre rue ?", code="Rue !"))

    response = editing.post(url("add"), sent(half, **{"action-publish": "1"}))

    assert response.status_code == 200
    assert "2 points restent à corriger avant de publier." in response.text
    said = json.dumps(response.context["form"].errors.as_data()["sections"][0].as_json_data())
    assert json.dumps("Donnez un titre à cette rubrique.") in said
    assert "Un code a 255 " in said
    assert "Rue !" in response.text
    assert not Questionnaire.objects.exists()


def test_an_empty_questionnaire_is_not_published(editing):
    response = editing.post(url("add"), sent(**{"action-publish": "1"}))

    assert response.status_code == 200
    assert not Questionnaire.objects.exists()


def test_an_address_that_is_taken_is_refused_with_a_sentence(editing, questionnaire):
    response = editing.post(url("add"), sent(WRITTEN, slug="besoins"))

    assert "Un autre questionnaire a déjà cette adresse" in response.text


def test_saving_again_from_the_same_screen_keeps_identities(editing):
    editing.post(url("add"), sent(WRITTEN))
    made = Questionnaire.objects.get()
    draft = made.get_latest_revision_as_object()
    before = [asked.id for asked in draft.written.questions]
    blocks = draft.blocks
    blocks[0]["value"]["questions"][0]["value"] |= {"identity": "", "code": ""}

    editing.post(url("edit", made.pk), sent(*blocks, slug=made.slug))

    made.refresh_from_db()
    after = made.get_latest_revision_as_object()
    assert [asked.id for asked in after.written.questions] == before


def test_a_copy_asks_the_same_with_identities_of_its_own(editing, questionnaire):
    address = reverse("questionnaire_copy", args=[questionnaire.pk])
    assert "Vos besoins (copie)" in editing.get(address).text

    made = editing.post(address, {"title": "Vos besoins (copie)"})

    copy = Questionnaire.objects.get(slug="vos-besoins-copie")
    assert made.headers["Location"] == url("edit", copy.pk)
    own, copied = questionnaire.written, copy.written
    assert [asked.code for asked in copied.questions] == [asked.code for asked in own.questions]
    assert not {asked.id for asked in copied.questions} & {asked.id for asked in own.questions}


def test_the_draft_is_previewed_as_respondents_will_see_it(editing, questionnaire):
    address = url("preview_on_edit", questionnaire.pk)
    editing.post(address, sent(*questionnaire.blocks, section("Encore"), slug="besoins"))

    page = editing.get(address)

    assert page.status_code == 200
    for words in ("Votre quartier", 'type="radio"', "Nord", "Rubrique 1 sur 3", "Encore"):
        assert words in page.text
    assert 'action="/essai/apercu/"' in page.text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("debut", "3 questions"),
        ("2", "Votre âge"),
        ("resume", "Relisez vos réponses"),
        ("envoyee", "Bien reçu, merci"),
        ("9", "Votre rue"),
    ],
)
def test_any_page_of_the_draft_is_previewed_and_stays_when_the_panel_renews_itself(
    editing, questionnaire, name, words
):
    address = url("preview_on_edit", questionnaire.pk)
    editing.post(address, sent(*questionnaire.blocks, slug="besoins"))

    assert words in editing.get(f"{address}?page={name}").text
    assert words in editing.get(address).text


def test_the_preview_shows_what_a_condition_hides_and_sends_nothing(editing, questionnaire):
    blocks = questionnaire.blocks
    code = blocks[0]["value"]["questions"][0]["value"]["code"]
    blocks[1]["value"]["questions"][0]["value"]["condition"] = f"${{{code}}} = 'nord'"
    address = url("preview_on_edit", questionnaire.pk)
    editing.post(address, sent(*blocks, slug="besoins"))

    assert "Votre âge" in editing.get(f"{address}?page=2").text
    assert editing.post("/essai/apercu/", {"action": "next"}).status_code == 204
    assert not Trial.objects.exists()


def test_two_drafts_can_be_compared(editing, questionnaire):
    first = questionnaire.latest_revision
    blocks = questionnaire.blocks
    blocks[0]["value"]["questions"][0]["value"]["label"] = "Dans quel quartier ?"
    editing.post(url("edit", questionnaire.pk), sent(*blocks, slug="besoins"))
    questionnaire.refresh_from_db()

    page = editing.get(
        url("revisions_compare", questionnaire.pk, first.pk, questionnaire.latest_revision.pk)
    )

    assert page.status_code == 200
    assert '<span class="addition">Dans quel</span>' in page.text
    assert "Nord, Sud, Centre" in page.text
    assert "<dd>None</dd>" not in page.text
    assert first.as_object().written.sections[0].id not in page.text


def test_the_list_asks_as_many_queries_for_three_as_for_one(editing):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert editing.get(url("list")).status_code == 200
        return len(asked)

    counts = []
    for number in range(3):
        made = make_questionnaire(WRITTEN, slug=f"q-{number}")
        freeze_version(questionnaire=made, by=None, at=NOW)
        queries()
        counts.append(queries())

    assert counts[0] == counts[2]


def test_what_was_published_is_not_deleted(client, admin_user, questionnaire):
    client.force_login(admin_user)
    freeze_version(questionnaire=questionnaire, by=None, at=NOW)

    response = client.post(url("delete", questionnaire.pk))

    assert response.status_code == 302
    assert Questionnaire.objects.filter(pk=questionnaire.pk).exists()


def test_a_draft_that_was_never_published_is_deleted(client, admin_user, questionnaire):
    client.force_login(admin_user)

    client.post(url("delete", questionnaire.pk))

    assert not Questionnaire.objects.exists()


def test_a_representative_does_not_enter(client, aminata, questionnaire):
    client.force_login(aminata)

    for address in (url("list"), url("edit", questionnaire.pk), CHARTER):
        assert client.get(address).status_code in {302, 403}


CHARTER = reverse("questionnaire_self_assessment")


def test_the_charter_becomes_a_self_assessment(client, claire):
    for number in (1, 2):
        Commitment.objects.create(
            anchor=f"engagement-{number}",
            text=f"Prêter la salle numéro {number}",
            position=number,
            article_number=3,
            article_title="Ce que nous faisons",
            group=1,
        )
    client.force_login(claire)
    assert "Prêter la salle numéro 2" in client.get(CHARTER).text

    response = client.post(CHARTER, {"title": "Autoévaluation 2026"}, follow=True)

    made = Questionnaire.objects.get(slug="autoevaluation-2026")
    assert response.redirect_chain[-1][0] == url("edit", made.pk)
    assert "chacun des 2 engagements" in response.text
    assert len(list(made.written.questions)) == 6


def test_without_commitment_the_screen_says_what_to_do_first(client, claire):
    client.force_login(claire)

    page = client.get(CHARTER)
    client.post(CHARTER, {"title": "Autoévaluation"})

    assert "publiez d'abord ses articles" in page.text.replace("&#x27;", "'")
    assert not Questionnaire.objects.exists()
