"""Monday: the animator sees who is late and writes to them; a member and the administrator look."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from surveys.campaigns.models import Participation
from surveys.demo.operations import load_demo
from tests.browsing import LAPTOP, PHONE
from tests.letters import send_letters

pytestmark = pytest.mark.browser


def test_the_animators_monday_ends_in_the_letters_of_those_who_are_late(site, logged_in, witness):
    load_demo(at=timezone.now())
    late = Participation.objects.filter(
        campaign__kind="self-assessment", campaign__closed_date=None
    ).filter(campaign__closes_date__gte=timezone.localdate())
    late = late.unanswered()

    # The figure, the list behind it, and the button.
    laptop = logged_in("animation@maillage.example", LAPTOP)
    laptop.goto("/mon-espace/")
    expect(laptop.get_by_role("heading", name="À suivre cette semaine")).to_be_visible()
    figure = laptop.get_by_role("link", name=re.compile("associations n'ont pas répondu")).first
    expect(figure).to_contain_text(str(late.count()))
    witness.look(laptop)
    figure.click()
    laptop.get_by_role("link", name="Relancer les associations en retard").click()
    expect(laptop.locator("main li")).to_have_count(late.count())
    witness.look(laptop)
    mail.outbox.clear()
    laptop.get_by_role("button", name="Envoyer les relances").click()
    expect(laptop.get_by_text("vont partir")).to_be_visible()
    witness.look(laptop)
    send_letters(at=timezone.now() + timedelta(minutes=1))
    written = {address for letter in mail.outbox for address in letter.to}
    assert "referente@maillage.example" in written

    # On a telephone, a member sees what awaits and what is new.
    phone = logged_in("referente@maillage.example", PHONE)
    phone.goto("/mon-espace/")
    expect(phone.get_by_role("heading", name="Ce qui vous attend")).to_be_visible()
    expect(phone.get_by_role("heading", name="Nouveau depuis deux semaines")).to_be_visible()
    expect(phone.get_by_role("heading", name="À suivre cette semaine")).to_have_count(0)
    witness.look(phone)
    phone.set_viewport_size({"width": 360, "height": 800})
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    # The administrator reads how the installation is.
    admin = logged_in("admin@maillage.example", LAPTOP)
    admin.goto("/mon-espace/")
    expect(admin.get_by_role("heading", name="Installation")).to_be_visible()
    expect(admin.get_by_role("link", name="Voir les tâches")).to_be_visible()
    witness.look(admin)

    witness.has_nothing_to_say()
