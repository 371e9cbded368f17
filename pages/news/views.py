"""The news for feed readers: what is public, whoever asks."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from wagtail.models import Site

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
        return item.summary

    def item_link(self, item: NewsPage) -> str:
        return item.full_url

    def item_pubdate(self, item: NewsPage) -> Any:
        return item.first_published_at
