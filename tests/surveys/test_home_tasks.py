"""What the editor's first screen offers of the surveys, and to whom."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_an_animator_is_led_to_questionnaires_and_campaigns(client, claire):
    client.force_login(claire)

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Faire un questionnaire" in page
    assert "Suivre une campagne" in page


def test_an_editor_makes_questionnaires_and_does_not_run_campaigns(client, elodie):
    client.force_login(elodie)

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Faire un questionnaire" in page
    assert "Suivre une campagne" not in page
