"""Say where the demo answers and who can log in."""

import time
from http.client import HTTPException
from typing import Any
from urllib.request import urlopen

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intranet.accounts import roles
from intranet.management.reporting import Refused, ReportingCommand
from intranet.network.models import Association
from surveys.campaigns.models import Campaign
from surveys.demo.network import PASSWORD
from surveys.demo.texts import network

PATIENCE = 60
PAUSE = 1
# Of each attempt, in seconds: the first page takes its time on a busy machine.
TIME_TO_ANSWER = 5
ROLES = {
    "animator": roles.ANIMATOR,
    "editor": roles.EDITOR,
    "representative": roles.REPRESENTATIVE,
    "contributor": roles.CONTRIBUTOR,
    "partner": roles.PARTNER,
    "administrator": _("administration of the site"),
}


class Command(ReportingCommand):
    help = "Print the demo's addresses and accounts."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--wait", action="store_true", help=_("Wait until the site answers."))

    def report(self, **options) -> dict[str, Any]:
        if options["wait"]:
            self._wait_for(settings.BASE_URL)
        accounts = [(person["email"], person["role"]) for person in network["people"]]
        addresses = [settings.BASE_URL + "/", settings.BASE_URL + "/admin/"]
        addresses += [
            f"{settings.BASE_URL}/enquete/{campaign.slug}/"
            for campaign in Campaign.objects.filter(kind=Campaign.Kind.NEEDS_SURVEY)
        ]
        self.say("")
        self.say(
            _("Maillage is running: %(count)d associations, invented.")
            % {"count": Association.objects.count()}
        )
        for address in addresses:
            self.say(f"  {address}")
        self.say(_("Accounts (password: %(password)s)") % {"password": PASSWORD})
        for email, role in accounts:
            self.say(f"  {email:32} {ROLES[role]}")
        self.say(str(_("Ctrl-C stops everything; nothing is lost.")))
        return {"addresses": addresses, "accounts": dict(accounts), "password": PASSWORD}

    def _wait_for(self, url: str) -> None:
        for _second in range(PATIENCE):
            try:
                with urlopen(url, timeout=TIME_TO_ANSWER):  # noqa: S310
                    return
            except (OSError, HTTPException):
                time.sleep(PAUSE)
        raise Refused(str(_("The site does not answer at %(url)s.") % {"url": url}))
