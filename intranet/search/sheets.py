"""What the editor's help says of this room: teaching the search."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to

SYNONYMS = Sheet(
    name="synonyms",
    title=_("Teach the search new words"),
    rights=("search.teach",),
    order=610,
    lead=_(
        "People search with their own words. A line of synonyms tells the search "
        "that several words mean the same."
    ),
    steps=(
        _("Write the words that mean the same, for example: AAP, appel à projets."),
        _("Accents, plurals and spelling mistakes need no line: the search knows them."),
    ),
    ways=(way_to(_("Synonyms"), "synonyms:index", "search"),),
    hints={
        "synonyms:index": _(
            "Initials and words of the trade: one line for what means the same. Plurals"
            " and accents are known already."
        ),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [SYNONYMS]
