from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from intranet.accounts.closing import person_data
from intranet.accounts.models import User
from intranet.management.reporting import Refused, ReportingCommand


class Command(ReportingCommand):
    help = _("Say all that is held about a person (right of access).")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help=_("The address they log in with."))

    def report(self, **options) -> dict[str, Any]:
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise Refused(
                _("Nobody has an account with %(address)s.") % {"address": options["email"]}
            )
        data = person_data(user)
        self.say(_("What is held about %(person)s:") % {"person": user})
        for name, value in data["person"].items():
            self.say(f"  {name}: {value}")
        self.say(f"  {_('Roles')}: {', '.join(data['roles']) or '–'}")
        for column, rows in data["held"].items():
            self.say(f"  {column}: {len(rows)}")
        for column, count in data["mentions"].items():
            self.say(
                "  " + _("%(column)s names them: %(count)s") % {"column": column, "count": count}
            )
        self.say(_("With --json, every row is written out."))
        return data
