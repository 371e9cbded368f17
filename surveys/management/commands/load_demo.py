"""Fill an empty database with the demo's invented network."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.installation.operations import DemoRefused
from intranet.management.reporting import Refused, ReportingCommand
from surveys.demo.operations import load_demo


class Command(ReportingCommand):
    help = "Fill an empty database with the demo: an invented network and its campaigns."

    def report(self, **options) -> dict[str, Any]:
        try:
            loaded = load_demo(at=timezone.now())
        except DemoRefused as refusal:
            raise Refused(str(refusal)) from refusal
        self.say(_("The demo is loaded.") if loaded else _("The demo was loaded before."))
        return {"loaded": loaded}
