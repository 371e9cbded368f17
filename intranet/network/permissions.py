"""What a person may do in the network, answered by role and membership."""

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.models.view_restrictions import BaseViewRestriction

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.network.models import Association, Membership

Restriction = TypeVar("Restriction", bound=BaseViewRestriction)


def _is_in(user: User, role: str) -> bool:
    # One query per person and request: the names are kept on the instance.
    known = vars(user)
    if "_role_names" not in known:
        known["_role_names"] = set(user.groups.values_list("name", flat=True))
    return role in known["_role_names"]


def is_member(user: User | AnonymousUser) -> bool:
    """Whether the person belongs to the members' circle: every account but partners."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or not _is_in(user, roles.PARTNER)


def is_animator(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and (user.is_superuser or _is_in(user, roles.ANIMATOR))


def is_editor(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and (user.is_superuser or _is_in(user, roles.EDITOR))


def acts_for(user: User | AnonymousUser, association: Association) -> bool:
    """Whether the person represents this association or contributes for it."""
    return (
        user.is_authenticated
        and user.memberships.filter(association=association, association__is_active=True).exists()
    )


def represents(user: User | AnonymousUser, association: Association) -> bool:
    """Whether the person may write what the directory says of this association."""
    return (
        user.is_authenticated
        and association.is_active
        and user.memberships.filter(
            association=association, role=Membership.Role.REPRESENTATIVE
        ).exists()
    )


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
