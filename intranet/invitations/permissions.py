"""Who invites, to what, and who changes a team."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.invitations.models import Invitation
from intranet.network.models import Association, Membership
from intranet.network.permissions import acts_for, is_animator

Person = User | AnonymousUser


def represents(user: Person, association: Association) -> bool:
    return user.is_authenticated and (
        user.memberships.filter(
            association=association,
            association__is_active=True,
            role=Membership.Role.REPRESENTATIVE,
        ).exists()
    )


def may_see_team(user: Person, association: Association) -> bool:
    return is_animator(user) or acts_for(user, association)


def may_manage_team(user: Person, association: Association) -> bool:
    """Invite, remove, change roles, hand over: its representatives and the network's animators."""
    return is_animator(user) or represents(user, association)


def roles_to_invite_to(user: Person) -> list[str]:
    """The roles without an association that this person may invite to."""
    if user.is_authenticated and user.is_superuser:
        return [Invitation.Role.ANIMATOR, Invitation.Role.EDITOR, Invitation.Role.PARTNER]
    return [Invitation.Role.PARTNER] if is_animator(user) else []


def may_see_invitations(user: Person) -> bool:
    """The list of the whole network."""
    return is_animator(user)


def may_manage_invitation(user: Person, invitation: Invitation) -> bool:
    if invitation.association is None:
        return invitation.role in roles_to_invite_to(user)
    return may_manage_team(user, invitation.association)
