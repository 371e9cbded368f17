"""The news in the weekly letter."""

from collections.abc import Iterator
from datetime import datetime

from intranet.digest.contract import Offer, Readers, Section
from intranet.digest.pages import page_offers
from pages.news.models import NewsPage


def news(*, readers: Readers, since: datetime, until: datetime) -> Iterator[Offer]:
    published = NewsPage.objects.live().filter(
        first_published_at__gt=since, first_published_at__lte=until
    )
    return page_offers(published.newest_first(), section=Section.NEWS, readers=readers)
