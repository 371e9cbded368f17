"""The ways to news on the editor's first screen."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pages.news.models import NewsIndexPage, NewsPage
from pages.news.permissions import may_follow


@hooks.register("register_home_task")
def write_news(request: HttpRequest) -> MenuItem | None:
    index = NewsIndexPage.objects.first()
    if index is None or not index.permissions_for_user(request.user).can_add_subpage():
        return None
    address = reverse("wagtailadmin_pages:add", args=["pages", NewsPage._meta.model_name, index.pk])
    return MenuItem(_("Write a piece of news"), address, icon_name="edit", order=10)


@hooks.register("register_home_task")
def follow_news(request: HttpRequest) -> MenuItem | None:
    if not may_follow(request.user):
        return None
    address = reverse("news_follow_up")
    return MenuItem(_("Follow the news"), address, icon_name="tasks", order=15)
