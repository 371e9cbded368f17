"""Who may write news, change it, and follow what became of it."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.network.models import Association
from intranet.rights.permissions import may
from pages.news.models import NewsPage


def may_write(user: User | AnonymousUser) -> bool:
    """Every member: partners read what is public, and write nothing."""
    return may(user, "write", "news")


def may_change(user: User | AnonymousUser, page: NewsPage) -> bool:
    """Whoever wrote it, as long as they are a member. Animators use the editor."""
    return may(user, "change", "news", owner=page.owner_id)


def may_acknowledge(user: User | AnonymousUser, association: Association) -> bool:
    """In the name of an association: whoever represents it or contributes for it."""
    return may(user, "acknowledge", "news", association=association)


def may_follow(user: User | AnonymousUser) -> bool:
    """Whether the person follows acknowledgements, and what nobody confirmed."""
    return may(user, "follow", "news")


def publishes_alone(user: User) -> bool:
    """Whether nobody has to read what the person wrote: they read that of others."""
    return may(user, "publish_unread", "news")
