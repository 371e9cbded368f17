"""What the editor's help says of this room: following the letters that the site sends."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to

LETTERS = Sheet(
    name="letters",
    title=_("Follow the letters that the site sends"),
    rights=("letter.follow",),
    order=700,
    lead=_(
        "Every letter of the site goes through this list: invitations, reminders, "
        "the weekly letter, new passwords."
    ),
    steps=(
        _("“Waiting” will leave by itself, even if the mail server is away for a while."),
        _(
            "“Refused” says why. If it was passing, press “Send again”. If the address "
            "is wrong, correct it first."
        ),
        _(
            "When an address no longer exists, call the association: its representative"
            " can give another one."
        ),
    ),
    notes=(
        _(
            "Letters are forgotten after some months; those that hold a secret are "
            "emptied as soon as they have left."
        ),
    ),
    ways=(way_to(pgettext_lazy("mail", "Letters"), "letters", "mail"),),
    hints={
        "letters": _(
            "Somebody has received nothing? Search their address here: you will read "
            "whether the letter left, and why not."
        ),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [LETTERS]
