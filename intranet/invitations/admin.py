"""A way to the invitations from the first screen of Wagtail's editor."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from intranet.invitations.permissions import may_see_invitations


@hooks.register("register_home_task")
def invite_people(request: HttpRequest) -> MenuItem | None:
    if not may_see_invitations(request.user):
        return None
    return MenuItem(_("Invite people"), reverse("invitations"), icon_name="mail", order=50)
