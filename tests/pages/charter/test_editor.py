"""An editor's work on an article, through Wagtail's own screens."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from pages.charter.models import ArticlePage
from pages.charter.queries import current_commitments


@pytest.fixture
def editing(client, elodie):
    client.force_login(elodie)
    return client


def form_of(article: ArticlePage, *texts: tuple[str, str, str], **more: str) -> dict:
    """What the browser sends: texts are (id, text, anchor) of the commitments."""
    commitments = {
        f"0-value-commitments-{index}": {
            "type": "item",
            "order": str(index),
            "deleted": "",
            "id": block_id,
            "value": {"text": text, "anchor": anchor},
        }
        for index, (block_id, text, anchor) in enumerate(texts)
    }
    body = streamfield(
        [
            ("commitments", {"introduction": "Nous nous engageons à :"}),
            ("paragraph", rich_text("<p>Fin.</p>")),
        ]
    )
    data = nested_form_data(
        {
            "title": article.title,
            "number": article.number,
            "slug": article.slug,
            "summary": "",
            "body": body,
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )
    data |= nested_form_data({"body": commitments})
    data["body-0-id"] = next(
        (block.id for block in article.body if block.block_type == "commitments"), ""
    )
    data["body-0-value-commitments-count"] = str(len(texts))
    return data | more


def edit(client, article: ArticlePage, data: dict):
    return client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), data)


def commitments_of_draft(article: ArticlePage) -> list[dict]:
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    return [item["value"] for item in draft.body.get_prep_value()[0]["value"]["commitments"]]


def ids_of(article: ArticlePage) -> list[str]:
    return [item["id"] for item in article.body.get_prep_value()[2]["value"]["commitments"]]


def test_a_saved_draft_keeps_anchors_and_changes_nothing_for_readers(editing, published):
    first, second = ids_of(published)

    response = edit(
        editing,
        published,
        form_of(
            published,
            (second, "Aider mieux", "aider"),
            (first, "Ouvrir nos portes", "ouvrir-nos-portes"),
            ("", "Chanter le soir", ""),
        ),
    )

    assert response.status_code == 302
    assert [item["anchor"] for item in commitments_of_draft(published)] == [
        "aider",
        "ouvrir-nos-portes",
        "chanter-le-soir",
    ]
    assert [row.text for row in current_commitments()] == ["Ouvrir nos portes", "Aider"]


def test_publishing_from_the_editor_updates_the_rows(editing, published):
    first, second = ids_of(published)

    edit(
        editing,
        published,
        form_of(
            published,
            (first, "Ouvrir nos portes tard", "ouvrir-nos-portes"),
            (second, "Aider", "aider"),
            **{"action-publish": "1"},
        ),
    )

    assert [(row.anchor, row.text) for row in current_commitments()] == [
        ("ouvrir-nos-portes", "Ouvrir nos portes tard"),
        ("aider", "Aider"),
    ]


def test_an_anchor_forged_in_the_form_is_not_taken(editing, published):
    first, _second = ids_of(published)

    edit(
        editing,
        published,
        form_of(published, (first, "Ouvrir", "aider"), ("x", "Danser", 'a"><script>')),
    )

    assert [item["anchor"] for item in commitments_of_draft(published)] == [
        "ouvrir-nos-portes",
        "danser",
    ]


def test_two_versions_are_compared(editing, published):
    first, _second = ids_of(published)
    before = published.latest_revision_id
    edit(editing, published, form_of(published, (first, "Ouvrir grand", "ouvrir-nos-portes")))
    published.refresh_from_db()
    after = published.latest_revision_id

    page = editing.get(
        reverse("wagtailadmin_pages:revisions_compare", args=[published.pk, before, after])
    )

    assert page.status_code == 200
    text = page.content.decode()
    assert "Ouvrir" in text
    assert '<span class="addition">' in text


def test_a_draft_is_previewed(editing, published):
    data = form_of(published, ("", "Chanter le soir", ""))
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[published.pk])

    assert editing.post(url, data).json() == {"is_valid": True, "is_available": True}
    page = editing.get(url)

    assert "Chanter le soir" in page.content.decode()


def test_a_number_already_taken_is_refused_in_french(editing, charter, published):
    charter.add_child(instance=ArticlePage(title="Autre", number=2))

    data = form_of(published, ("", "Chanter", ""), number="2", **{"action-publish": "1"})
    page = edit(editing, published, data)

    assert "Un autre article porte déjà ce numéro" in page.content.decode()


def test_an_article_without_commitment_text_is_refused_when_published(editing, published):
    data = form_of(published, ("", "", ""), **{"action-publish": "1"})

    page = edit(editing, published, data)

    assert page.status_code == 200
    assert [row.text for row in current_commitments()] == ["Ouvrir nos portes", "Aider"]


def test_a_new_article_gets_its_anchors(editing, charter):
    article = ArticlePage(title="Se réjouir", number=7, slug="se-rejouir")
    data = form_of(article, ("", "Danser l'été", ""), **{"action-publish": "1"})

    response = editing.post(
        reverse("wagtailadmin_pages:add", args=["pages", "articlepage", charter.pk]), data
    )

    assert response.status_code == 302
    page = ArticlePage.objects.get(number=7)
    assert (page.live, page.anchor) == (True, "se-rejouir")
    assert current_commitments().get().anchor == "danser-l-ete"


def test_the_charter_and_its_members_are_edited(editing, charter):
    data = nested_form_data(
        {
            "title": "La charte",
            "slug": "charte",
            "subtitle": "",
            "summary": "",
            "introduction": rich_text("<p>Bonjour.</p>"),
            "closing_title": "Qui sommes-nous ?",
            "closing": rich_text("<p>Un réseau.</p>"),
            "members": "Le Fil bleu\n\n La Grande Ourse ",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "action-publish": "1",
        }
    )

    edit(editing, charter, data)

    charter.refresh_from_db()
    assert charter.member_names == ["Le Fil bleu", "La Grande Ourse"]


def test_a_representative_does_not_edit_the_charter(client, aminata, published):
    client.force_login(aminata)

    response = client.get(reverse("wagtailadmin_pages:edit", args=[published.pk]))

    assert response.status_code in {302, 403}
