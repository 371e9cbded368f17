from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.accounts.models import User
from intranet.invitations import operations, queries
from intranet.invitations.models import Invitation
from intranet.network.models import Membership
from intranet.notifications.bounces import Bounce
from intranet.notifications.models import Letter
from intranet.notifications.operations import record_bounce
from tests.letters import send_letters
from tests.people import NOW

pytestmark = pytest.mark.django_db

FORM = {"first_name": "Samia", "last_name": "Haddad", "password": "quatre-mots-mis-ensemble"}


@pytest.fixture
def link(invited, newest_link) -> str:
    return newest_link("samia@example.org")


def said(response) -> str:
    return response.content.decode()


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# -- The link ------------------------------------------------------------------------------


def test_opening_the_link_says_who_invites_to_what_and_does_nothing(client, link, invited):
    for _time in range(2):
        text = said(client.get(link))

    assert "Aminata" in text
    assert "Les Tisserands" in text
    invited.refresh_from_db()
    assert invited.accepted_at is None
    assert not User.objects.filter(email=invited.email).exists()


def test_sending_the_form_opens_the_account_and_logs_in(client, link):
    response = client.post(link, FORM)

    assert response.url == reverse("my_space")
    assert response.wsgi_request.user.email == "samia@example.org"
    # A second click leads on.
    assert client.post(link, FORM).url == reverse("my_space")
    assert User.objects.filter(email="samia@example.org").count() == 1


def test_the_address_cannot_be_chosen(client, link):
    client.post(link, {**FORM, "email": "boss@example.org"})

    assert User.objects.filter(email="samia@example.org").exists()
    assert not User.objects.filter(email="boss@example.org").exists()


def test_a_poor_password_is_refused_and_the_names_are_kept(client, link):
    response = client.post(link, {**FORM, "password": "12345"})

    assert response.status_code == 200
    assert 'value="Haddad"' in said(response)
    assert not User.objects.filter(email="samia@example.org").exists()


def test_somebody_with_an_account_logs_in_first(client, link):
    User.objects.create_user("samia@example.org", "un-long-mot-de-passe")

    text = said(client.get(link))
    client.post(link, FORM)

    assert f"next={link}" in text
    assert not Membership.objects.filter(user__email="samia@example.org").exists()


def test_then_one_button_is_enough(link):
    samia = User.objects.create_user("samia@example.org", "un-long-mot-de-passe")
    client = as_(samia)

    assert "Rejoindre" in said(client.get(link))
    assert not samia.memberships.exists()
    client.post(link)

    assert samia.memberships.exists()


def test_somebody_else_is_told_and_joins_nothing(link, denis):
    client = as_(denis)

    assert "autre adresse" in said(client.get(link))
    client.post(link, FORM)

    assert denis.memberships.count() == 1
    assert not User.objects.filter(email="samia@example.org").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expires_at": NOW}, "a expiré"),
        ({"revoked_at": NOW}, "a été annulée"),
        ({"accepted_at": NOW}, "déjà été acceptée"),
    ],
)
def test_a_link_that_ended_says_what_to_do(client, link, invited, change, words):
    Invitation.objects.update(**change)

    for response in (client.get(link), client.post(link, FORM)):
        assert response.status_code == 410
        assert words in said(response)
    assert not User.objects.filter(email="samia@example.org").exists()


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_link_that_was_tampered_with_opens_nothing(link, data):
    token = link.split("/")[2]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    position = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(
        st.one_of(
            st.sampled_from(letters).map(
                lambda one: token[:position] + one + token[position + 1 :]
            ),
            st.just(token[:position]),
            st.just(token.swapcase()),
            st.just(token[::-1]),
            st.text(max_size=80),
            st.text(min_size=1, max_size=5).map(lambda more: token + more),
        )
    )

    assert (queries.invitation_with(other) is not None) == (other == token)


@pytest.mark.parametrize("token", ["x", "é" * 300, "a" * 5_000])
def test_a_malformed_link_is_a_plain_page(client, db, token):
    response = client.get(f"/invitation/{token}/")

    assert response.status_code == 404
    assert "n'ouvre aucune invitation" in said(response).replace("’", "'")


