"""Who may bring a file into the directory: whoever may write the same by hand."""

from typing import Final

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.imports.kinds import Kind
from intranet.rights.permissions import may

OBJECTS: Final = {
    Kind.TERRITORIES: "territory",
    Kind.ASSOCIATIONS: "association",
    Kind.MEMBERS: "membership",
}


def may_import(user: User | AnonymousUser, kind: Kind) -> bool:
    return may(user, "import", OBJECTS[kind])


def may_import_anything(user: User | AnonymousUser) -> bool:
    return any(may_import(user, kind) for kind in Kind)
