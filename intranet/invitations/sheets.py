"""What the editor's help says of this room: inviting."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet
from intranet.invitations.admin import invite_people

INVITE = Sheet(
    name="invite",
    title=_("Invite people"),
    rights=("invitation.send_to_partners",),
    order=510,
    lead=_(
        "An invitation is a letter with a link, good for fourteen days. The person "
        "writes their name, chooses a password, and is in."
    ),
    steps=(
        _(
            "Choose the association, then write one address on each line: a whole team "
            "is invited at once."
        ),
        _(
            "The list says who has answered. Send again to those who have not: the "
            "first link then no longer works."
        ),
        _("A wrong address? Revoke the invitation: its link is closed at once."),
    ),
    notes=(
        _(
            "Public partners are invited without an association: they read what is "
            "public and what is shared with them."
        ),
    ),
    ways=(invite_people,),
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [INVITE]
