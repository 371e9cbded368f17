"""Add the pages that every network has to a site that does not have them all yet."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from intranet.management.reporting import ReportingCommand
from pages.home.operations import lay_site


class Command(ReportingCommand):
    help = (
        "Add the pages that every network has (lists, library, agenda, forms, legal pages) where "
        "they are missing. What is there stays as it is."
    )

    def report(self, **options) -> dict[str, Any]:
        before = set(Page.objects.values_list("pk", flat=True))
        lay_site()
        made = list(Page.objects.exclude(pk__in=before).order_by("path"))
        for page in made:
            self.say(_("Added: %(title)s") % {"title": page.title})
        if not made:
            self.say(_("Every page was there: nothing was added."))
        return {"added": [page.slug for page in made]}
