"""Who may write news, change it, and follow what became of it."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.network import permissions as network
from pages.news.models import NewsPage


def may_write(user: User | AnonymousUser) -> bool:
    """Every member: partners read what is public, and write nothing."""
    return network.is_member(user)


def may_change(user: User | AnonymousUser, page: NewsPage) -> bool:
    """Whoever wrote it, as long as they are a member. Animators use the editor."""
    return may_write(user) and page.owner_id == user.pk


def may_follow(user: User | AnonymousUser) -> bool:
    """Whether the person follows acknowledgements, and what nobody confirmed."""
    return network.is_member(user) and network.is_animator(user)


def publishes_alone(user: User) -> bool:
    """Whether nobody has to read what the person wrote: they read that of others."""
    return network.is_animator(user) or network.is_editor(user)
