"""Territories from a spreadsheet."""

from django.utils.translation import gettext_lazy as _

from intranet.management.commands._importing import ImportCommand
from intranet.imports.kinds import Kind


class Command(ImportCommand):
    help = _(
        "Import territories: a code, a name, communes. The official list of "
        "priority neighbourhoods is read as it is. Safe to run again."
    )
    kind = Kind.TERRITORIES
