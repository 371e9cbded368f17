"""Associations from a spreadsheet."""

from django.utils.translation import gettext_lazy as _

from intranet.management.commands._importing import ImportCommand
from intranet.imports.kinds import Kind


class Command(ImportCommand):
    help = _("Import associations: a name, and what is known of them. Safe to run again.")
    kind = Kind.ASSOCIATIONS
