"""Associations from a spreadsheet."""

from django.utils.translation import gettext as _

from intranet.imports.kinds import Kind
from intranet.management.commands._importing import ImportCommand


class Command(ImportCommand):
    help = _("Import associations: a name, and what is known of them. Safe to run again.")
    kind = Kind.ASSOCIATIONS
