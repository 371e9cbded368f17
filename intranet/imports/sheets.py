"""What the editor's help says of this room: importing."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to

IMPORT = Sheet(
    name="import",
    title=_("Import from a spreadsheet"),
    rights=("association.import",),
    order=520,
    lead=_(
        "Territories, associations and members come in from a file of Excel, "
        "LibreOffice or any other spreadsheet."
    ),
    steps=(
        _("Choose what you import: the screen says which columns are read, and gives an example."),
        _(
            "Send the file. Nothing is written yet: line by line, you read what is new,"
            " changed, double or refused."
        ),
        _(
            "Confirm. Good lines go in; the others say why. Correct them in the file "
            "and send it again: what is in already does not change."
        ),
    ),
    notes=(_("An empty cell erases nothing."),),
    ways=(way_to(_("Imports"), "imports", "upload"),),
    hints={
        "imports": _(
            "Nothing is written before you confirm: you first read, line by line, what "
            "the file would change."
        ),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [IMPORT]
