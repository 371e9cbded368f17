from typing import Any

from django.utils.translation import gettext as _

from intranet.management.reporting import ReportingCommand
from intranet.search.operations import rebuild


class Command(ReportingCommand):
    help = _("Read everything that the search finds again, documents included.")

    def report(self, **options) -> dict[str, Any]:
        counts = rebuild()
        total = sum(counts.values())
        self.say(_("The search was built again: %(count)d things to find.") % {"count": total})
        return {"entries": total, "sources": counts}
