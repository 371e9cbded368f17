"""The first screens about people: who has not come, who asks to join, who belongs to nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intranet.accounts.models import User
from intranet.desk.sources import not_reached, requests_to_join
from intranet.invitations.models import Invitation
from intranet.invitations.operations import accept, invite, revoke
from intranet.joining.operations import ask
from intranet.network.models import Association
from intranet.notifications.models import Reason, SilentAddress
from tests.conftest import make_person
from tests.people import NOW
from tests.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def samia(db) -> User:
    return make_person("samia@example.org", "Samia")


def invite_to(association: Association | None, by: User, *emails: str) -> list[Invitation]:
    role = Invitation.Role.CONTRIBUTOR if association else Invitation.Role.PARTNER
    return invite(emails=list(emails), association=association, role=role, by=by, at=NOW)


def test_invitations_that_nobody_opened_are_people_who_have_not_come(association, claire):
    first, second = invite_to(association, claire, "a@example.org", "b@example.org")
    revoke(invitation=second, at=NOW)

    early = not_reached(at=NOW + timedelta(days=1))
    late = not_reached(at=NOW + timedelta(days=15))

    assert [(line.title, line.note) for line in early.lines] == [
        ("a@example.org", "Les Tisserands · invitation du 12 mars 2026")
    ]
    assert [line.note for line in late.lines] == ["Les Tisserands · le lien a expiré"]
    assert early.act.path == reverse("invitations")
    accept(invitation=first, by=make_person("a@example.org", "Anna"), at=NOW)
    assert not_reached(at=NOW).lines == []


def test_an_invitation_that_came_back_is_one_person(association, claire):
    invite_to(association, claire, "A@example.org")
    SilentAddress.objects.create(address="a@example.org", since=NOW, reason=Reason.MAILBOX_FULL)

    matter = not_reached(at=NOW)

    assert [line.title for line in matter.lines] == ["a@example.org"]
    assert matter.act.path == reverse("letters")


def test_an_animator_finds_invitations_to_send_again(client, association, claire):
    invite_to(association, claire, "a@example.org")
    invite_to(None, claire, "mairie@example.org")
    client.force_login(claire)

    for line in not_reached(at=NOW).lines:
        assert client.get(line.path).status_code == 200
    assert "mairie@example.org" in words_of(client.get("/mon-espace/"))


def test_representatives_find_who_asks_to_join(client, samia, association, aminata, benoit, denis):
    ask(user=samia, association=association, word="Je tiens l'atelier.", at=NOW)

    [wait] = requests_to_join(person=aminata, at=NOW)
    assert (wait.about, wait.note) == ("Les Tisserands", "Je tiens l'atelier.")
    assert requests_to_join(person=benoit, at=NOW) == []
    assert requests_to_join(person=denis, at=NOW) == []
    client.force_login(aminata)
    page = words_of(client.get("/mon-espace/"))
    assert "Une chose vous attend." in page
    assert "Je tiens l'atelier." in page
    assert 'id="requests"' in client.get(wait.act.path).text


def test_requests_take_one_query_however_many(association, aminata, samia):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            requests_to_join(person=User.objects.get(pk=aminata.pk), at=NOW)
        return len(asked)

    ask(user=samia, association=association, word="", at=NOW)
    one = queries()
    for number in range(3):
        other = make_person(f"p{number}@example.org", f"P{number}")
        ask(user=other, association=association, word="", at=NOW)

    assert queries() == one


def test_an_account_without_association_reads_what_comes_next(client, samia, association):
    association.is_public = True
    association.save()
    client.force_login(samia)

    page = client.get("/mon-espace/")

    assert page.status_code == 200
    assert "Vous n'appartenez pas encore à une association du réseau." in words_of(page)
    assert f'href="{reverse("join_association")}"' in page.text
    assert page.text.count('href="/mon-espace/"') > 0
    assert 'href="/campagnes/"' not in page.text
    ask(user=samia, association=association, word="", at=NOW)
    asked = words_of(client.get("/mon-espace/"))
    assert "Vous avez demandé à rejoindre" in asked
    assert "Les Tisserands" in asked


def test_a_public_partner_has_a_space_without_what_is_for_members(client, farid, association):
    client.force_login(farid)

    page = words_of(client.get("/mon-espace/"))

    assert "comme partenaire public" in page
    assert "Les Tisserands" not in page
    assert client.get("/campagnes/").status_code == 403


def test_nobody_is_asked_to_log_in(client):
    assert client.get("/mon-espace/").status_code == 302