@pytest.mark.parametrize("token", ["%00", "..%2f..", "%ff"])
def test_what_is_no_link_at_all_is_not_found(client, db, token):
    assert client.get(f"/invitation/{token}/").status_code == 404


# -- The team ------------------------------------------------------------------------------


def test_who_sees_the_team(association, aminata, benoit, claire, denis, elodie, farid):
    address = reverse("team", args=[association.slug])
    seen = {
        person.first_name: as_(person).get(address).status_code
        for person in (aminata, benoit, claire, denis, elodie, farid)
    }

    assert seen == {
        "Aminata": 200, "Benoît": 200, "Claire": 200, "Denis": 403, "Élodie": 403, "Farid": 403,
    }  # fmt: skip
    assert Client().get(address).status_code == 302


def test_contributors_see_people_but_neither_invitations_nor_forms(association, invited, benoit):
    text = said(as_(benoit).get(reverse("team", args=[association.slug])))

    assert "Aminata" in text
    assert invited.email not in text
    assert "Envoyer l" not in text


@pytest.mark.parametrize("person", ["benoit", "denis", "farid", "elodie"])
def test_others_change_nothing(association, aminata, invited, person, request):
    client = as_(request.getfixturevalue(person))
    membership = aminata.memberships.get()
    here, there = [association.slug], [association.slug, membership.pk]
    sent = {"emails": "x@example.org", "role": "contributor"}
    answers = [
        client.post(reverse("team", args=here), sent),
        client.post(reverse("team_role", args=there), {"role": "contributor"}),
        client.post(reverse("team_remove", args=there)),
        client.post(reverse("team_hand_over", args=here), {"email": "x@example.org"}),
        client.post(reverse("invitation_resend", args=[invited.pk])),
        client.post(reverse("invitation_revoke", args=[invited.pk])),
        client.post(reverse("invitations"), sent),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert Invitation.objects.unsettled().count() == 1
    assert aminata.memberships.get().role == Membership.Role.REPRESENTATIVE


def test_several_are_invited_at_once(association, aminata):
    client = as_(aminata)
    typed = "samia@example.org, hugo@example.org;\nlea@example.org <x@example.org>"

    client.post(reverse("team", args=[association.slug]), {"emails": typed, "role": "contributor"})

    assert Invitation.objects.count() == 4


def test_each_refused_address_is_named_and_nothing_is_lost(association, aminata):
    typed = "samia@example.org, hugo(at)example.org, lea@"

    response = as_(aminata).post(
        reverse("team", args=[association.slug]), {"emails": typed, "role": "representative"}
    )

    text = said(response)
    assert "« hugo(at)example.org »" in text.replace("\u202f", " ").replace("\xa0", " ")
    assert typed in text
    assert not Invitation.objects.exists()


def test_the_team_page_says_that_a_letter_was_refused(association, aminata, invited):
    send_letters(at=NOW)
    letter = Letter.objects.get(to=invited.email)
    bounce = Bounce(letter.message_id, action="failed", status="5.1.1", answer="550")
    record_bounce(bounce=bounce, at=NOW)

    text = said(as_(aminata).get(reverse("team", args=[association.slug])))

    assert "courriel refusé" in text


def test_a_member_is_removed_after_a_question_and_is_told(association, aminata, benoit, mailoutbox):
    client = as_(aminata)
    address = reverse("team_remove", args=[association.slug, benoit.memberships.get().pk])

    client.get(address)
    assert benoit.memberships.exists()
    client.post(address)
    send_letters(at=NOW)

    assert not benoit.memberships.exists()
    assert [letter.to for letter in mailoutbox] == [[benoit.email]]


def test_a_member_of_another_association_is_not_this_teams(association, aminata, denis):
    address = reverse("team_remove", args=[association.slug, denis.memberships.get().pk])

    assert as_(aminata).post(address).status_code == 404
    assert denis.memberships.exists()


def test_an_animator_removes_the_last_representative_with_a_warning(association, aminata, claire):
    client = as_(claire)
    address = reverse("team_remove", args=[association.slug, aminata.memberships.get().pk])

    assert "Personne d'autre ne représente" in said(client.get(address)).replace("&#x27;", "'")
    client.post(address)

    assert not aminata.memberships.exists()


def test_the_only_representative_is_led_to_handing_over(association, aminata, benoit):
    client = as_(aminata)

    response = client.post(reverse("team_leave", args=[association.slug]))

    assert response.url == reverse("team_hand_over", args=[association.slug])
    assert aminata.memberships.exists()


def test_a_contributor_leaves(association, aminata, benoit):
    as_(benoit).post(reverse("team_leave", args=[association.slug]))

    assert not benoit.memberships.exists()
    assert User.objects.get(pk=benoit.pk).is_active


def test_the_role_is_handed_over(association, aminata, benoit):
    client = as_(aminata)
    form = {"to": benoit.memberships.get().pk, "email": "", "then": "leaves"}

    response = client.post(reverse("team_hand_over", args=[association.slug]), form)

    assert response.status_code == 302
    assert not aminata.memberships.exists()
    assert benoit.memberships.get().role == Membership.Role.REPRESENTATIVE


@pytest.mark.parametrize("email", ["", "samia@example.org"])
def test_it_is_handed_over_to_one_person(association, aminata, benoit, email):
    form = {"to": benoit.memberships.get().pk if email else "", "email": email, "then": "stays"}

    response = as_(aminata).post(reverse("team_hand_over", args=[association.slug]), form)

    assert response.status_code == 200
    assert aminata.memberships.get().role == Membership.Role.REPRESENTATIVE


def test_an_animator_hands_over_for_somebody_who_is_gone(association, aminata, benoit, claire):
    form = {
        "replaces": aminata.memberships.get().pk,
        "to": benoit.memberships.get().pk,
        "email": "",
        "then": "leaves",
    }

    as_(claire).post(reverse("team_hand_over", args=[association.slug]), form)

    assert not aminata.memberships.exists()
    assert benoit.memberships.get().role == Membership.Role.REPRESENTATIVE


# -- The network's -------------------------------------------------------------------------


def test_an_animator_invites_to_any_association_and_partners(claire, association):
    client = as_(claire)
    sent = [
        {"emails": "a@example.org", "association": association.pk, "role": "representative"},
        {"emails": "b@example.org", "association": "", "role": "partner"},
    ]

    for one in sent:
        assert client.post(reverse("invitations"), one).status_code == 302

    assert Invitation.objects.count() == 2


@pytest.mark.parametrize("role", ["animator", "editor"])
def test_only_an_administrator_invites_to_the_networks_roles(claire, db, role):
    sent = {"emails": "a@example.org", "association": "", "role": role}
    administrator = User.objects.create_superuser("admin@example.org", "x")

    assert as_(claire).post(reverse("invitations"), sent).status_code == 200
    assert not Invitation.objects.exists()
    assert as_(administrator).post(reverse("invitations"), sent).status_code == 302

    invitation = Invitation.objects.get()
    for name in ("invitation_resend", "invitation_revoke"):
        answer = as_(claire).post(reverse(name, args=[invitation.pk]))
        assert answer.status_code == 403


@pytest.mark.parametrize("role", ["contributor", "partner"])
def test_a_role_goes_with_its_association(claire, association, role):
    chosen = "" if role == "contributor" else association.pk
    sent = {"emails": "a@example.org", "association": chosen, "role": role}

    assert as_(claire).post(reverse("invitations"), sent).status_code == 200
    assert not Invitation.objects.exists()


def test_sending_again_and_revoking_from_the_screens(association, aminata, invited):
    client = as_(aminata)

    client.post(reverse("invitation_resend", args=[invited.pk]))
    invited.refresh_from_db()
    assert invited.sent_count == 2
    client.post(reverse("invitation_revoke", args=[invited.pk]))
    invited.refresh_from_db()
    assert invited.revoked_at


@pytest.mark.parametrize("name", ["team", "invitations"])
def test_lists_ask_as_much_for_many_rows(association, aminata, claire, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_(claire)
    address = reverse(name, args=[association.slug] if name == "team" else [])
    asked = []
    for number in (1, 5):
        operations.invite(
            emails=[f"p{number}-{one}@example.org" for one in range(number)],
            association=association,
            role="contributor",
            by=aminata,
            at=NOW - timedelta(days=number),
        )
        client.get(address)
        with CaptureQueriesContext(connection) as queries_asked:
            client.get(address)
        asked.append(len(queries_asked))

    assert asked[0] == asked[1]
