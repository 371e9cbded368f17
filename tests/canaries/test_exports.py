"""What leaves as a file is opened, and is for who asked for it."""

from typing import Final

import pytest
from django.urls import reverse

from surveys.campaigns.models import Campaign
from surveys.exports.models import Export
from surveys.exports.operations import build_export, request_export
from tests.canaries.planting import ANIMATOR, EDITOR, NOBODY, REPRESENTATIVE, ROLES
from tests.canaries.reading import READ_ALL, Reading, client_of, read
from tests.canaries.world import World
from tests.people import NOW

pytestmark = pytest.mark.django_db

CONTENTS: Final = [(one, kind) for one in Export.Format for kind in Export.Content]


def built(world: World, campaign: Campaign, kind: str, content: str) -> Export:
    export = request_export(
        campaign=campaign, format=kind, content=content, by=world.person(ANIMATOR), at=NOW
    )
    build_export(export=export, at=NOW)
    export.refresh_from_db()
    return export


@pytest.mark.parametrize(("kind", "content"), CONTENTS)
def test_an_export_is_for_who_asked_for_it(world: World, kind: str, content: str) -> None:
    """The others are not even told that it is there, the administrator included."""
    for campaign in Campaign.objects.filter(slug__in=("besoins-2026", "bilan-2025")):
        export = built(world, campaign, kind, content)
        reading = Reading(world)
        for role in ROLES if READ_ALL else (NOBODY, REPRESENTATIVE, EDITOR, ANIMATOR):
            client = client_of(world.people[role])
            for name in ("export", "export_download"):
                answer = read(client, role, reverse(name, args=[export.pk]), reading)
                assert (answer.status_code == 200) == (role == ANIMATOR), (role, name)

        assert reading.leaks == []
        words = {world.birds[one.number].label for one in reading.heard}
        has_rows = campaign.responses.exists() and content == Export.Content.ROWS
        assert any("text" in one for one in words) == has_rows, words


@pytest.mark.parametrize("kind", Export.Format)
def test_figures_say_no_answer(world: World, kind: str) -> None:
    """Of few answers nothing is counted, and no words are figures."""
    reading = Reading(world)
    for campaign in Campaign.objects.filter(questionnaire=world.things["asked"]):
        export = built(world, campaign, kind, Export.Content.FIGURES)
        where = reverse("export_download", args=[export.pk])
        read(client_of(world.person(ANIMATOR)), ANIMATOR, where, reading)

    assert [one for one in reading.heard if "text" in world.birds[one.number].label] == []
