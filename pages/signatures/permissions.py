"""Who signs, who validates, who reads names."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.network.models import Association
from intranet.rights.permissions import may


def may_sign(user: User | AnonymousUser, association: Association) -> bool:
    """A representative signs, confirms and withdraws for the association."""
    return may(user, "sign", "signature", association=association)


def may_follow_signatures(user: User | AnonymousUser) -> bool:
    """The animator validates, asks for corrections and reminds."""
    return may(user, "follow", "signature")


def may_read_signature(user: User | AnonymousUser, association: Association) -> bool:
    """Its history is for the association, contributors included, and for the animator."""
    return may(user, "read", "signature", association=association)


def may_read_names(user: User | AnonymousUser) -> bool:
    """Who signed in the name of an association is for members, unless it agreed otherwise."""
    return may(user, "read_names", "signature")
