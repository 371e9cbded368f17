import pytest
from django.core import mail
from django.urls import reverse

from intranet.notifications.models import Letter, SilentAddress
from tests.intranet.notifications.conftest import queue
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(letter) -> Letter:
    Letter.objects.filter(pk=letter.pk).update(
        state=Letter.State.REFUSED, reason="no-such-address", answer="550 5.1.1", settled_at=NOW
    )
    letter.refresh_from_db()
    return letter


def test_the_animator_sees_what_was_refused_and_why(client, claire, refused):
    queue(2, to="benoit@example.org")
    client.force_login(claire)

    page = client.get(reverse("letters"), {"state": "refused"}).content.decode()

    assert "aminata@example.org" in page
    assert "benoit@example.org" not in page
    assert "Cette adresse n'existe pas ou n'existe plus." in page.replace("&#x27;", "'")
    assert "Refusé <b>1</b>" in page


def test_a_letter_is_found_by_its_address(client, claire, letter):
    queue(2, to="benoit@example.org")
    client.force_login(claire)

    page = client.get(reverse("letters"), {"q": "benoit"}).content.decode()

    assert "benoit@example.org" in page
    assert "aminata@example.org" not in page


def test_the_animator_sends_a_refused_letter_again(
    client, claire, refused, django_capture_on_commit_callbacks
):
    client.force_login(claire)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("letter_send_again", args=[refused.pk]), follow=True)

    assert [message.to for message in mail.outbox] == [["aminata@example.org"]]


def test_those_who_do_not_animate_see_no_letters(client, elodie, aminata, refused):
    for person in (elodie, aminata):
        client.force_login(person)

        assert client.get(reverse("letters")).status_code in {302, 403}
        assert client.post(reverse("letter_send_again", args=[refused.pk])).status_code != 200
    refused.refresh_from_db()
    assert refused.state == Letter.State.REFUSED


def test_the_list_of_people_says_who_cannot_be_written_to(client, admin_user, aminata):
    SilentAddress.objects.create(address=aminata.email, since=NOW, reason="no-such-address")
    client.force_login(admin_user)

    page = client.get(reverse("wagtailusers_users:index")).content.decode()

    # Of two people, one.
    assert page.count("les courriels reviennent") == 1


def test_many_letters_ask_as_much_of_the_database_as_one(
    client, claire, letter, django_assert_max_num_queries
):
    client.force_login(claire)
    client.get(reverse("letters"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(reverse("letters"))
    for number in range(2, 5):
        queue(number, person=claire)
    with CaptureQueriesContext(connection) as four:
        client.get(reverse("letters"))

    assert len(one) == len(four)
