"""Putting the table of roles into the database, and keeping addresses in one place."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.accounts.sessions import end_sessions
from intranet.notifications.operations import queue_letter


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    by_name = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.filter(
            codename__in=[name.split(".")[1] for name in names]
        ).select_related("content_type")
    }
    # A floor that is not migrated yet has no permissions: the next migration grants them.
    return [by_name[name] for name in names if name in by_name]


def _pages(kind: str) -> list[Page]:
    if kind == roles.ROOT:
        root = Page.get_first_root_node()
        return [root] if root else []
    return list(apps.get_model(kind)._default_manager.all())


@transaction.atomic
def grant_pages(role: str, pages: list[Page], codenames: tuple[str, ...]) -> None:
    """Open pages, and all below them, to a role. Never closes what an administrator opened."""
    group, _made = Group.objects.get_or_create(name=role)
    permissions = _permissions(tuple(f"wagtailcore.{codename}" for codename in codenames))
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page_id=page.pk, permission=permission)
            for page in pages
            for permission in permissions
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def grant_collections(role: str, names: tuple[str, ...]) -> None:
    """Open every collection of images and documents to a role."""
    root = Collection.get_first_root_node()
    if root is None:
        return
    group, _made = Group.objects.get_or_create(name=role)
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=root, permission=permission)
            for permission in _permissions(names)
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def grant_role_permissions() -> None:
    """Put the table of `intranet.accounts.roles` into the database.

    Safe to run again. What a role may do everywhere becomes exactly what the table says;
    pages and collections are only ever added.
    """
    for role in roles.ROLES:
        group, _made = Group.objects.get_or_create(name=role)
        group.permissions.set(_permissions(roles.PERMISSIONS[role]))
        grant_collections(role, roles.COLLECTIONS.get(role, ()))
        for kind, codenames in roles.PAGES.get(role, {}).items():
            grant_pages(role, _pages(kind), codenames)


@transaction.atomic
def grant_new_page(*, page: Page) -> None:
    """Open a page that was just made to the roles whose work it is."""
    for role, kinds in roles.PAGES.items():
        for kind, codenames in kinds.items():
            if kind == page._meta.label:
                grant_pages(role, [page], codenames)


@transaction.atomic
def forget_other_addresses(*, user: User) -> None:
    """Keep the person's present address alone: an old one must not open the account."""
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()


@transaction.atomic
def reset_second_factor(*, user: User, by: User | None, at: datetime) -> int:
    """Forget the second proof of somebody who lost it; how many were forgotten.

    Their sessions end: somebody else may hold what was lost. A letter tells them, because
    whoever asks for it in their name has to be noticed.
    """
    forgotten, _rows = Authenticator.objects.filter(user_id=user.pk).delete()
    end_sessions(user=user)
    log(instance=user, action="intranet.second_factor_reset", user=by)
    queue_letter(
        kind="second-factor-reset",
        occasion=f"{user.pk} {at.isoformat()}",
        to=user.email,
        person=user,
        subject=_("Your second proof was reset"),
        template="intranet/accounts/letters/second_factor_reset",
        context={},
        at=at,
    )
    return forgotten
