"""Wagtail's reports and groups answer nobody that has no use for them."""

import pytest
from django.urls import reverse

from intranet.accounts.models import User

pytestmark = pytest.mark.django_db

REPORTS = ["site_history", "locked_pages", "workflow", "workflow_tasks", "aging_pages"]


@pytest.fixture
def gaelle(db) -> User:
    return User.objects.create_superuser(email="gaelle@example.org", password="x")


@pytest.mark.parametrize("report", REPORTS)
def test_reports_are_an_administrators(client, claire, elodie, gaelle, report):
    address = reverse(f"wagtailadmin_reports:{report}")
    answers = []
    for person in (claire, elodie, gaelle):
        client.force_login(person)
        answers.append(client.get(address).status_code)

    assert answers == [302, 302, 200]


def test_groups_are_changed_by_nobody(client, claire, gaelle):
    for person in (claire, gaelle):
        client.force_login(person)
        response = client.get(reverse("wagtailusers_groups:index"), follow=True)
        assert response.redirect_chain[-1][0] == reverse("wagtailadmin_home")
        assert "Les rôles sont fixes" in response.text


def test_groups_are_closed_to_members(client, aminata):
    client.force_login(aminata)

    assert client.get(reverse("wagtailusers_groups:index")).status_code == 403
