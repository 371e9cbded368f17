"""The roles of the network, and what each may do in Wagtail's editor.

A role is a group. A person who represents an association or contributes for it holds that
role through a membership (see `intranet.network.operations`); the group is what Wagtail
knows of it. A site administrator is a superuser and needs no group.

Roles are fixed: `intranet.accounts.operations.grant_role_permissions` puts this table into
the database after each migration.
"""

from typing import Final

ANIMATOR: Final = "Animation du réseau"
EDITOR: Final = "Édition"
REPRESENTATIVE: Final = "Référentes et référents"
CONTRIBUTOR: Final = "Contributrices et contributeurs"
PARTNER: Final = "Partenaires publics"

ROLES: Final = (ANIMATOR, EDITOR, REPRESENTATIVE, CONTRIBUTOR, PARTNER)
FROM_MEMBERSHIP: Final = (REPRESENTATIVE, CONTRIBUTOR)

_ENTER = ("wagtailadmin.access_admin",)
# Upper floors are named as text: nothing here imports them.
_QUESTIONNAIRES = (
    "surveys.add_questionnaire",
    "surveys.change_questionnaire",
    "surveys.publish_questionnaire",
)
_LETTERS = ("intranet.view_letter", "intranet.change_letter")
_SYNONYMS = (
    "intranet.view_synonyms",
    "intranet.add_synonyms",
    "intranet.change_synonyms",
    "intranet.delete_synonyms",
)
_LEGAL = ("pages.change_legalidentity",)
_NETWORK = (
    "intranet.view_territory",
    "intranet.add_territory",
    "intranet.change_territory",
    "intranet.view_association",
    "intranet.add_association",
    "intranet.change_association",
    "intranet.view_membership",
    "intranet.add_membership",
    "intranet.change_membership",
    "intranet.delete_membership",
    "intranet.view_workinggroup",
    "intranet.add_workinggroup",
    "intranet.change_workinggroup",
    "intranet.view_theme",
    "intranet.add_theme",
    "intranet.change_theme",
    "intranet.delete_theme",
)

_NEWS = ("pages.change_newssettings",)

PERMISSIONS: Final[dict[str, tuple[str, ...]]] = {
    EDITOR: _ENTER + _QUESTIONNAIRES + _SYNONYMS + _NEWS + _LEGAL,
    ANIMATOR: _ENTER + _QUESTIONNAIRES + _SYNONYMS + _NEWS + _NETWORK + _LETTERS,
    REPRESENTATIVE: (),
    CONTRIBUTOR: (),
    PARTNER: (),
}
"""What a role may do everywhere."""

_MEDIA = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)

COLLECTIONS: Final[dict[str, tuple[str, ...]]] = {EDITOR: _MEDIA, ANIMATOR: _MEDIA}
"""What a role may do with images and documents, in every collection."""

ROOT: Final = "the root of all pages"
NEWS: Final = "pages.NewsIndexPage"
RESOURCES: Final = "pages.ResourceIndexPage"
AGENDA: Final = "pages.AgendaPage"
FORMS: Final = "pages.FormIndexPage"

_SECTION = ("add_page", "change_page", "publish_page")

# Nobody but an administrator may delete a page with the pages below it.
PAGES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    EDITOR: {ROOT: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")},
    ANIMATOR: {NEWS: _SECTION, RESOURCES: _SECTION, AGENDA: _SECTION, FORMS: _SECTION},
}
"""What a role may do with the root page, or with every page of a type, and all below."""

SECTIONS: Final = frozenset(kind for kinds in PAGES.values() for kind in kinds) - {ROOT}
"""The types of page that a role is given as soon as one is made."""
