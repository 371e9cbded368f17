from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.accounts.operations import reset_second_factor
from intranet.management.reporting import Refused, ReportingCommand


class Command(ReportingCommand):
    help = _("Forget the second proof of somebody who lost it: they set up another at login.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help=_("The address they log in with."))

    def report(self, **options) -> dict[str, Any]:
        user = User.objects.filter(email__iexact=options["email"].strip(), is_active=True).first()
        if user is None:
            raise Refused(
                _("Nobody has an account with %(address)s.") % {"address": options["email"]}
            )
        forgotten = reset_second_factor(user=user, by=None, at=timezone.now())
        self.say(_("The second proof is forgotten, and a letter tells the person."))
        return {"forgotten": forgotten}
