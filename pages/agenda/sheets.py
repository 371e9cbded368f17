"""What the editor's help says of this room: the agenda."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet
from pages.agenda.admin import add_an_event

EVENTS = Sheet(
    name="events",
    title=_("Announce an event"),
    rights=("event.edit",),
    order=50,
    lead=_(
        "An event appears in the agenda, in the calendars of those who subscribed "
        "to it and in the weekly letter."
    ),
    steps=(
        _(
            "Write when it begins and ends, and where; or the link, for a remote "
            "meeting. The link may be kept for members."
        ),
        _("Say what helps people come: childcare, interpreter, access, somebody to call."),
        _("Indicate its territories and themes, then publish."),
    ),
    notes=(_("The day changes? Change the event and publish it: calendars follow by themselves."),),
    ways=(add_an_event,),
    hints={
        "agendapage": _(
            "What is said above the agenda. The events themselves are below this page."
        ),
        "eventpage": _(
            "When, where, and what helps people come. When the day changes, calendars "
            "follow by themselves."
        ),
        "in agendapage": _("Every event, those that are over included."),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [EVENTS]
