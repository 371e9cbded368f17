from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.closing import AlreadyClosed, CannotClose, close_account, person_data
from intranet.accounts.models import User
from intranet.management.reporting import Refused, ReportingCommand


class Command(ReportingCommand):
    help = _(
        "Close the account of a person: who they are is erased, what they wrote stays unsigned."
    )
    # It reads none, and offers the same --check.
    reads_a_file = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help=_("The address they log in with."))

    def report(self, **options) -> dict[str, Any]:
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise Refused(
                _("Nobody has an account with %(address)s.") % {"address": options["email"]}
            )
        before = person_data(user)
        try:
            close_account(user=user, at=timezone.now())
        except (CannotClose, AlreadyClosed) as error:
            raise Refused(str(error) or _("This account is closed already.")) from error
        self.say(_("The account is closed. What it wrote stays, without a name."))
        return {
            "closed": 1,
            "rows": {column: len(rows) for column, rows in before["held"].items()},
            "mentions": before["mentions"],
        }
