"""Who may do what to questionnaires."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.rights.permissions import may


def may_read_versions(user: User | AnonymousUser) -> bool:
    """What was asked, word for word: every member."""
    return may(user, "read", "questionnaire")


def may_edit(user: User | AnonymousUser) -> bool:
    """Whoever may write questionnaires reads their drafts, and tries them."""
    return may(user, "edit", "questionnaire")
