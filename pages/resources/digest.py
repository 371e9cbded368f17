"""The library in the weekly letter: what came in."""

from collections.abc import Iterator
from datetime import datetime

from intranet.digest.contract import Offer, Readers, Section
from intranet.digest.pages import page_offers
from pages.resources.models import ResourcePage


def resources(*, readers: Readers, since: datetime, until: datetime) -> Iterator[Offer]:
    new = ResourcePage.objects.live().filter(
        first_published_at__gt=since, first_published_at__lte=until
    )
    return page_offers(
        new.order_by("-first_published_at", "-pk"), section=Section.RESOURCES, readers=readers
    )
