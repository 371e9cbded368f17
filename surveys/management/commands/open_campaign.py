"""Open a campaign from a script, under the same rules as on the screen."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from intranet.management.reporting import Refused, ReportingCommand
from intranet.network.models import Association
from surveys.campaigns import operations, queries
from surveys.campaigns.forms import CampaignForm
from surveys.campaigns.models import Campaign
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.queries import latest_version

ALL = "all"


class Command(ReportingCommand):
    help = _("Open a campaign: who is asked which questionnaire, between which days.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help=_("Address of the campaign, for example bilan-2026."))
        parser.add_argument(
            "--questionnaire", required=True, metavar="SLUG", help=_("A published questionnaire.")
        )
        parser.add_argument("--kind", required=True, choices=Campaign.Kind.values)
        parser.add_argument("--title", help=_("By default, the questionnaire's."))
        parser.add_argument(
            "--opens",
            metavar="DATE",
            help=_("First day, as 2026-03-01 or 01/03/2026; by default today."),
        )
        parser.add_argument(
            "--closes",
            metavar="DATE",
            help=_("Last day, included; by default the campaign stays open."),
        )
        parser.add_argument(
            "--threshold",
            metavar="N",
            help=_(
                "Smallest group shown; by default 3 for a self-assessment, 5 for a needs survey."
            ),
        )
        parser.add_argument(
            "--associations",
            default=ALL,
            metavar="SLUG,SLUG",
            help=_("Associations that a self-assessment asks; by default all that are active."),
        )

    def report(self, **options: Any) -> dict[str, Any]:
        at = timezone.now()
        _refuse_unreadable(options)
        questionnaire = _questionnaire(options["questionnaire"])
        form = CampaignForm(
            {
                "kind": options["kind"],
                "slug": options["slug"],
                "title": questionnaire.title if options["title"] is None else options["title"],
                "questionnaire": questionnaire.pk,
                "opens_date": options["opens"] or timezone.localdate(at).isoformat(),
                "closes_date": options["closes"],
                "threshold": options["threshold"],
                "associations": _associations(options).values_list("pk", flat=True),
            }
        )
        if not form.is_valid():
            raise Refused(_reasons(form))
        try:
            campaign = operations.open_campaign(**form.cleaned_data, by=None, at=at)
        except operations.AddressTaken as error:
            raise Refused(_("Another campaign has this address: choose another one.")) from error
        return self._opened(campaign)

    def _opened(self, campaign: Campaign) -> dict[str, Any]:
        turnout = queries.turnout(campaign)
        version = latest_version(campaign.questionnaire)
        name = "survey" if campaign.is_anonymous else "campaign"
        address = settings.BASE_URL + reverse(name, args=[campaign.slug])
        self.say(_("The campaign is recorded: %(address)s") % {"address": address})
        if not campaign.is_anonymous:
            self.say(
                ngettext(
                    "%(number)s association is asked.",
                    "%(number)s associations are asked.",
                    turnout.asked,
                )
                % {"number": turnout.asked}
            )
        return {
            "campaign": campaign.slug,
            "title": campaign.title,
            "kind": campaign.kind,
            "questionnaire": campaign.questionnaire.slug,
            "version": version.number if version else None,
            "opens": campaign.opens_date,
            "closes": campaign.closes_date,
            "threshold": campaign.threshold,
            "asked": turnout.asked,
            "without_address": turnout.unreachable,
            "address": address,
        }


def _refuse_unreadable(options: dict[str, Any]) -> None:
    """A terminal of another encoding gives text that no database can keep."""
    for value in options.values():
        try:
            str(value).encode()
        except UnicodeEncodeError as error:
            raise Refused(_("This text is not in UTF-8: check your terminal.")) from error


def _questionnaire(slug: str) -> Questionnaire:
    if questionnaire := _with_slug(Questionnaire.objects.all(), slug):
        if latest_version(questionnaire):
            return questionnaire
        raise Refused(
            _("The questionnaire %(slug)s has no published version: publish it first.")
            % {"slug": slug}
        )
    raise Refused(_("There is no questionnaire %(slug)s: check its address.") % {"slug": slug})


def _associations(options: dict[str, Any]) -> QuerySet[Association]:
    active = queries.active_associations()
    if options["kind"] == Campaign.Kind.NEEDS_SURVEY:
        return active.none()
    if options["associations"] == ALL:
        return active
    slugs = {slug.strip() for slug in options["associations"].split(",") if slug.strip()}
    unknown = sorted(slug for slug in slugs if not _with_slug(active, slug))
    if unknown:
        raise Refused(
            _("These are not active associations of the network: %(slugs)s.")
            % {"slugs": ", ".join(unknown)}
        )
    return active.filter(slug__in=slugs)


def _with_slug(rows: QuerySet, slug: str):
    # What is not a slug names nothing, and may hold what a database refuses to compare.
    is_slug = slug.isascii() and slug.replace("-", "").replace("_", "").isalnum()
    return rows.filter(slug=slug).first() if is_slug else None


def _reasons(form: CampaignForm) -> str:
    colon = pgettext("between a label and its error", ":")
    return "\n".join(
        f"{form[name].label}{colon} {error}"
        for name, errors in form.errors.items()
        for error in errors
    )
