"""The news for feed readers, whole or in part: what is public, whoever asks."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from wagtail.models import Site

from intranet.network.models import Territory, Theme
from pages.news.models import NewsIndexPage, NewsPage
from pages.news.queries import public_news

NEWS_IN_THE_FEED = 20


class NewsFeed(Feed):
    feed_type = Rss201rev2Feed
    language = "fr"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Site | None:
        return Site.find_for_request(request)

    def title(self, site: Site | None) -> str:
        return _("News of the network %(name)s") % {"name": site.site_name if site else ""}

    def description(self, site: Site | None) -> str:
        return _("What the associations of the network do, prepare and tell.")

    def link(self, site: Site | None) -> str:
        index = NewsIndexPage.objects.live().first()
        return index.full_url if index else "/"

    def items(self, site: Site | None) -> list[NewsPage]:
        return list(public_news()[:NEWS_IN_THE_FEED])

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.excerpt

    def item_link(self, item: NewsPage) -> str:
        return item.full_url

    def item_pubdate(self, item: NewsPage) -> Any:
        return item.first_published_at


class _PartFeed(NewsFeed):
    """The public news that has something in common."""

    def title(self, part: Any) -> str:
        return _("News: %(name)s") % {"name": part}

    def link(self, part: Any) -> str:
        return super().link(None)

    def feed_url(self, part: Any) -> str:
        raise NotImplementedError

    def news(self, part: Any) -> QuerySet[NewsPage]:
        raise NotImplementedError

    def items(self, part: Any) -> list[NewsPage]:
        return list(self.news(part)[:NEWS_IN_THE_FEED])


class TerritoryFeed(_PartFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return get_object_or_404(Territory, code=kwargs["code"])

    def feed_url(self, part: Territory) -> str:
        return reverse("territory_feed", args=[part.code])

    def news(self, part: Territory) -> QuerySet[NewsPage]:
        return public_news().filter(territories=part)


class ThemeFeed(_PartFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return get_object_or_404(Theme, slug=kwargs["slug"])

    def feed_url(self, part: Theme) -> str:
        return reverse("theme_feed", args=[part.slug])

    def news(self, part: Theme) -> QuerySet[NewsPage]:
        return public_news().filter(themes=part)
