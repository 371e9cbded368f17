"""How the log says that answers were read."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from surveys.results.operations import ANSWERS_READ


@hooks.register("register_log_actions")
def register_reading(actions) -> None:
    @actions.register_action(ANSWERS_READ)
    class ReadingFormatter(LogFormatter):
        label = _("Read answers one by one")

        def format_message(self, log_entry) -> str:
            return gettext("Read answers one by one: %(what)s") % {"what": log_entry.data["what"]}
