"""What the editor's help says of this room: the library."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet
from pages.resources.admin import add_a_resource

RESOURCES = Sheet(
    name="resources",
    title=_("Add a resource"),
    rights=("resource.edit",),
    order=55,
    lead=_(
        "A resource is a document, a link or a sheet that helps others: with two "
        "sentences that say for whom and for what."
    ),
    steps=(
        _("Search first: a newer file replaces the old one on the same page."),
        _("Choose the kind, add the file or the link, write the summary."),
        _(
            "Indicate themes, territories and the commitments of the charter that it "
            "serves, then publish."
        ),
    ),
    notes=(_("What members propose waits here as a draft: read it, publish it."),),
    ways=(add_a_resource,),
    hints={
        "resourceindexpage": _(
            "What is said above the library. The resources themselves are below this page."
        ),
        "resourcepage": _(
            "Two sentences: for whom, and for what. The file is read by those who may "
            "read this page."
        ),
        "in resourceindexpage": _(
            "Drafts are what members proposed: read them, then publish them."
        ),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [RESOURCES]
