"""The weekly letter: read without an account, stopped in one click, chosen by a member."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.digest.operations import write_weekly_letters
from intranet.network.models import Membership
from intranet.network.operations import join
from intranet.notifications.tasks import send_letters
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.home.operations import lay_site
from pages.news.models import NewsIndexPage, NewsPage
from surveys.demo.network import PASSWORD
from tests.browsing import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

INVITED = "hawa@example.org"
MEMBER = "aminata@example.org"


@pytest.fixture
def letters(site, settings, association, mailoutbox):
    """Two people of the network are sent the letter; one never opened her account."""
    settings.BASE_URL = site.url
    lay_site()
    page = NewsPage(
        title="Un jardin au pied des tours",
        summary="Les bacs sont arrivés.",
        body=[("paragraph", "<p>On plante samedi, avec les enfants de l'école.</p>")],
    )
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    give_circle(page=page, circle=Circle.MEMBERS)
    for email, name, password in ((INVITED, "Hawa", None), (MEMBER, "Aminata", PASSWORD)):
        person = User.objects.create_user(email, password, first_name=name)
        join(user=person, association=association, role=Membership.Role.REPRESENTATIVE)
    now = timezone.now()
    write_weekly_letters(on=timezone.localdate(now), at=now)
    send_letters()
    return {letter.to[0]: letter for letter in mailoutbox}


def path_after(words: str, body: str) -> str:
    found = re.search(rf"{words}\n(\S+)", body)
    assert found, body
    return urlsplit(found[1]).path


def test_who_never_opened_an_account_reads_the_letter_and_stops_it(letters, open_browser, witness):
    letter = letters[INVITED]
    phone = open_browser(PHONE)
    assert "On plante samedi" in letter.body

    phone.goto(path_after("Cette lettre sur le web :".replace(" :", "\\s:"), letter.body))
    expect(phone.get_by_role("heading", name="La semaine du réseau")).to_be_visible()
    expect(phone.get_by_text("On plante samedi")).to_be_visible()
    witness.look(phone)

    phone.get_by_role("link", name="Un jardin au pied des tours").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Un jardin au pied des tours")
    expect(phone.get_by_text("On plante samedi, avec les enfants")).to_be_visible()
    witness.look(phone)

    # The same page, by its own address, asks who is there.
    phone.goto("/actualites/un-jardin-au-pied-des-tours/")
    expect(phone.get_by_label("Mot de passe")).to_be_visible()

    phone.goto(path_after("Pour ne plus la recevoir\\s:", letter.body))
    witness.look(phone)
    phone.get_by_role("button", name="Arrêter la lettre").click()
    expect(phone.get_by_role("heading", name="La lettre est arrêtée")).to_be_visible()
    witness.look(phone)
    phone.get_by_role("button", name="Recevoir de nouveau la lettre").click()
    expect(phone.get_by_role("heading", name="La lettre revient")).to_be_visible()

    witness.has_nothing_to_say()


def test_a_member_chooses_the_rhythm_and_finds_past_letters(letters, logged_in, witness):
    page = logged_in(MEMBER)

    page.goto("/compte/lettre/")
    witness.look(page)
    page.get_by_label("chaque jour, seulement les échéances").check()
    page.get_by_role("button", name="Enregistrer mon choix").click()
    expect(page.get_by_text("Votre choix est enregistré.")).to_be_visible()
    expect(page.get_by_label("chaque jour, seulement les échéances")).to_be_checked()

    page.get_by_role("link", name="Lettre du").click()
    expect(page.get_by_role("heading", name="La semaine du réseau")).to_be_visible()

    witness.has_nothing_to_say()


def test_the_animator_sees_what_became_of_the_letters(letters, logged_in, witness):
    User.objects.filter(email=MEMBER).first().groups.add(_group(roles.ANIMATOR))
    page = logged_in(MEMBER)

    page.goto("/admin/letters/")
    expect(page.get_by_text(INVITED)).to_be_visible()
    witness.look(page)
    page.get_by_role("link", name=re.compile("Envoyé")).click()
    expect(page.get_by_text(INVITED)).to_be_visible()

    witness.has_nothing_to_say()


def _group(name: str):
    from django.contrib.auth.models import Group

    return Group.objects.get(name=name)
