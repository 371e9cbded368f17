"""The front page: what the network is, what it promises, what it does these days."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PagePermissionTester
from wagtail.search import index

from intranet.accounts.models import User
from pages.base.models import BasePage
from pages.blocks.text import PROSE_FEATURES
from pages.home import queries


class HomePagePermissions(PagePermissionTester):
    """Who looks after a part of the site sees the first page, above it, without changing it.

    Wagtail offers them its history, then turns them away.
    """

    def can_view_revisions(self) -> bool:
        return super().can_view_revisions() and self.can_edit()


class HomePage(BasePage):
    headline = models.CharField(
        _("headline"),
        max_length=120,
        blank=True,
        help_text=_("The large words that welcome people. The title of the page if left empty."),
    )
    introduction = RichTextField(
        _("introduction"),
        features=PROSE_FEATURES,
        blank=True,
        help_text=_("Two or three sentences: who we are, what people find here."),
    )

    content_panels = [
        *BasePage.title_panels,
        FieldPanel("headline"),
        FieldPanel("introduction"),
        FieldPanel("summary"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "pages/home/home_page.html"
    page_description = _("The front page of the network.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def permissions_for_user(self, user: User | AnonymousUser) -> HomePagePermissions:
        return HomePagePermissions(user, self)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return context | queries.on_the_front_page(self, request)
