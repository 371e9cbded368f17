"""Who invites, to what, and who changes a team."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.invitations.models import Invitation
from intranet.network.models import Association
from intranet.rights.permissions import may

Person = User | AnonymousUser


def may_see_team(user: Person, association: Association) -> bool:
    return may(user, "read", "membership", association=association)


def may_manage_team(user: Person, association: Association) -> bool:
    """Invite, remove, change roles, hand over: its representatives and the network's animators."""
    return may(user, "manage", "membership", association=association)


def roles_to_invite_to(user: Person) -> list[str]:
    """The roles without an association that this person may invite to."""
    network = [Invitation.Role.ANIMATOR, Invitation.Role.EDITOR]
    return [
        *(network if may(user, "send_to_the_network", "invitation") else []),
        *([Invitation.Role.PARTNER] if may(user, "send_to_partners", "invitation") else []),
    ]


def may_see_invitations(user: Person) -> bool:
    """The list of the whole network."""
    return may(user, "send_to_partners", "invitation")


def may_manage_invitation(user: Person, invitation: Invitation) -> bool:
    if invitation.association is None:
        return invitation.role in roles_to_invite_to(user)
    return may(user, "send", "invitation", association=invitation.association)
