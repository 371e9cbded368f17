"""For whatever watches the installation from outside."""

import time
from functools import lru_cache

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from intranet.health.operations import Finding, check_health
from intranet.health.permissions import may_read_findings

# Anybody may ask; the mail server and the storage are not asked each time.
REMEMBERED = 15


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 if all is well, else 503; what is the matter is told to the administrator only."""
    findings = remembered_health()
    report: dict[str, object] = {"well": all(finding.is_well for finding in findings)}
    database_answers = findings[0].is_well
    if database_answers and may_read_findings(request.user):
        report.update({finding.part: finding.complaint for finding in findings})
    return JsonResponse(report, status=200 if report["well"] else 503)


def remembered_health() -> tuple[Finding, ...]:
    return health_during(int(time.monotonic() // REMEMBERED))


@lru_cache(maxsize=1)
def health_during(period: int) -> tuple[Finding, ...]:
    """In this process's own memory: the cache may live in the database that is ill."""
    return tuple(check_health(at=timezone.now()))
