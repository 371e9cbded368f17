"""Saying what a database is for, and under which address its pages are."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Site

from intranet.installation.models import Installation


class DemoRefused(Exception):
    """The demo does not go into this database; the message says why."""


@transaction.atomic
def mark_as_demo() -> None:
    """Say that this database holds invented data, before the first of it is written.

    Raises `DemoRefused` in production and where people already have accounts. Safe to run
    again: a demo stays a demo.
    """
    if settings.PRODUCTION:
        raise DemoRefused(_("The demo has known passwords: it never runs when MODE=production."))
    if Installation.objects.filter(is_demo=True).exists():
        return
    if get_user_model().objects.exists():
        raise DemoRefused(
            _(
                "This database has accounts that are not the demo's: "
                "give the demo another DATABASE_URL."
            )
        )
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True})


@transaction.atomic
def align_site(*, base_url: str) -> None:
    """Give Wagtail's default site the host and port of BASE_URL. Safe to run again."""
    address = urlsplit(base_url)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site and (site.hostname, site.port) != (address.hostname, port):
        site.hostname, site.port = address.hostname, port
        site.save()
