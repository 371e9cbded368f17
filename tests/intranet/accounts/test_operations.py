import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from intranet.accounts import operations, roles

pytestmark = pytest.mark.django_db


def names_of(group: Group) -> set[str]:
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in group.permissions.select_related("content_type")
    }


def test_every_role_is_a_group_with_what_the_table_says():
    for role in roles.ROLES:
        group = Group.objects.get(name=role)

        assert names_of(group) == set(roles.PERMISSIONS[role])


def test_wagtails_own_groups_are_gone():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)


def test_editors_work_on_every_page_wherever_the_site_begins(elodie):
    root = Page.get_first_root_node()
    elsewhere = root.add_child(instance=Page(title="Ailleurs", slug="ailleurs"))

    allowed = elsewhere.permissions_for_user(elodie)

    assert allowed.can_edit()
    assert allowed.can_publish()
    assert allowed.can_add_subpage()


def test_editors_cannot_delete_a_page_with_the_pages_below_it(elodie):
    parent = Page.get_first_root_node().add_child(instance=Page(title="Charte", slug="charte"))
    parent.add_child(instance=Page(title="Article", slug="article"))

    assert not parent.permissions_for_user(elodie).can_delete()


def test_animators_work_on_the_news_and_on_no_other_page(claire, monkeypatch):
    root = Page.get_first_root_node()
    monkeypatch.setitem(
        roles.PAGES, roles.ANIMATOR, {"wagtailcore.Page": roles.PAGES[roles.ANIMATOR][roles.NEWS]}
    )
    news = root.add_child(instance=Page(title="Actualités", slug="actualites"))
    charter = root.add_child(instance=Page(title="Charte", slug="charte"))

    operations.grant_new_page(page=news)

    assert news.permissions_for_user(claire).can_publish_subpage()
    assert not charter.permissions_for_user(claire).can_edit()


def test_animators_and_editors_add_images_and_documents_everywhere(claire, elodie):
    root = Collection.get_first_root_node()

    for person in (claire, elodie):
        held = GroupCollectionPermission.objects.filter(group__user=person, collection=root)
        assert {p.permission.codename for p in held.select_related("permission")} == {
            "add_image", "change_image", "choose_image",
            "add_document", "change_document", "choose_document",
        }  # fmt: skip


def test_nobody_else_enters_the_editor(aminata, benoit, farid, claire, elodie):
    enter = "wagtailadmin.access_admin"

    assert [p.has_perm(enter) for p in (aminata, benoit, farid)] == [False, False, False]
    assert [p.has_perm(enter) for p in (claire, elodie)] == [True, True]


def test_granting_again_changes_nothing_and_repairs_what_was_changed():
    editors = Group.objects.get(name=roles.EDITOR)
    before = GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()
    editors.permissions.set(Permission.objects.filter(codename="delete_user"))

    operations.grant_role_permissions()
    operations.grant_role_permissions()

    assert names_of(editors) == set(roles.PERMISSIONS[roles.EDITOR])
    after = GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()
    assert after == before


def test_granting_keeps_what_an_administrator_opened():
    page = Page.get_first_root_node().add_child(instance=Page(title="Agenda", slug="agenda"))
    opened = GroupPagePermission.objects.create(
        group=Group.objects.get(name=roles.ANIMATOR),
        page=page,
        permission=Permission.objects.get(
            content_type__app_label="wagtailcore", codename="change_page"
        ),
    )

    operations.grant_role_permissions()

    opened.refresh_from_db()


def test_an_old_address_no_longer_opens_the_account(aminata):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=aminata, email="ancienne@example.org", primary=True)
    kept = EmailAddress.objects.create(user=aminata, email=aminata.email)

    operations.forget_other_addresses(user=aminata)

    assert list(EmailAddress.objects.all()) == [kept]


def test_every_page_type_of_the_table_exists():
    from django.apps import apps

    assert all(issubclass(apps.get_model(kind), Page) for kind in roles.SECTIONS)


def test_a_news_section_made_later_is_the_animators_at_once(claire):
    from wagtail.models import Site

    from pages.news.models import NewsIndexPage

    root = Site.objects.get(is_default_site=True).root_page
    news = root.add_child(instance=NewsIndexPage(title="Nouvelles", slug="nouvelles"))

    assert news.permissions_for_user(claire).can_publish_subpage()
    assert not root.permissions_for_user(claire).can_edit()
