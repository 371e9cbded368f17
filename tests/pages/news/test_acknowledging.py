"""An item asks associations to take note; the animator sees who has."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intranet.network.models import Association, Membership
from intranet.network.operations import join, save_working_group
from pages.audience.circles import Circle
from pages.news.acknowledging import remind
from pages.news.models import Acknowledgement, AcknowledgementReminder
from tests.letters import send_letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(add_news, association, other_association):
    return add_news(1, acknowledge_by=timezone.localdate() + timedelta(days=10))


def say(client, page, association) -> int:
    address = f"/suivi-des-actualites/{page.pk}/pris-connaissance/{association.slug}/"
    return client.post(address).status_code


def test_a_member_says_it_once_for_the_association(client, asking, association, benoit, aminata):
    client.force_login(benoit)
    assert "Nous en avons pris connaissance" in client.get(asking.url).content.decode()

    say(client, asking, association)
    client.force_login(aminata)
    say(client, asking, association)

    said = Acknowledgement.objects.get()
    assert [said.association, said.by] == [association, benoit]
    text = client.get(asking.url).content.decode()
    assert "Nous en avons pris connaissance" not in text
    assert "prise de connaissance faite" in text


def test_nobody_says_it_for_others(client, asking, association, denis, farid, add_news):
    for person in (denis, farid):
        client.force_login(person)
        assert say(client, asking, association) in {403, 404}
    client.force_login(denis)
    assert say(client, add_news(2), Association.objects.get(slug="la-passerelle")) == 302

    assert not Acknowledgement.objects.exists()


def test_my_space_shows_what_awaits_my_association_until_it_is_said(
    client, asking, association, benoit
):
    client.force_login(benoit)
    assert "Lire et dire que c&#x27;est lu" in client.get("/mon-espace/").text

    say(client, asking, association)

    assert "Lire et dire que" not in client.get("/mon-espace/").text


def test_an_item_of_a_group_asks_the_associations_of_the_group(
    client, add_news, benoit, denis, claire, working_group, association, other_association
):
    page = add_news(
        1, acknowledge_by=date(2030, 1, 1), circle=Circle.GROUP, working_group=working_group
    )

    client.force_login(denis)
    assert "Nouvelle 1" not in client.get("/mon-espace/").content.decode()
    assert say(client, page, other_association) == 404
    client.force_login(claire)
    text = client.get(f"/suivi-des-actualites/{page.pk}/").content.decode()
    assert "Les Tisserands" in text
    assert "La Passerelle" not in text


def test_the_animator_sees_who_has_and_who_has_not(client, asking, association, benoit, claire):
    client.force_login(benoit)
    say(client, asking, association)
    assert client.get(f"/suivi-des-actualites/{asking.pk}/").status_code == 403
    client.force_login(claire)

    text = client.get(f"/suivi-des-actualites/{asking.pk}/").content.decode()

    assert "en ont pris connaissance\u00a0: 1 sur 2" in text
    assert "Benoît" in text
    assert "La Passerelle\n</textarea>" in text
    assert "Nouvelle 1" in client.get("/suivi-des-actualites/").content.decode()
    table = client.get(f"/suivi-des-actualites/{asking.pk}/tableau.csv").content.decode()
    assert table.splitlines()[1].startswith("La Passerelle;;;")


def test_a_name_is_no_formula_in_the_table(client, asking, claire):
    Association.objects.create(slug="formule", name="=1+1")
    client.force_login(claire)

    table = client.get(f"/suivi-des-actualites/{asking.pk}/tableau.csv").content.decode()

    assert "'=1+1;" in table


def test_a_reminder_leaves_once_a_day_to_those_that_have_not(
    client,
    asking,
    association,
    benoit,
    denis,
    claire,
    time_machine,
    django_capture_on_commit_callbacks,
):
    client.force_login(benoit)
    say(client, asking, association)
    client.force_login(claire)
    remind = f"/suivi-des-actualites/{asking.pk}/relancer/"

    with django_capture_on_commit_callbacks(execute=True):
        client.post(remind)
        client.post(remind)
    assert [letter.to for letter in mail.outbox] == [["denis@example.org"]]
    assert asking.url in mail.outbox[0].body
    time_machine.move_to(timezone.now() + timedelta(days=1))
    client.force_login(claire)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(remind)

    assert len(mail.outbox) == 2
    assert AcknowledgementReminder.objects.count() == 2


def test_a_reminder_about_a_group_leaves_to_those_of_the_association_who_are_in_it(
    client,
    add_news,
    working_group,
    association,
    aminata,
    benoit,
    claire,
    django_capture_on_commit_callbacks,
):
    """Aminata represents the association, and the group's news is not for her."""
    page = add_news(
        1, acknowledge_by=date(2030, 1, 1), circle=Circle.GROUP, working_group=working_group
    )
    client.force_login(claire)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/suivi-des-actualites/{page.pk}/relancer/")

    assert [letter.to for letter in mail.outbox] == [["benoit@example.org"]]


def test_a_reminder_does_not_leave_to_who_left_the_group_meanwhile(
    add_news, working_group, benoit, claire
):
    page = add_news(
        1, acknowledge_by=date(2030, 1, 1), circle=Circle.GROUP, working_group=working_group
    )
    remind(page=page, at=timezone.now())
    save_working_group(working_group=working_group, members=[])

    send_letters(at=timezone.now())

    assert mail.outbox == []


def test_what_awaits_asks_as_many_queries_for_three_as_for_one(client, add_news, benoit):
    soon = timezone.localdate() + timedelta(days=5)
    client.force_login(benoit)
    add_news(1, acknowledge_by=soon)
    client.get("/mon-espace/")
    with CaptureQueriesContext(connection) as one:
        client.get("/mon-espace/")
    add_news(2, acknowledge_by=soon)
    add_news(3, acknowledge_by=soon)
    with CaptureQueriesContext(connection) as three:
        assert "Nouvelle 3" in client.get("/mon-espace/").content.decode()

    assert len(one) == len(three)


def test_the_table_asks_as_many_queries_for_three_as_for_one(client, asking, claire, benoit):
    address = f"/suivi-des-actualites/{asking.pk}/"
    client.force_login(claire)
    client.get(address)
    with CaptureQueriesContext(connection) as two:
        client.get(address)
    for number in (3, 4):
        more = Association.objects.create(slug=f"asso-{number}", name=f"Association {number}")
        join(user=benoit, association=more, role=Membership.Role.CONTRIBUTOR)
        Acknowledgement.objects.create(page=asking, association=more, by=benoit, at=timezone.now())
    with CaptureQueriesContext(connection) as four:
        assert "Association 4" in client.get(address).content.decode()

    assert len(two) == len(four)
