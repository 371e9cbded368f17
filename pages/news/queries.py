"""Which news anybody may read."""

from wagtail.query import PageQuerySet

from pages.news.models import NewsPage


def public_news() -> PageQuerySet:
    """The published news of the public circle, the newest first."""
    return NewsPage.objects.live().public().newest_first()
