"""Who is told what is the matter."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.rights.permissions import may


def may_read_findings(user: User | AnonymousUser) -> bool:
    return may(user, "read", "health")
