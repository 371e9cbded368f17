import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.information.models import InformationIndexPage, InformationPage


@pytest.fixture
def index(home) -> InformationIndexPage:
    return home.add_child(instance=InformationIndexPage(title="Informations", slug="infos"))


def add(parent, number: int) -> InformationPage:
    return parent.add_child(instance=InformationPage(title=f"Page {number}", summary="En bref."))


def test_pages_are_listed_in_the_order_of_the_tree(client, index):
    for number in (2, 1, 3):
        add(index, number)

    text = client.get("/infos/").content.decode()

    assert re.findall(r">Page (\d)<", text) == ["2", "1", "3"]


def test_an_empty_list_says_so(client, index):
    assert "Pas encore de page" in client.get("/infos/").content.decode()


def test_a_page_lists_those_below_it_that_one_may_read(client, index, reserve, denis):
    page = add(index, 1)
    add(page, 2)
    reserve(add(page, 3))

    text = client.get(page.url).content.decode()
    assert ("Page 2" in text, "Page 3" in text) == (True, False)
    client.force_login(denis)
    assert "Page 3" in client.get(page.url).content.decode()


@pytest.mark.parametrize("nested", [False, True])
def test_lists_ask_as_many_queries_for_three_as_for_one(client, index, nested):
    parent = add(index, 9) if nested else index
    add(parent, 1)
    client.get(parent.url)
    with CaptureQueriesContext(connection) as one:
        client.get(parent.url)
    add(parent, 2)
    add(parent, 3)

    with CaptureQueriesContext(connection) as three:
        client.get(parent.url)

    assert len(three) == len(one)


def test_page_types_go_where_they_belong(index):
    assert InformationPage in InformationPage.allowed_subpage_models()
    assert InformationIndexPage.allowed_subpage_models() == [InformationPage]
