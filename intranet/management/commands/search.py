from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.accounts.models import User
from intranet.management.reporting import Refused, ReportingCommand
from intranet.search.queries import present, search
from intranet.search.visits import visit_of


class Command(ReportingCommand):
    help = _("Say what somebody finds with the search, best first.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", help=_("What is searched."))
        parser.add_argument(
            "--as",
            dest="email",
            default="",
            metavar="EMAIL",
            help=_("Who searches: the address of an account; without it, anybody."),
        )

    def report(self, **options) -> dict[str, Any]:
        request = visit_of(_person(options["email"]))
        answer = search(options["query"], request)
        results = present(answer.ranked, answer.groups, request)
        if answer.corrected:
            self.say(_("Results for “%(words)s”.") % {"words": answer.corrected})
        if answer.is_partial and results:
            self.say(_("Nothing holds all the words: these results hold some of them."))
        for result in results:
            self.say(f"{result.kind_label} · {result.title} · {result.url}")
        count = len(results)
        self.say(ngettext("%(count)d result.", "%(count)d results.", count) % {"count": count})
        return {
            "results": [{"type": one.kind, "title": one.title, "url": one.url} for one in results]
        }


def _person(email: str) -> User | AnonymousUser:
    if not email:
        return AnonymousUser()
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        raise Refused(
            _("Nobody has an account with the address %(email)s: check it.") % {"email": email}
        )
    return person
