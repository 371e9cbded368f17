"""What the editor's help says of this room: the legal pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to

LEGAL = Sheet(
    name="legal",
    title=_("Complete the legal pages"),
    rights=("page.change_legal",),
    order=80,
    lead=_(
        "The law asks a site to say who publishes it, who hosts it and what becomes"
        " of people's data."
    ),
    steps=(
        _("Fill in “Identity of the site”: the four pages take their facts from there."),
        _("Read the pages through, and correct what does not fit your network."),
        _("The red notice on the first screen goes away when nothing is missing."),
    ),
    ways=(
        way_to(_("Identity of the site"), "wagtailsettings:edit", "cogs", "pages", "legalidentity"),
    ),
    hints={
        "legalpage": _(
            "The facts of this page come from “Identity of the site”, in the settings: "
            "change them there, once."
        ),
        "legalidentity": _(
            "The legal pages take their facts from here. Leave empty what your network "
            "does not have."
        ),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [LEGAL]
