"""The first screens: what members propose is read, and its author follows it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.audience.circles import Circle
from pages.base.desk import to_read
from pages.resources.desk import own_resources
from pages.resources.models import ResourcePage
from pages.resources.operations import Proposal, propose_resource
from tests.pages.resources.test_proposals import moderate

pytestmark = pytest.mark.django_db


@pytest.fixture
def propose(library, settings, aminata):
    settings.WAGTAIL_WORKFLOW_ENABLED = True
    moderate(library)

    def run(title: str) -> ResourcePage:
        proposal = Proposal(title, "link", Circle.MEMBERS, link="https://exemple.invalid/")
        return propose_resource(proposal=proposal, by=aminata, at=timezone.now())

    return run


def test_an_animator_reads_the_resources_that_are_proposed(propose, client, claire):
    page = propose("Guide du quartier")

    matter = to_read(at=timezone.now())

    [line] = matter.lines
    assert (line.title, line.path) == (
        "Guide du quartier",
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )
    assert line.note.startswith("Ressource · ")
    client.force_login(claire)
    assert client.get(matter.act.path).status_code == 200
    assert client.get(matter.path).status_code == 200


def test_its_author_follows_a_resource(propose, aminata, denis, claire):
    page = propose("Guide du quartier")
    [waiting] = own_resources(aminata, at=timezone.now())
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, claire, "reject", comment="De quelle année ?")
    [refused] = own_resources(aminata, at=timezone.now())

    assert (waiting.title, waiting.awaits) == ("Guide du quartier", False)
    assert (refused.awaits, refused.quote) == (True, "De quelle année ?")
    assert refused.act.path == reverse("resource_propose")
    assert not list(own_resources(denis, at=timezone.now()))


def test_an_accepted_resource_is_told_of_for_two_weeks(propose, aminata, claire):
    state = propose("Guide du quartier").current_workflow_task_state
    state.task.specific.on_action(state, claire, "approve")

    [accepted] = own_resources(aminata, at=timezone.now())

    assert accepted.note == "Votre ressource est dans la bibliothèque"
    assert accepted.act.path == ResourcePage.objects.get().get_url()
    assert not list(own_resources(aminata, at=timezone.now() + timedelta(days=15)))


def test_proposals_ask_as_much_for_three_as_for_one(propose, aminata):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            list(own_resources(aminata, at=timezone.now()))
            to_read(at=timezone.now())
        return len(found)

    propose("Un")
    asked()
    one = asked()
    propose("Deux")
    propose("Trois")

    assert to_read(at=timezone.now()).number == 3
    assert asked() == one
