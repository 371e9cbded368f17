"""What the editor's help says of this room: the charter."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet
from pages.charter.admin import edit_the_charter
from pages.charter.admin_versions import publish_a_version

CHARTER = Sheet(
    name="charter",
    title=_("Publish a version of the charter"),
    rights=("charter.publish",),
    order=40,
    lead=_(
        "The text is changed as a draft. Publishing a version is another act: it is"
        " what associations sign, and it is kept for ever."
    ),
    steps=(
        _("Change the articles, and save drafts as long as needed."),
        _("Open “Versions of the charter”: the screen shows, word by word, what changes."),
        _("Say why, in a sentence that everybody will read, then publish the version."),
        _("Each association that signed is then asked, once, to confirm."),
    ),
    notes=(
        _(
            "Commitments keep their address and their history when their words change: "
            "do not remove one to write it anew."
        ),
    ),
    ways=(
        edit_the_charter,
        publish_a_version,
    ),
    hints={
        "charterpage": _(
            "What stands above the articles. Nothing becomes a version of the charter "
            "before you publish one."
        ),
        "articlepage": _(
            "Change the words of a commitment, do not remove it to write it anew: it "
            "would lose its history."
        ),
        "in charterpage": _("The articles of the charter, in order."),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [CHARTER]
