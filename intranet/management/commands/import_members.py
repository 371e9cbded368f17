"""Members from a spreadsheet."""

from django.utils.translation import gettext as _

from intranet.imports.kinds import Kind
from intranet.management.commands._importing import ImportCommand


class Command(ImportCommand):
    help = _(
        "Import members: an e-mail address, an association, a role. Nobody is written to. "
        "Safe to run again."
    )
    kind = Kind.MEMBERS
