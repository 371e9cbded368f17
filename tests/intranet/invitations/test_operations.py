from datetime import timedelta

import pytest

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.invitations import operations, queries
from intranet.invitations.models import Invitation
from intranet.network import operations as network
from intranet.network.models import Membership
from intranet.notifications.models import Letter
from tests.conftest import make_person
from tests.letters import send_letters
from tests.people import NOW

pytestmark = pytest.mark.django_db

CONTRIBUTOR = Invitation.Role.CONTRIBUTOR
REPRESENTATIVE = Invitation.Role.REPRESENTATIVE
PASSWORD = "quatre-mots-mis-ensemble"


def token_of(link: str) -> str:
    return link.split("/")[2]


def open_account(invitation: Invitation, at=NOW) -> User:
    return operations.open_account(
        invitation=invitation, first_name="Samia", last_name="Haddad", password=PASSWORD, at=at
    )


def test_the_link_is_in_the_letter_alone(invited, newest_link):
    token = token_of(newest_link("samia@example.org"))

    assert queries.invitation_with(token) == invited
    assert token not in str(vars(invited))
    letter = Letter.objects.get(to="samia@example.org")
    assert token not in letter.text + letter.html + str(letter.context)


def test_an_account_is_opened_with_the_address_that_received_the_letter(invited, association):
    user = open_account(invited)

    assert user.email == "samia@example.org"
    assert user.check_password(PASSWORD)
    assert user.emailaddress_set.get().verified
    assert user.memberships.get().association == association
    assert user.groups.filter(name=roles.CONTRIBUTOR).exists()


def test_of_two_clicks_one_opens_the_account(invited):
    open_account(invited)

    with pytest.raises(operations.NoLongerOpen):
        open_account(invited)

    assert User.objects.filter(email="samia@example.org").count() == 1


def test_an_account_made_in_the_meantime_is_not_taken(invited):
    person = make_person("Samia@example.org", "Samia")

    with pytest.raises(operations.AccountExists):
        open_account(invited)

    assert not person.memberships.exists()


def test_after_fourteen_days_the_link_opens_nothing(invited):
    with pytest.raises(operations.NoLongerOpen):
        open_account(invited, at=NOW + timedelta(days=14))


def test_a_revoked_link_opens_nothing(invited):
    operations.revoke(invitation=invited, at=NOW)

    with pytest.raises(operations.NoLongerOpen):
        open_account(invited)


def test_an_association_that_left_takes_nobody(invited, association):
    association.is_active = False
    association.save()

    with pytest.raises(operations.NoLongerOpen):
        open_account(invited)


def test_sending_again_ends_the_earlier_link(invited, aminata, newest_link):
    earlier = token_of(newest_link("samia@example.org"))
    operations.resend(invitation=invited, by=aminata, at=NOW + timedelta(days=20))
    later = token_of(newest_link_at(newest_link))

    assert queries.invitation_with(earlier) is None
    assert queries.invitation_with(later) == invited
    open_account(queries.invitation_with(later), at=NOW + timedelta(days=30))


def newest_link_at(newest_link) -> str:
    send_letters(at=NOW + timedelta(days=20))
    return newest_link("samia@example.org")


def test_a_letter_that_has_not_left_does_not_leave_once_revoked(invited, mailoutbox):
    operations.revoke(invitation=invited, at=NOW)

    send_letters(at=NOW)

    assert not [letter for letter in mailoutbox if letter.to == ["samia@example.org"]]


def test_inviting_again_is_sending_again(invited, association, aminata):
    [again] = operations.invite(
        emails=["SAMIA@example.org"],
        association=association,
        role=REPRESENTATIVE,
        by=aminata,
        at=NOW,
    )

    assert again == invited
    assert (again.sent_count, again.role) == (2, REPRESENTATIVE)
    assert Invitation.objects.count() == 1


def test_the_same_person_may_be_invited_by_two_associations(invited, other_association, denis):
    operations.invite(
        emails=[invited.email], association=other_association, role=CONTRIBUTOR, by=denis, at=NOW
    )

    assert Invitation.objects.filter(email=invited.email).count() == 2


def test_members_are_not_invited_and_nobody_else_is_either(association, aminata, benoit):
    with pytest.raises(operations.Refused) as refused:
        operations.invite(
            emails=["new@example.org", benoit.email],
            association=association,
            role=CONTRIBUTOR,
            by=aminata,
            at=NOW,
        )

    [reason] = refused.value.reasons
    assert benoit.email in reason
    assert not Invitation.objects.exists()


def test_no_more_than_fifty_wait(association, aminata):
    some = [f"person{number}@example.org" for number in range(operations.MOST_PENDING)]
    terms = {"association": association, "role": CONTRIBUTOR, "by": aminata}
    operations.invite(emails=some, at=NOW, **terms)

    with pytest.raises(operations.Refused):
        operations.invite(emails=["one-more@example.org"], at=NOW, **terms)

    # Those that expired wait no longer.
    operations.invite(emails=["one-more@example.org"], at=NOW + timedelta(days=15), **terms)


