"""What the editor's help says of this room: who reads what."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to

READERS = Sheet(
    name="readers",
    title=_("Who may read it?"),
    rights=("page.edit_section",),
    order=60,
    lead=_(
        "Each page is read by everybody, by the members of the network, or by a "
        "group. Files follow the pages that carry them."
    ),
    steps=(
        _("For a piece of news, answer “Who may read it” in the form."),
        _(
            "For another page, open the panel of the status, the first icon on the "
            "right, then “Privacy”. What is below the page follows."
        ),
        _("A closed page is closed everywhere: lists, search, feeds, letters, files."),
    ),
    notes=(
        _(
            "Opening to everybody what members wrote among themselves is a decision: "
            "ask those whom it is about."
        ),
    ),
    ways=(way_to(_("Pages"), "wagtailadmin_explore_root", "folder-open-inverse"),),
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [READERS]
