"""Who signs, who validates, who reads names."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.network import permissions as network
from intranet.network.models import Association, Membership


def may_sign(user: User | AnonymousUser, association: Association) -> bool:
    """A representative signs, confirms and withdraws for the association."""
    return (
        user.is_authenticated
        and network.is_member(user)
        and association.is_active
        and Membership.objects.filter(
            user_id=user.pk, association=association, role=Membership.Role.REPRESENTATIVE
        ).exists()
    )


def may_follow_signatures(user: User | AnonymousUser) -> bool:
    """The animator validates, asks for corrections and reminds."""
    return network.is_member(user) and network.is_animator(user)


def may_read_signature(user: User | AnonymousUser, association: Association) -> bool:
    """Its history is for the association, contributors included, and for the animator."""
    return may_follow_signatures(user) or (
        network.is_member(user) and network.acts_for(user, association)
    )


def may_read_names(user: User | AnonymousUser) -> bool:
    """Who signed in the name of an association is for members, unless it agreed otherwise."""
    return network.is_member(user)
