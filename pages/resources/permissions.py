"""Who proposes a resource."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.rights.permissions import may


def may_propose(user: User | AnonymousUser) -> bool:
    return may(user, "propose", "resource")
