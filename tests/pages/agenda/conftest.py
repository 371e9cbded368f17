"""An agenda, and events that one sentence publishes."""

from datetime import date

import pytest

from intranet.network.models import Theme, WorkingGroup
from intranet.network.operations import save_working_group
from pages.agenda.models import AgendaPage, EventPage
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from tests.people import NOW


@pytest.fixture(autouse=True)
def on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def agenda(home) -> AgendaPage:
    return home.add_child(instance=AgendaPage(title="Agenda", slug="agenda"))


@pytest.fixture
def health(db) -> Theme:
    return Theme.objects.create(name="Santé", slug="sante")


@pytest.fixture
def group(aminata) -> WorkingGroup:
    return save_working_group(working_group=WorkingGroup(name="Santé"), members=[aminata])


@pytest.fixture
def add_event(agenda):
    """Publish an event of some day of April 2026, after the tests' today."""

    def add(day: int, *, circle=Circle.PUBLIC, group=None, themes=(), territories=(), **fields):
        fields.setdefault("title", f"Rencontre {day}")
        fields.setdefault("starts_on", date(2026, 4, day))
        page = EventPage(live=False, **fields)
        agenda.add_child(instance=page)
        page.themes.set(themes)
        page.territories.set(territories)
        page.save()
        give_circle(page=page, circle=circle, group=group)
        page.save_revision().publish()
        page.refresh_from_db()
        return page

    return add
