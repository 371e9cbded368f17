"""In the weekly letter: the news, and what associations are asked to take note of."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.digest.contract import Item, Offer, Readers, Section, deadline_step
from intranet.digest.pages import opening_words, page_offers
from intranet.digest.queries import page_readers
from pages.news.listing import associations_asked
from pages.news.models import Acknowledgement, NewsPage


def news(*, readers: Readers, since: datetime, until: datetime) -> Iterator[Offer]:
    published = NewsPage.objects.live().filter(
        first_published_at__gt=since, first_published_at__lte=until
    )
    return page_offers(published.newest_first(), section=Section.NEWS, readers=readers)


def to_acknowledge(*, readers: Readers, since: datetime, until: datetime) -> Iterator[Offer]:
    """An item for each association that has not taken note yet, until the day that was set."""
    on = timezone.localdate(until)
    asking = list(NewsPage.objects.live().filter(acknowledge_by__gte=on))
    allowed = page_readers(asking, readers)
    done = set(
        Acknowledgement.objects.filter(page__in=asking).values_list("page_id", "association_id")
    )
    for page in asking:
        step = deadline_step(page.acknowledge_by, on=on)
        for association in associations_asked(page):
            if (page.pk, association.pk) in done:
                continue
            yield Offer(
                Item(
                    key=f"acknowledgement {page.pk} {association.pk} {step}",
                    section=Section.AWAITING,
                    title=_("%(association)s is asked to take note: %(title)s")
                    % {"association": association, "title": page.title},
                    text=opening_words(page),
                    path=page.get_url() or "/",
                    at=page.first_published_at,
                    due=page.acknowledge_by,
                    page_id=page.pk,
                    check="pages.news.digest.still_unacknowledged",
                ),
                allowed[page.pk] & readers.of_association(association.pk),
            )


def still_unacknowledged(keys: list[str], *, person: User) -> set[str]:
    """Those of which nobody of the association has taken note meanwhile."""
    pages = {int(key.split()[1]) for key in keys}
    rows = Acknowledgement.objects.filter(page__in=pages).values_list("page_id", "association_id")
    done = {f"{page} {association}" for page, association in rows}
    return {key for key in keys if " ".join(key.split()[1:3]) not in done}
