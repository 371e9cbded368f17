"""`manage.py results CAMPAIGN`: the figures that a member would see."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from intranet.management.reporting import Refused, ReportingCommand
from intranet.templatetags.typography import grouped, percent
from surveys.campaigns.models import Campaign
from surveys.results import aggregates, queries, shares
from surveys.results.operations import note_reading

LABEL_WIDTH = 60


def campaign_called(slug: str) -> Campaign:
    """The campaign, or a refusal that names those there are."""
    campaign = Campaign.objects.select_related("questionnaire").filter(slug=slug).first()
    if campaign is None:
        possible = ", ".join(Campaign.objects.order_by("slug").values_list("slug", flat=True))
        message = _("There is no campaign “%(slug)s”. Campaigns: %(possible)s.")
        raise Refused(message % {"slug": slug, "possible": possible or "–"})
    return campaign


class Command(ReportingCommand):
    help = _("Print the figures of a campaign, small groups hidden.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("campaign", metavar="CAMPAIGN", help=_("The campaign's address."))
        parser.add_argument(
            "--where",
            action="append",
            default=[],
            metavar="CODE=CHOICE",
            help=_("Only the responses that chose this (repeat to narrow; “CODE=” for no answer)."),
        )
        parser.add_argument("--by", metavar="CODE", help=_("Cross every figure with a question."))
        parser.add_argument(
            "--raw",
            action="store_true",
            help=_("Without the protection of small groups; it is written in the log."),
        )

    def report(self, **options) -> dict[str, Any]:
        campaign = campaign_called(options["campaign"])
        where = [_condition(text) for text in options["where"]]
        figures = _figures(campaign, where=where, by=options["by"], raw=options["raw"])
        if options["raw"]:
            note_reading(campaign=campaign, what=_("figures without protection"), by=None)
        if not options["json"]:
            for line in _as_text(figures):
                self.say(line)
        return figures


def _condition(text: str) -> tuple[str, str]:
    code, equals, choice = text.partition("=")
    if not equals or not code:
        message = _("“%(text)s” is not a condition: write CODE=CHOICE.")
        raise Refused(message % {"text": text})
    return code, choice


def _figures(campaign: Campaign, **options) -> queries.Figures:
    try:
        return queries.figures(campaign, **options)
    except queries.WouldExpose as error:
        message = _(
            "A filter or a cross-table could show who answered what by subtraction: with a"
            " threshold of %(threshold)s, it needs --raw, which is written in the log."
        )
        raise Refused(message % {"threshold": campaign.threshold}) from error
    except aggregates.UnknownQuestion as error:
        message = _("There is no question “%(code)s”. Questions with choices: %(possible)s.")
        raise Refused(message % _named(error)) from error
    except aggregates.WithoutChoices as error:
        message = _("The question “%(code)s” has no choices. Those that have: %(possible)s.")
        raise Refused(message % _named(error)) from error
    except aggregates.UnknownChoice as error:
        message = _("“%(question)s” has no choice “%(code)s”. Its choices: %(possible)s.")
        raise Refused(message % {**_named(error), "question": error.question}) from error


def _named(error) -> dict[str, str]:
    return {"code": error.code, "possible": ", ".join(error.possible) or "–"}


def _as_text(figures: queries.Figures) -> Iterator[str]:
    yield (
        _("%(campaign)s: number of responses %(responses)s, smallest group shown %(threshold)s")
        % figures
    )
    for question in figures["questions"]:
        yield ""
        yield f"{question['code']}  {question['label']}"
        yield "  " + _("asked %(asked)s, answered %(answered)s, without an answer %(none)s") % {
            "asked": _shown(question["asked"]),
            "answered": _shown(question["answered"]),
            "none": _shown(question["not_answered"]),
        }
        for choice in question.get("choices", []):
            label = f"{choice['label']} ({choice['code']})"[:LABEL_WIDTH]
            share = percent(shares.share(question, choice))
            yield f"  {label:<{LABEL_WIDTH}} {_shown(choice['count']):>8} {share:>9}"
        for name, label in _statistics().items():
            if name in question and question["answered"] != 0:
                yield f"  {label:<{LABEL_WIDTH}} {_shown(question[name], 2):>8}"
    yield ""
    yield _("Hidden figures: %(hidden)s") % figures


def _statistics() -> dict[str, str]:
    return {
        "mean": _("Mean"),
        "median": _("Median"),
        "min": _("Smallest"),
        "max": _("Largest"),
        "stdev": _("Standard deviation"),
    }


def _shown(value: int | float | None, decimals: int = 0) -> str:
    if value is None:
        return pgettext("figure", "hidden")
    return grouped(value, decimals if isinstance(value, float) else 0)
