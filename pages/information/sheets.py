"""What the editor's help says of this room: the pages of the site."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to

PAGES = Sheet(
    name="pages",
    title=_("Change a page of the site"),
    rights=("page.edit",),
    order=30,
    lead=_(
        "Every page can be changed without a developer: the charter, what the "
        "network is, the legal pages."
    ),
    steps=(
        _(
            "Open “Pages” in the menu, then the page. On the site, “Change this page” "
            "at its foot leads there too."
        ),
        _(
            "Add a block with the sign “+”: text, picture, document, quotation. Arrows "
            "and handles move them."
        ),
        _(
            "Headings in order, short paragraphs, links that say where they lead: "
            "everybody reads more easily."
        ),
        _("Look at the preview, on a telephone too, then publish."),
    ),
    notes=(
        _(
            "To take a page off the site without losing it, choose “Unpublish” in the "
            "menu of the three dots."
        ),
    ),
    ways=(way_to(_("Pages"), "wagtailadmin_explore_root", "folder-open-inverse"),),
    hints={
        "informationpage": _(
            "Write for somebody who arrives from a search: the title and the first "
            "sentence say what the page is about."
        ),
        "informationindexpage": _(
            "The pages below this one are listed on it, with their summaries."
        ),
        "homepage": _(
            "The first page that people see. What is new appears by itself: write here "
            "only what lasts."
        ),
        "in homepage": _(
            "The parts of the site. Open one to see what is in it; the pencil changes its own page."
        ),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [PAGES]
