"""People in Wagtail's editor."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.network import operations

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create_superuser("admin@example.org", "un-long-mot-de-passe")


@pytest.fixture
def editor(client, administrator):
    client.force_login(administrator)
    return client


def group(name: str) -> int:
    from django.contrib.auth.models import Group

    return Group.objects.get(name=name).pk


def add_nadia(editor):
    return editor.post(
        reverse("wagtailusers_users:add"),
        {
            "email": "Nadia@Example.ORG",
            "first_name": "Nadia",
            "last_name": "Belkacem",
            "groups": [group(roles.ANIMATOR)],
        },
        follow=True,
    )


def test_an_administrator_adds_a_person_who_chooses_a_password(
    editor, mailoutbox, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = add_nadia(editor)

    nadia = User.objects.get(email="nadia@example.org")
    assert nadia.get_full_name() == "Nadia Belkacem"
    assert list(nadia.groups.values_list("name", flat=True)) == [roles.ANIMATOR]
    assert not nadia.has_usable_password()
    assert "Nadia Belkacem a un compte." in response.content.decode()
    assert [letter.to for letter in mailoutbox] == [["nadia@example.org"]]
    assert "/compte/password/reset/key/" in mailoutbox[0].body


def test_two_people_do_not_share_an_address(editor, claire):
    response = editor.post(
        reverse("wagtailusers_users:add"),
        {"email": claire.email.upper(), "first_name": "Claire", "last_name": "Bis"},
    )

    assert response.status_code == 200
    assert "Quelqu&#x27;un a déjà un compte avec cette adresse." in response.content.decode()
    assert User.objects.filter(email__iexact=claire.email).count() == 1


def test_changing_a_persons_roles_keeps_what_memberships_give(editor, aminata):
    editor.post(
        reverse("wagtailusers_users:edit", args=[aminata.pk]),
        {
            "email": aminata.email,
            "first_name": "Aminata",
            "last_name": "Diallo",
            "is_active": "on",
            "groups": [group(roles.EDITOR)],
        },
    )

    assert set(aminata.groups.filter(working_group=None).values_list("name", flat=True)) == {
        roles.EDITOR,
        roles.REPRESENTATIVE,
    }


def test_roles_held_by_membership_are_not_offered(editor):
    response = editor.get(reverse("wagtailusers_users:add"))

    offered = response.context["form"].fields["groups"].queryset
    assert set(offered.values_list("name", flat=True)) == {
        roles.ANIMATOR,
        roles.EDITOR,
        roles.PARTNER,
    }


def test_changing_an_address_closes_the_account_to_the_old_one(editor, aminata):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=aminata, email=aminata.email, verified=True, primary=True)

    editor.post(
        reverse("wagtailusers_users:edit", args=[aminata.pk]),
        {"email": "diallo@example.org", "first_name": "A", "last_name": "D", "is_active": "on"},
    )

    aminata.refresh_from_db()
    assert aminata.email == "diallo@example.org"
    assert not EmailAddress.objects.filter(user=aminata).exists()


def test_the_editor_never_takes_a_password(editor, aminata):
    for url in (
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_users:edit", args=[aminata.pk]),
        reverse("wagtailadmin_account"),
    ):
        assert 'type="password"' not in editor.get(url).content.decode(), url


def test_the_account_page_leads_to_the_one_password_page(editor):
    page = editor.get(reverse("wagtailadmin_account")).content.decode()

    assert f'href="{reverse("account_change_password")}"' in page
    assert f'href="{reverse("mfa_index")}"' in page


def test_the_list_of_people_asks_as_much_for_three_as_for_one(editor, association):
    asked = []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            user = User.objects.create_user(f"p{number}@example.org", first_name=f"P{number}")
            operations.join(user=user, association=association, role="contributor")
        editor.get(reverse("wagtailusers_users:index"))
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(reverse("wagtailusers_users:index")).content.decode()
        asked.append(len(queries))

    assert all(f"P{number}" in page for number in (1, 2, 3))
    assert asked[0] == asked[1]


def test_animators_and_editors_do_not_manage_accounts(client, claire, elodie):
    for person in (claire, elodie):
        client.force_login(person)
        assert client.get(reverse("wagtailusers_users:index")).status_code == 302
        assert client.get(reverse("wagtailusers_groups:index")).status_code == 302


def menu_of(client, name: str = "admin_menu") -> set[str]:
    from wagtail.admin import menu

    request = client.get(reverse("wagtailadmin_home")).wsgi_request
    return {item.name for item in getattr(menu, name).menu_items_for_request(request)}


@pytest.mark.parametrize(
    ("who", "settings_seen"),
    [
        ("claire", {"actualites-des-membres", "synonymes"}),
        ("elodie", {"actualites-des-membres", "identite-du-site", "synonymes"}),
    ],
)
def test_animators_and_editors_see_only_the_settings_of_what_they_look_after(
    client, request, who, settings_seen
):
    client.force_login(request.getfixturevalue(who))

    assert menu_of(client, "settings_menu") == settings_seen


def test_each_role_sees_what_it_can_use(client, claire, elodie, administrator):
    client.force_login(elodie)
    of_editor = menu_of(client)
    client.force_login(claire)
    of_animator = menu_of(client)
    client.force_login(administrator)
    of_administrator = menu_of(client)

    assert {"explorer", "images", "documents"} <= of_editor
    assert not of_editor & {"help", "reports", "reseau"}
    assert {"images", "documents"} <= of_animator
    assert not of_animator & {"help", "reports"}
    assert {"settings", "reports"} <= of_administrator
    assert "help" not in of_administrator


def test_the_first_screen_asks_what_one_would_like_to_do(client, claire):
    client.force_login(claire)
    mine = MenuItem("Écrire une actualité", "/admin/pages/add/", icon_name="edit", order=20)

    with (
        hooks.register_temporarily("register_home_task", lambda request: mine),
        hooks.register_temporarily("register_home_task", lambda request: None),
    ):
        page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Que voulez-vous faire" in page
    assert "Écrire une actualité" in page


def test_nobody_is_led_to_changing_what_roles_may_do(editor):
    page = editor.get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("wagtailusers_users:index") in page
    assert reverse("wagtailusers_groups:index") not in page
