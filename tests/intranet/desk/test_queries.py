"""The first screens: figures against the database, and what each person finds there."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intranet.accounts.models import User
from intranet.desk import queries
from intranet.desk.contract import Line, Matter
from intranet.desk.sources import out_of_reach, requests_to_join
from intranet.health import views as health
from intranet.health.operations import Finding
from intranet.invitations.models import Invitation
from intranet.invitations.operations import invite
from intranet.jobs.models import Job
from intranet.joining.operations import ask
from intranet.network.models import Association
from intranet.notifications.models import Letter, Reason, SilentAddress

pytestmark = pytest.mark.django_db


@pytest.fixture
def gaelle(db) -> User:
    return User.objects.create_superuser(email="gaelle@example.org", password="x")


@pytest.fixture(autouse=True)
def _asked_anew():
    health.health_during.cache_clear()
    yield
    health.health_during.cache_clear()


def add_letter(state: str, number: int) -> None:
    settled = None if state in {"waiting", "sending"} else timezone.now()
    Letter.objects.bulk_create(
        [
            Letter(
                kind="test",
                occasion=f"{state} {number}",
                to="a@example.org",
                state=state,
                asked_at=timezone.now(),
                due_at=timezone.now(),
                settled_at=settled,
            )
        ]
    )


def test_the_installation_counts_jobs_and_letters():
    now = timezone.now()
    for number, state in enumerate(["queued", "queued", "failed", "done"]):
        Job.objects.create(name=f"job {number}", state=state, due_at=now)
    for number in range(3):
        add_letter("waiting", number)
    add_letter("refused", 0)
    add_letter("sent", 0)

    found = queries.installation()

    assert (found.jobs_waiting, found.jobs_failed) == (2, 1)
    assert (found.letters_waiting, found.letters_refused) == (3, 1)
    assert found.oldest_job == Job.objects.earliest("created_at").created_at


def test_what_is_ill_is_said_in_words_to_the_administrator(client, gaelle, claire, monkeypatch):
    ill = (Finding("database"), Finding("jobs", "Relancez les tâches."))
    monkeypatch.setattr(queries, "remembered_health", lambda: ill)

    client.force_login(gaelle)
    page = unescape(client.get("/mon-espace/").text)
    client.force_login(claire)
    others = unescape(client.get("/mon-espace/").text)

    assert "Relancez les tâches." in page
    assert "À regarder" in page
    assert "Relancez les tâches." not in others
    assert "L'installation" not in others


def test_addresses_that_letters_came_back_from_are_listed():
    SilentAddress.objects.create(
        address="b@example.org", since=timezone.now(), reason=Reason.MAILBOX_FULL
    )

    matter = out_of_reach(at=timezone.now())

    assert matter.number == SilentAddress.objects.count() == 1
    assert matter.lines == [
        Line("b@example.org", reverse("letters"), "La boîte de réception est pleine.")
    ]
    assert matter.act.path == reverse("letters")


def invite_people(association, by: User, *names: str, at) -> None:
    emails = [f"{name}@example.org" for name in names]
    invite(emails=emails, association=association, role=Invitation.Role.CONTRIBUTOR, by=by, at=at)


def test_invitations_that_nobody_accepted_are_listed_from_the_next_day(association, aminata):
    now = timezone.now()
    invite_people(association, aminata, "samia", at=now - timedelta(days=20))
    invite_people(association, aminata, "marc", at=now - timedelta(days=3))
    invite_people(association, aminata, "lea", at=now)

    matter = out_of_reach(at=now)

    assert [(line.title, line.note) for line in matter.lines] == [
        ("samia@example.org", "Les Tisserands · l'invitation n'est plus valable"),
        ("marc@example.org", "Les Tisserands · invitation envoyée il y a 3 jours"),
    ]
    assert matter.act.path == reverse("invitations")


def test_who_is_out_of_reach_is_asked_for_in_as_many_queries_for_three_as_for_one(
    association, aminata
):
    now = timezone.now()
    asked = []
    for names in (["a"], ["b", "c"]):
        invite_people(association, aminata, *names, at=now - timedelta(days=3))
        SilentAddress.objects.create(
            address=f"{names[0]}@example.net", since=now, reason=Reason.MAILBOX_FULL
        )
        with CaptureQueriesContext(connection) as found:
            out_of_reach(at=now)
        asked.append(len(found))

    assert asked[0] == asked[1]


def test_an_animator_follows_five_matters(client, claire):
    client.force_login(claire)

    text = client.get("/mon-espace/").text

    assert text.count('class="figure"') == 5
    assert "followed-signatures" not in text


def test_an_account_without_an_association_is_told_what_to_do_next(client, db):
    samia = User.objects.create_user(email="samia@example.org", password="x")
    client.force_login(samia)

    response = client.get("/mon-espace/")

    text = unescape(response.text)
    assert response.status_code == 200
    assert "demandez une invitation" in text
    assert "samia@example.org" in text
    assert "Écrire une actualité" not in text
    # It is reached from every page.
    assert 'href="/mon-espace/"' in client.get(reverse("directory")).text


def test_a_partner_is_told_what_there_is_to_read(client, farid):
    client.force_login(farid)

    text = unescape(client.get("/mon-espace/").text)

    assert "Vous êtes partenaire du réseau" in text
    assert "demandez une invitation" not in text
    assert f'href="{reverse("directory")}"' in text


def test_what_one_asked_is_said_there(client, association, db):
    samia = User.objects.create_user(email="samia@example.org", password="x")
    Association.objects.filter(pk=association.pk).update(is_public=True)
    client.force_login(samia)
    assert f'href="{reverse("join_association")}"' in client.get("/mon-espace/").text
    ask(user=samia, association=association, word="", at=timezone.now())

    text = unescape(client.get("/mon-espace/").text)

    assert "Vous avez demandé à rejoindre" in text
    assert "Les Tisserands" in text
    assert "demandez une invitation" not in text


def test_representatives_find_who_asks_to_join(client, association, aminata, benoit, denis):
    samia = User.objects.create_user(email="samia@example.org", password="x", first_name="Samia")
    ask(user=samia, association=association, word="Je tiens l'atelier.", at=timezone.now())

    [notice] = requests_to_join(aminata, at=timezone.now())

    assert (notice.note, notice.quote) == ("Les Tisserands", "Je tiens l'atelier.")
    assert [*requests_to_join(benoit, at=timezone.now())] == []
    assert [*requests_to_join(denis, at=timezone.now())] == []
    client.force_login(aminata)
    assert "Je tiens l'atelier." in unescape(client.get("/mon-espace/").text)
    assert 'id="requests"' in client.get(notice.act.path).text


def test_who_asks_is_asked_for_in_as_many_queries_for_three_as_for_one(association, aminata):
    asked = []
    for names in (["a"], ["b", "c"]):
        for name in names:
            person = User.objects.create_user(email=f"{name}@example.org", password="x")
            ask(user=person, association=association, word="", at=timezone.now())
        with CaptureQueriesContext(connection) as found:
            [*requests_to_join(User.objects.get(pk=aminata.pk), at=timezone.now())]
        asked.append(len(found))

    assert asked[0] == asked[1]


def test_a_matter_shows_five_lines_and_says_how_many_are_left():
    matter = Matter(
        key="k", title="t", counted="c", empty="e", lines=[Line(str(n)) for n in range(7)]
    )

    assert (matter.number, len(matter.shown), matter.more) == (7, 5, 2)
