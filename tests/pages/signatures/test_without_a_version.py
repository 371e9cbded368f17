"""Before the first version of the charter. A module of its own: that of others is published."""

import pytest

from tests.pages.signatures.test_views import FOLLOW_UP, url

pytestmark = pytest.mark.django_db


def test_without_a_version_there_is_nothing_to_sign(client, aminata, claire):
    client.force_login(aminata)
    assert client.get(url("sign")).status_code == 404
    assert "Signer la charte" not in client.get("/mon-espace/").text
    client.force_login(claire)
    assert "il n'y a rien à signer" in client.get(FOLLOW_UP).text
