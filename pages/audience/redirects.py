"""The old addresses of pages: where a page went is told to who may read it."""

from urllib.parse import urlparse

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from wagtail.contrib.redirects import middleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from pages.audience.queries import visible_to


class RedirectMiddleware(middleware.RedirectMiddleware):
    """An address bears words of a title: the new one of a closed page is as closed as the page."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        answer = super().process_response(request, response)
        if answer is response:
            return response
        page = _page_behind(request)
        if page is None or visible_to(Page.objects.filter(pk=page.pk), request).exists():
            return answer
        if not page.live:
            return response
        # As at its new address: who logs in comes back here, and goes on if they may.
        return redirect_to_login(request.get_full_path(), settings.WAGTAIL_FRONTEND_LOGIN_URL)


def _page_behind(request: HttpRequest) -> Page | None:
    """The page that the redirect leads to, looked for as Wagtail does."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    found = middleware.get_redirect(request, path) or middleware.get_redirect(
        request, urlparse(path).path
    )
    return found.redirect_page if found else None
