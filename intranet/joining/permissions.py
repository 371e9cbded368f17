"""Who asks to join, and who answers."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.network.models import Association, Membership
from intranet.rights.permissions import may

Person = User | AnonymousUser


def may_ask(user: Person) -> bool:
    """Whoever has an account, for themselves."""
    return may(user, "ask", "membership", owner=user.pk)


def may_answer(user: Person, association: Association) -> bool:
    """Its representatives, and the network's animators."""
    return may(user, "answer", "membership", association=association)


def roles_to_give(user: Person, association: Association) -> list[str]:
    """The roles that this person may give to somebody who asks to join."""
    if not may_answer(user, association):
        return []
    gives_all = may(user, "manage", "membership", association=association)
    return [
        Membership.Role.CONTRIBUTOR,
        *([Membership.Role.REPRESENTATIVE] if gives_all else []),
    ]
