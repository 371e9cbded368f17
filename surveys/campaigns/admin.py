"""A way from Wagtail's editor to the screens of campaigns."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from surveys.campaigns import permissions


class CampaignsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_manage_campaigns(request.user)


@hooks.register("register_admin_menu_item")
def campaigns_menu_item() -> CampaignsMenuItem:
    return CampaignsMenuItem(
        _("Campaigns"), reverse("campaigns"), name="campaigns", icon_name="mail", order=220
    )


@hooks.register("register_home_task")
def follow_campaigns(request: HttpRequest) -> CampaignsMenuItem:
    return CampaignsMenuItem(
        _("Follow a campaign"), reverse("campaigns"), icon_name="mail", order=40
    )
