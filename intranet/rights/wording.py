"""The table of rights in words, for whoever reads it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from intranet.rights.permissions import Held
from intranet.rights.table import MEMBERS, OBJECTS, ROLES, TABLE, Right, Role, Scope

HEADINGS: dict[Role, str | Promise] = {
    Role.PUBLIC: pgettext_lazy("role", "Everybody"),
    Role.ACCOUNT: pgettext_lazy("role", "Account without a role"),
    Role.PARTNER: pgettext_lazy("role", "Public partner"),
    Role.CONTRIBUTOR: pgettext_lazy("role", "Contributor"),
    Role.REPRESENTATIVE: pgettext_lazy("role", "Representative"),
    Role.EDITOR: pgettext_lazy("role", "Editing"),
    Role.ANIMATOR: pgettext_lazy("role", "Animation of the network"),
    Role.ADMINISTRATOR: pgettext_lazy("role", "Administration"),
    Role.MACHINE: pgettext_lazy("role", "Commands of the server"),
}

SCOPES: dict[Scope, str | Promise] = {
    Scope.NO: pgettext_lazy("right", "no"),
    Scope.OWN: pgettext_lazy("right", "one's own"),
    Scope.ASSOCIATION: pgettext_lazy("right", "for one's association"),
    Scope.CIRCLE: pgettext_lazy("right", "what is open to them"),
    Scope.LINK: pgettext_lazy("right", "with the link received"),
    Scope.ALL: pgettext_lazy("right", "yes"),
}

MINE: dict[Scope, str | Promise] = {
    Scope.OWN: _("what is yours"),
    Scope.ASSOCIATION: _("for your association"),
    Scope.CIRCLE: _("what is open to you"),
    Scope.LINK: _("with the link that you received"),
    Scope.ALL: pgettext_lazy("right", "yes"),
}

# The nearest to "everything" is told, when several roles say something.
WIDEST = (Scope.ALL, Scope.ASSOCIATION, Scope.CIRCLE, Scope.OWN, Scope.LINK)


@dataclass(frozen=True)
class Cell:
    heading: str | Promise
    words: str | Promise
    is_no: bool
    is_mine: bool


@dataclass(frozen=True)
class Line:
    label: str
    cells: tuple[Cell, ...] = ()
    words: str | Promise = ""


@dataclass(frozen=True)
class Subject:
    """One kind of object and its lines."""

    name: str
    title: str
    lines: list[Line]


def whole_table(held: Held) -> list[Subject]:
    """Every row, by object, the reader's roles marked."""
    return _by_object({right: _line(right, held.roles) for right in TABLE})


def headings(held: Held) -> list[tuple[str | Promise, bool]]:
    return [(HEADINGS[role], _is_told(role, held.roles)) for role in ROLES]


def own_table(held: Held) -> list[Subject]:
    """What the reader may do, and how far."""
    return _by_object(
        {
            right: Line(gettext(right.label), words=MINE[scope])
            for right in TABLE
            if (scope := _widest(right, held.roles)) is not None
        }
    )


def roles_in_words(held: Held) -> list[str | Promise]:
    return [HEADINGS[role] for role in ROLES if _is_told(role, held.roles)]


def _is_told(role: Role, roles: frozenset[Role]) -> bool:
    """Whether a role says something of the person: everybody is the public, and has an account."""
    return role in roles and role in {*MEMBERS, Role.PARTNER}


def _line(right: Right, roles: frozenset[Role]) -> Line:
    cells = tuple(
        Cell(HEADINGS[role], SCOPES[scope], scope == Scope.NO, _is_told(role, roles))
        for role, scope in zip(ROLES, right.cells, strict=True)
    )
    return Line(gettext(right.label), cells)


def _widest(right: Right, roles: frozenset[Role]) -> Scope | None:
    given = {right.scope(role) for role in roles}
    return next((scope for scope in WIDEST if scope in given), None)


def _by_object(lines: dict[Right, Line]) -> list[Subject]:
    by_object: dict[str, list[Line]] = {}
    for right, line in lines.items():
        by_object.setdefault(right.object, []).append(line)
    return [
        Subject(name, gettext(title), by_object[name])
        for name, title in OBJECTS.items()
        if name in by_object
    ]
