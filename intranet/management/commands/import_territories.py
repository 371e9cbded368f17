"""Territories from a spreadsheet."""

from django.utils.translation import gettext as _

from intranet.imports.kinds import Kind
from intranet.management.commands._importing import ImportCommand


class Command(ImportCommand):
    help = _(
        "Import territories: a code, a name, communes. The official list of "
        "priority neighbourhoods is read as it is. Safe to run again."
    )
    kind = Kind.TERRITORIES
