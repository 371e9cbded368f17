"""Members from a spreadsheet."""

from django.utils.translation import gettext_lazy as _

from intranet.management.commands._importing import ImportCommand
from intranet.imports.kinds import Kind


class Command(ImportCommand):
    help = _(
        "Import members: an e-mail address, an association, a role. Nobody is written to. "
        "Safe to run again."
    )
    kind = Kind.MEMBERS