def test_nobody_is_written_to_for_ever(invited, aminata):
    for _time in range(operations.MOST_SENDINGS - 1):
        operations.resend(invitation=invited, by=aminata, at=NOW)

    with pytest.raises(operations.SentTooOften):
        operations.resend(invitation=invited, by=aminata, at=NOW)


def test_somebody_with_an_account_joins(association, aminata, denis):
    [invitation] = operations.invite(
        emails=[denis.email], association=association, role=CONTRIBUTOR, by=aminata, at=NOW
    )

    operations.accept(invitation=invitation, by=denis, at=NOW)

    assert denis.memberships.count() == 2


def test_nobody_accepts_for_another(invited, denis):
    with pytest.raises(operations.NotForThisPerson):
        operations.accept(invitation=invited, by=denis, at=NOW)

    assert denis.memberships.count() == 1


def test_an_invitation_raises_a_member_but_never_lowers(association, aminata, benoit):
    for role in (REPRESENTATIVE, CONTRIBUTOR):
        invitation = Invitation.objects.create(
            email=benoit.email,
            association=association,
            role=role,
            fingerprint=role,
            created_at=NOW,
            expires_at=NOW + timedelta(days=1),
        )
        operations.accept(invitation=invitation, by=benoit, at=NOW)

        assert benoit.memberships.get().role == REPRESENTATIVE


@pytest.mark.parametrize(
    ("role", "group"),
    [("animator", roles.ANIMATOR), ("editor", roles.EDITOR), ("partner", roles.PARTNER)],
)
def test_a_role_of_the_network(claire, role, group):
    [invitation] = operations.invite(
        emails=["new@example.org"], association=None, role=role, by=claire, at=NOW
    )

    user = open_account(invitation)

    assert [one.name for one in user.groups.all()] == [group]
    assert not user.memberships.exists()


# -- Leaving and handing over --------------------------------------------------------------


def test_the_only_representative_does_not_leave(aminata, benoit, association):
    with pytest.raises(network.OnlyRepresentative):
        network.leave(membership=aminata.memberships.get(), keeps_representative=True)
    with pytest.raises(network.OnlyRepresentative):
        network.change_role(
            membership=aminata.memberships.get(), role="contributor", keeps_representative=True
        )

    assert aminata.memberships.get().role == Membership.Role.REPRESENTATIVE


def test_a_closed_account_represents_nobody(aminata, benoit):
    network.change_role(membership=benoit.memberships.get(), role="representative")
    benoit.is_active = False
    benoit.save()

    with pytest.raises(network.OnlyRepresentative):
        network.leave(membership=aminata.memberships.get(), keeps_representative=True)


def test_one_of_two_representatives_leaves(aminata, benoit):
    network.change_role(membership=benoit.memberships.get(), role="representative")

    network.leave(membership=aminata.memberships.get(), keeps_representative=True)

    assert not aminata.groups.exists()


@pytest.mark.parametrize("leaves", [False, True])
def test_handing_over_to_a_member_tells_both(aminata, benoit, leaves, mailoutbox):
    operations.hand_over(
        membership=aminata.memberships.get(), to=benoit.memberships.get(), leaves=leaves, at=NOW
    )
    send_letters(at=NOW)

    assert benoit.memberships.get().role == Membership.Role.REPRESENTATIVE
    assert [one.role for one in aminata.memberships.all()] == ([] if leaves else ["contributor"])
    assert {letter.to[0] for letter in mailoutbox} == {aminata.email, benoit.email}


@pytest.mark.parametrize("leaves", [False, True])
def test_handing_over_by_inviting_waits_for_the_answer(aminata, association, leaves):
    [invitation] = operations.invite(
        emails=["samia@example.org"],
        association=association,
        role=REPRESENTATIVE,
        by=aminata,
        at=NOW,
        replaces=aminata.memberships.get(),
        replaced_leaves=leaves,
    )
    assert aminata.memberships.get().role == Membership.Role.REPRESENTATIVE

    samia = open_account(invitation)

    assert samia.memberships.get().role == Membership.Role.REPRESENTATIVE
    assert aminata.memberships.exists() != leaves
    assert not aminata.groups.filter(name=roles.REPRESENTATIVE).exists()


def test_what_ended_long_ago_is_erased(invited, association, aminata):
    assert operations.purge_invitations(at=NOW + timedelta(days=14 + 90)) == 0
    assert operations.purge_invitations(at=NOW + timedelta(days=14 + 91)) == 1


def test_accepted_and_revoked_addresses_are_erased(invited, association, aminata):
    open_account(invited)
    [other] = operations.invite(
        emails=["hugo@example.org"], association=association, role=CONTRIBUTOR, by=aminata, at=NOW
    )
    operations.revoke(invitation=other, at=NOW)

    assert operations.purge_invitations(at=NOW + timedelta(days=89)) == 0
    assert operations.purge_invitations(at=NOW + timedelta(days=91)) == 2
    assert User.objects.filter(email="samia@example.org").exists()
