"""What the editor's help says of this room: pictures and documents."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to

FILES = Sheet(
    name="files",
    title=_("Add pictures and documents"),
    rights=("file.edit",),
    order=600,
    lead=_(
        "A file is read by those who may read the pages that carry it, and by "
        "nobody else before one of them is published."
    ),
    steps=(
        _("Give it a title that says what it is: “Minutes of 12 March”, not “scan0042”."),
        _(
            "Describe what a picture shows, for those who do not see it. On a face, ask"
            " the person first."
        ),
        _(
            "Prefer to give a document a page among the resources: it is then found, "
            "dated and explained."
        ),
    ),
    notes=(
        _("To give out a file without a page, move it out of “Files awaiting a published page”."),
    ),
    ways=(
        way_to(_("Pictures"), "wagtailimages:index", "image"),
        way_to(_("Documents"), "wagtaildocs:index", "doc-full"),
    ),
    hints={
        "wagtailadmin_collections:index": _(
            "Files are closed and opened with the pages that carry them: arrange by hand only what "
            "no page carries."
        ),
        "wagtailimages:index": _(
            "A picture is seen by those who may read the pages that carry it."
        ),
        "wagtailimages:add_multiple": _(
            "Ask the people who can be recognised, and say in the description what the "
            "picture shows."
        ),
        "wagtaildocs:index": _(
            "A document is read by those who may read the pages that carry it. To make "
            "one known, add a resource."
        ),
        "wagtaildocs:add_multiple": _(
            "Give each file a title that says what it is. PDF, Word, OpenDocument and "
            "spreadsheets are accepted."
        ),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [FILES]
