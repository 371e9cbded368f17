"""Jobs of the exports."""

from django.utils import timezone

from surveys.exports import operations
from surveys.exports.models import Export


def build_export(export_id: str) -> None:
    export = Export.objects.select_related("campaign__questionnaire").filter(pk=export_id).first()
    if export:
        operations.build_export(export=export, at=timezone.now())


def purge_exports() -> None:
    operations.purge_exports(at=timezone.now())
