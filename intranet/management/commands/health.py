from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.health.operations import check_health
from intranet.management.reporting import Refused, ReportingCommand


class Command(ReportingCommand):
    help = _("Say whether database, background jobs, storage and mail are well (status 0) or not.")
    # What is wrong is told as a finding, not as a refusal to start.
    requires_system_checks: list[str] = []

    def report(self, **options) -> dict[str, object]:
        findings = check_health(at=timezone.now())
        complaints = [finding.complaint for finding in findings if not finding.is_well]
        report: dict[str, object] = {"well": not complaints}
        for finding in findings:
            report[finding.part] = {"well": finding.is_well, "message": finding.complaint}
        if complaints:
            raise Refused("\n".join(complaints), report=report)
        self.say(_("Database, background jobs, storage and mail are well."))
        return report
