"""The animator's first screen says who is late, and writes to them."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from intranet.desk import queries as desk
from intranet.network.models import Association
from surveys.campaigns import operations
from surveys.campaigns.desk import late_answers
from surveys.campaigns.models import Campaign, Participation
from tests.letters import send_letters
from tests.people import NOW, TODAY
from tests.surveys.campaigns.conftest import make_associations, make_campaign


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def late(questionnaire) -> Campaign:
    """Three associations are asked: one has answered, one has no address."""
    one, two, three = make_associations(3)
    Association.objects.filter(pk=two.pk).update(email="")
    campaign = make_campaign(questionnaire, associations=[one, two, three])
    answered = campaign.participations.get(association=one)
    operations.mark_submitted(participation=answered, at=NOW)
    send_letters(at=NOW)
    mail.outbox.clear()
    return campaign


def test_late_answers_are_those_of_open_campaigns(late, questionnaire):
    closed = make_campaign(questionnaire, "closed", associations=make_associations_again())
    operations.close_campaign(campaign=closed, on=TODAY)
    make_campaign(questionnaire, "besoins", kind=Campaign.Kind.NEEDS_SURVEY)

    matter = late_answers(at=NOW)

    unanswered = Participation.objects.filter(campaign=late).unanswered()
    assert matter.number == unanswered.count() == 2
    assert [line.title for line in matter.lines] == ["Association 01", "Association 02"]


def make_associations_again() -> list[Association]:
    return list(Association.objects.all())


def test_the_screen_shows_the_figure_and_the_list_behind_it(client, claire, late):
    client.force_login(claire)

    page = unescape(client.get("/mon-espace/").text)
    listed = unescape(client.get(reverse("remind_late")).text)

    assert '<span class="figure__number">2</span> <span>associations n\'ont pas répondu' in page
    for name in ("Association 01", "Association 02"):
        assert name in page
        assert name in listed
    assert "Association 00" not in listed
    assert "pas d'adresse" in listed


def test_reminding_writes_to_the_late_ones_and_says_whom_no_letter_reaches(client, claire, late):
    client.force_login(claire)

    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        response = client.post(reverse("remind_late"), follow=True)
        send_letters(at=NOW + timedelta(days=2))

    assert response.redirect_chain[-1][0] == "/mon-espace/"
    text = unescape(response.text)
    assert "1 lettre" in text
    assert "1 association n'a pas d'adresse" in text
    assert [letter.to for letter in mail.outbox] == [["a02@example.org"]]


def test_nobody_is_reminded_twice_on_one_day(client, claire, late):
    client.force_login(claire)
    tomorrow = NOW + timedelta(days=1, minutes=1)

    with time_machine.travel(tomorrow, tick=False):
        client.post(reverse("remind_late"))
        again = client.post(reverse("remind_late"), follow=True)
        send_letters(at=tomorrow)

    assert "Tout le monde a déjà reçu une lettre aujourd'hui." in unescape(again.text)
    assert [letter.to for letter in mail.outbox] == [["a02@example.org"]]


def test_opening_the_screen_of_reminders_sends_nothing(client, claire, late):
    client.force_login(claire)

    client.get(reverse("remind_late"))
    send_letters(at=NOW)

    assert mail.outbox == []


@pytest.mark.parametrize("person", ["aminata", "benoit", "elodie", "denis", "farid"])
def test_only_animators_remind(client, late, person, request):
    client.force_login(request.getfixturevalue(person))

    response = client.post(reverse("remind_late"))
    send_letters(at=NOW)

    assert response.status_code == 403
    assert mail.outbox == []


@pytest.mark.parametrize("person", ["aminata", "benoit", "elodie", "denis"])
def test_others_do_not_see_what_an_animator_follows(client, late, person, request):
    client.force_login(request.getfixturevalue(person))

    page = unescape(client.get("/mon-espace/").text)

    assert "À suivre cette semaine" not in page
    assert "L'installation" not in page
    assert "Association 01" not in page
    assert "Nouveau depuis deux semaines" in page


def test_the_figures_ask_as_much_for_ten_as_for_one(
    questionnaire, association, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_campaign(questionnaire, associations=[association])
    with CaptureQueriesContext(connection) as one:
        assert late_answers(at=NOW).number == 1
    many = make_associations(10)
    make_campaign(questionnaire, "bilan-2027", associations=many, closes_date=TODAY + timedelta(9))

    with django_assert_num_queries(len(one)):
        assert late_answers(at=NOW).number == 11


def test_every_matter_has_its_place_on_the_page(client, claire, late):
    client.force_login(claire)

    page = client.get("/mon-espace/").text

    matters = desk.matters(at=NOW)
    assert len(matters) == 5
    for matter in matters:
        assert f'href="#{matter.key}"' in page
        assert page.count(f'id="{matter.key}"') == 1
