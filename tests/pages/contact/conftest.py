"""A form with one question of each kind, and a visitor who takes the time to write."""

from datetime import timedelta

import pytest

from pages.contact.fields import FieldKind
from pages.contact.guarding import STAMP, TRAP
from pages.contact.models import FormField, FormIndexPage, FormPage
from tests.people import NOW


@pytest.fixture
def forms(home) -> FormIndexPage:
    return home.add_child(instance=FormIndexPage(title="Formulaires", slug="formulaires"))


@pytest.fixture
def add_form(forms):
    def add(*questions: tuple[str, str], **fields) -> FormPage:
        page = FormPage(
            title=fields.pop("title", "Nous écrire"),
            purpose=fields.pop("purpose", "Vous répondre."),
            live=False,
            **fields,
        )
        page.form_fields = [
            FormField(label=label, field_type=kind, clean_name=label.lower(), sort_order=rank)
            for rank, (label, kind) in enumerate(questions or [("Message", FieldKind.TEXT)])
        ]
        forms.add_child(instance=page)
        page.save_revision().publish()
        return page

    return add


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def fill(client, clock):
    """Opens a form, writes for some seconds, sends."""

    def fill(page: FormPage, *, seconds: float = 20, trap: str = "", stamp: str = "", **typed):
        shown = client.get(page.url)
        stamp = stamp or shown.context["stamp"]
        clock.shift(timedelta(seconds=seconds))
        return client.post(page.url, {STAMP: stamp, TRAP: trap, **typed})

    return fill
