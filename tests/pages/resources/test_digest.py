from datetime import timedelta

import pytest
from django.utils import timezone

from intranet.digest import operations, queries
from intranet.digest.models import DigestLetter
from pages.audience.circles import Circle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def resources_only(settings):
    settings.DIGEST_SOURCES = ["pages.resources.digest.resources"]


def test_the_library_tells_each_what_came_in_for_their_circles(add_resource, aminata, farid):
    add_resource(1, summary="Un guide.")
    add_resource(2, circle=Circle.MEMBERS)
    at = timezone.now() + timedelta(hours=1)

    operations.write_weekly_letters(on=timezone.localdate(at), at=at)

    told = {
        letter.person: sorted(entry.title for entry in queries.entries_of(letter))
        for letter in DigestLetter.objects.select_related("person")
    }
    assert told == {aminata: ["Ressource 1", "Ressource 2"], farid: ["Ressource 1"]}
