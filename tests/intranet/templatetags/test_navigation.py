import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.template import Context, Template
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction, Site

from intranet.accounts import roles
from intranet.templatetags.navigation import navigation

pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> Page:
    Site.clear_site_root_paths_cache()
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def visit(rf: RequestFactory):
    def visit(path: str = "/", user=None) -> dict:
        request = rf.get(path)
        request.user = user or AnonymousUser()
        return navigation({"request": request})

    return visit


def add(root: Page, title: str, slug: str, **fields) -> Page:
    return root.add_child(
        instance=Page(title=title, slug=slug, **{"show_in_menus": True, **fields})
    )


def titles(links) -> list[str]:
    return [link.title for link in links]


def test_the_pages_that_ask_for_it_are_in_the_menu(root, visit):
    add(root, "Charte", "charte")
    add(root, "Brouillon", "brouillon", live=False)
    add(root, "Discrète", "discrete", show_in_menus=False)

    assert titles(visit()["main"]) == ["Accueil", "Charte", "Annuaire"]


def test_the_page_that_is_read_is_marked(root, visit):
    add(root, "Charte", "charte")

    assert [link.current for link in visit("/charte/")["main"]] == ["", "page", ""]
    assert [link.current for link in visit("/charte/article-1/")["main"]] == ["", "true", ""]
    assert [link.current for link in visit("/")["main"]] == ["page", "", ""]


@pytest.mark.parametrize("pages", [1, 3])
def test_the_menu_asks_as_many_queries_for_three_pages_as_for_one(
    root, visit, pages, django_assert_num_queries
):
    for number in range(pages):
        add(root, f"Page {number}", f"page-{number}")
    visit()

    # The site of the request, and its pages.
    with django_assert_num_queries(2):
        visit()


def test_pages_of_members_are_shown_to_members_only(root, visit, aminata):
    page = add(root, "Comptes rendus", "comptes-rendus")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert titles(visit()["main"]) == ["Accueil", "Annuaire"]
    assert "Comptes rendus" in titles(visit(user=aminata)["main"])


def test_the_campaigns_of_members_are_not_shown_to_partners(root, visit, aminata, farid):
    assert titles(visit(user=aminata)["main"]) == ["Accueil", "Annuaire", "Campagnes", "Mon espace"]
    assert titles(visit(user=farid)["main"]) == ["Accueil", "Annuaire", "Mon espace"]
    assert titles(visit()["main"]) == ["Accueil", "Annuaire"]


def test_pages_of_a_group_are_shown_to_that_group_only(root, visit, aminata, claire):
    page = add(root, "Animation", "animation")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name=roles.ANIMATOR))

    assert "Animation" not in titles(visit(user=aminata)["main"])
    assert "Animation" in titles(visit(user=claire)["main"])


def test_legal_pages_are_at_the_foot(root, visit):
    add(root, "Mentions légales", "mentions-legales", show_in_menus=False)

    assert titles(visit()["footer"]) == ["Mentions légales"]
    assert titles(visit()["main"]) == ["Accueil", "Annuaire"]


def test_a_page_without_request_has_no_menu():
    assert navigation({}) == {"main": [], "footer": [], "account": []}


def test_the_way_down_leads_back_up(root, rf):
    charter = add(root, "Charte", "charte")
    article = charter.add_child(instance=Page(title="Article 1", slug="article-1"))
    template = Template("{% load navigation %}{% breadcrumb page %}")

    html = template.render(Context({"request": rf.get("/"), "page": article}))

    assert '<a href="/charte/">Charte</a>' in html
    assert '<span aria-current="page">Article 1</span>' in html
