from uuid import UUID

from django.utils import timezone

from intranet.imports import operations


def check_import(run_id: str) -> None:
    operations.check_import(run_id=UUID(run_id))


def carry_out_import(run_id: str) -> None:
    operations.carry_out_import(run_id=UUID(run_id), at=timezone.now())


def purge_imports() -> None:
    operations.purge_imports(at=timezone.now())
