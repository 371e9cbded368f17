"""The roles of the network, and what each may do in Wagtail's editor.

A role is a group. A person who represents an association or contributes for it holds that
role through a membership (see `intranet.network.operations`); the group is what Wagtail
knows of it. A site administrator is a superuser and needs no group.

Roles are fixed, and what they may do is written once, in `intranet.rights.table`: here is what
Django and Wagtail are told of it. `intranet.accounts.operations.grant_role_permissions` puts
it into the database after each migration.
"""

from typing import Final

from intranet.rights import table
from intranet.rights.table import AGENDA, FORMS, NEWS, RESOURCES, ROOT, Role

__all__ = ["AGENDA", "FORMS", "NEWS", "RESOURCES", "ROOT"]

ANIMATOR: Final = table.GROUPS[Role.ANIMATOR]
EDITOR: Final = table.GROUPS[Role.EDITOR]
REPRESENTATIVE: Final = table.GROUPS[Role.REPRESENTATIVE]
CONTRIBUTOR: Final = table.GROUPS[Role.CONTRIBUTOR]
PARTNER: Final = table.GROUPS[Role.PARTNER]

ROLES: Final = tuple(table.GROUPS.values())
FROM_MEMBERSHIP: Final = (REPRESENTATIVE, CONTRIBUTOR)
OF_THE_NETWORK: Final = tuple(table.GROUPS[role] for role in table.NETWORK)
"""Who holds one of these is a member without an association."""

PERMISSIONS: Final[dict[str, tuple[str, ...]]] = {
    name: table.granted(role) for role, name in table.GROUPS.items()
}
"""What a role may do everywhere."""

COLLECTIONS: Final[dict[str, tuple[str, ...]]] = {
    table.GROUPS[role]: table.granted_on_media(role) for role in table.NETWORK
}
"""What a role may do with images and documents, in every collection."""

PAGES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    table.GROUPS[role]: table.granted_on_pages(role) for role in table.NETWORK
}
"""What a role may do with the root page, or with every page of a type, and all below."""

SECTIONS: Final = frozenset(kind for kinds in PAGES.values() for kind in kinds) - {ROOT}
"""The types of page that a role is given as soon as one is made."""
