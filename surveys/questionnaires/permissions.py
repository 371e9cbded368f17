"""Who may do what to questionnaires."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User


def may_edit(user: User | AnonymousUser) -> bool:
    """Whoever may write questionnaires reads their drafts, and tries them."""
    return user.has_perm("surveys.change_questionnaire")
