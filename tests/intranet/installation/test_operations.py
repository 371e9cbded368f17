import pytest
from wagtail.models import Site

from intranet.installation import operations
from intranet.installation.models import Installation
from intranet.installation.queries import is_demo

pytestmark = pytest.mark.django_db


def test_an_empty_database_becomes_a_demo_and_stays_one(django_user_model):
    assert not is_demo()

    operations.mark_as_demo()
    django_user_model.objects.create_user("demo@example.org")
    operations.mark_as_demo()

    assert is_demo()


def test_a_database_with_real_accounts_never_becomes_a_demo(aminata):
    with pytest.raises(operations.DemoRefused):
        operations.mark_as_demo()

    assert not is_demo()


def test_the_demo_never_runs_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(operations.DemoRefused):
        operations.mark_as_demo()

    assert not Installation.objects.exists()


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://maillage.example", ("maillage.example", 443)),
        ("http://maillage.example", ("maillage.example", 80)),
        ("http://localhost:8123", ("localhost", 8123)),
    ],
)
def test_the_site_has_the_address_that_people_type(base_url, expected):
    operations.align_site(base_url=base_url)
    operations.align_site(base_url=base_url)

    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == expected
