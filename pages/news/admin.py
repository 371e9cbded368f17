"""News in Wagtail's editor: the ways to them, and what may be done with one."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
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


@hooks.register("construct_page_action_menu")
def publish_rather_than_submit(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """The reading of members' news is not for those who may publish by themselves."""
    if any(item.name == "action-publish" for item in menu_items):
        menu_items[:] = [item for item in menu_items if item.name != "action-submit"]
