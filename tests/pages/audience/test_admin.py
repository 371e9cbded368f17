"""Animators write news and events; what editors prepare elsewhere is not told to them."""

import pytest
from django.urls import reverse

from pages.agenda.models import AgendaPage
from pages.information.models import InformationIndexPage, InformationPage


@pytest.fixture
def informations(home) -> InformationIndexPage:
    return home.add_child(instance=InformationIndexPage(title="Infos", slug="informations"))


@pytest.fixture
def draft(informations) -> InformationPage:
    page = InformationPage(title="Page en secret", slug="secret", live=False)
    informations.add_child(instance=page)
    page.save_revision()
    return page


@pytest.fixture
def renamed(informations) -> InformationPage:
    """A public page whose next title is not published."""
    page = informations.add_child(instance=InformationPage(title="Page publique", slug="adherer"))
    page.title = "Page en secret"
    page.save_revision()
    return page


ADDRESSES = [
    lambda page: reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk]),
    lambda page: reverse("wagtailadmin_choose_page_search") + "?q=page",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("kind", ["draft", "renamed"])
def test_only_who_writes_a_page_is_told_its_unpublished_title(
    client, request, news_index, claire, elodie, address, kind
):
    page = request.getfixturevalue(kind)
    client.force_login(elodie)
    assert "en secret" in client.get(address(page)).text

    client.force_login(claire)
    response = client.get(address(page))
    assert response.status_code == 200
    assert "en secret" not in response.text


def test_pages_chosen_together_are_not_a_way_round(client, news_index, draft, claire, elodie):
    address = reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={draft.pk}"
    client.force_login(elodie)
    assert "Page en secret" in client.get(address).text

    client.force_login(claire)
    assert client.get(address).status_code == 404


def test_the_root_of_all_pages_is_not_chosen(client, home, elodie):
    client.force_login(elodie)
    address = reverse("wagtailadmin_choose_page_chosen_multiple")

    assert client.get(f"{address}?id={home.get_parent().pk}").status_code == 404


def test_a_closed_page_is_no_place_to_choose_below(client, news_index, draft, claire):
    client.force_login(claire)

    address = reverse("wagtailadmin_choose_page_child", args=[draft.pk])

    assert client.get(address).status_code == 404


def test_an_animator_still_chooses_what_everybody_reads(client, news_index, informations, claire):
    client.force_login(claire)
    root = reverse("wagtailadmin_choose_page_child", args=[informations.get_parent().pk])

    assert "Infos" in client.get(root).text


@pytest.mark.parametrize("name", ["wagtailadmin_explore", "wagtailadmin_explore_results"])
@pytest.mark.parametrize("kind", ["draft", "renamed"])
def test_the_tree_shows_the_head_of_ones_own_pages_alone(
    client, request, home, news_index, claire, elodie, name, kind
):
    """Her work is in two sections: the tree begins above both, where the others are too."""
    home.add_child(instance=AgendaPage(title="Agenda", slug="agenda"))
    page = request.getfixturevalue(kind)
    client.force_login(elodie)
    assert client.get(reverse(name, args=[page.pk])).status_code == 200

    client.force_login(claire)
    assert client.get(reverse(name, args=[page.pk])).status_code == 404


def test_the_tree_still_leads_an_animator_to_the_news(client, home, news_index, draft, claire):
    home.add_child(instance=AgendaPage(title="Agenda", slug="agenda"))
    client.force_login(claire)

    begun = client.get(reverse("wagtailadmin_explore_root"), follow=True)
    assert begun.status_code == 200
    assert client.get(reverse("wagtailadmin_explore", args=[news_index.pk])).status_code == 200
    above = client.get(reverse("wagtailadmin_explore", args=[home.get_parent().pk]), follow=True)
    assert above.status_code == 200
    assert "en secret" not in above.text
