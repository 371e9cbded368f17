"""What a person may do in the network, answered by role and membership."""

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.models.view_restrictions import BaseViewRestriction

from intranet.accounts.models import User
from intranet.network.models import Association
from intranet.rights.permissions import held_by, is_member, may
from intranet.rights.table import Role

Restriction = TypeVar("Restriction", bound=BaseViewRestriction)

# Asked of the network everywhere, it stands one floor lower.
__all__ = ["is_member"]


def is_animator(user: User | AnonymousUser) -> bool:
    return bool(held_by(user).everywhere & {Role.ANIMATOR, Role.ADMINISTRATOR})


def is_partner(user: User | AnonymousUser) -> bool:
    return Role.PARTNER in held_by(user).everywhere


def acts_for(user: User | AnonymousUser, association: Association) -> bool:
    """Whether the person represents this association or contributes for it."""
    mine = held_by(user).associations.values()
    return association.is_active and any(association.pk in some for some in mine)


def may_read_association(user: User | AnonymousUser, association: Association | None) -> bool:
    """Members read all of them, others those that chose to be shown to everybody."""
    is_public = association is not None and association.is_public
    return may(user, "read", "association", in_circle=is_public)


def may_read_associations(user: User | AnonymousUser) -> bool:
    """Whether the person reads all of them, those that are shown to members alone included."""
    return may(user, "read", "association")


def may_read_territories(user: User | AnonymousUser) -> bool:
    return may(user, "read", "territory")


def may_find_territories(user: User | AnonymousUser) -> bool:
    return may(user, "find", "territory")


def may_change_association(user: User | AnonymousUser, association: Association) -> bool:
    """Whether the person may write what the directory says of this association."""
    return may(user, "change", "association", association=association)


def sees_all_people_of(user: User | AnonymousUser, association: Association) -> bool:
    """Colleagues and animators know each other, even outside the directory."""
    return is_member(user) and (is_animator(user) or acts_for(user, association))


def may_pass(restriction: BaseViewRestriction, request: HttpRequest) -> bool:
    """Whether a page's or a collection's restriction lets this person through.

    Wagtail's "any logged-in user" is the members' circle: public partners have an account
    and are not in it.
    """
    if restriction.restriction_type == BaseViewRestriction.LOGIN:
        return is_member(request.user)
    return restriction.accept_request(request)


def closed_to(restrictions: Iterable[Restriction], request: HttpRequest) -> list[Restriction]:
    """Of these restrictions, with their groups prefetched, those that keep this person out."""
    restrictions = list(restrictions)
    if not restrictions:
        return []
    user = request.user
    groups = set(user.groups.values_list("pk", flat=True)) if user.is_authenticated else set()
    return [one for one in restrictions if not _accepts(one, request, groups)]


def _accepts(restriction: BaseViewRestriction, request: HttpRequest, groups: set[int]) -> bool:
    # As Wagtail's accept_request, without its query for every group.
    if restriction.restriction_type != BaseViewRestriction.GROUPS:
        return may_pass(restriction, request)
    allowed = {group.pk for group in restriction.groups.all()}
    return request.user.is_superuser or bool(allowed & groups)
