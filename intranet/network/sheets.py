"""What the editor's help says of associations, their teams, territories, groups and themes."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to

NETWORK = Sheet(
    name="network",
    title=_("Look after associations and their teams"),
    rights=("association.manage",),
    order=500,
    lead=_(
        "An association has a page in the directory and a team. Its representative "
        "writes the page and invites the team: you help when needed."
    ),
    steps=(
        _("Search before you add: two entries for one association share its answers between them."),
        _("RNA and SIRET numbers are never required: a collective has none."),
        _(
            "An association leaves the network: untick “active”. What it answered stays"
            " in the figures of the past years; its team is no longer a member."
        ),
        _(
            "A membership joins a person and an association, as representative or "
            "contributor. Each association keeps at least one representative."
        ),
    ),
    notes=(
        _(
            "A working group is a circle: news and pages may be kept for it. The circle"
            " of a territory composes itself, from the associations that act there."
        ),
    ),
    ways=(
        way_to(_("Associations"), "association:index", "group"),
        way_to(_("Working groups"), "workinggroup:index", "group"),
    ),
    hints={
        "association:index": _(
            "Search before you add. An association that leaves is made inactive, not "
            "deleted: its past answers stay."
        ),
        "association:add": _(
            "Only the name is required. Its representative will complete the page."
        ),
        "territory:index": _(
            "The official list of priority neighbourhoods comes in through “Imports”. "
            "Add by hand only what it lacks."
        ),
        "membership:index": _(
            "Who belongs to which association. Representatives do this themselves from "
            "“The team”; you help when nobody can."
        ),
        "workinggroup:index": _(
            "A group may be given news, pages and files that nobody else reads."
        ),
        "theme:index": _("News, resources and events are sorted by theme: about ten are enough."),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [NETWORK]
