"""The way to a new resource, on the editor's first screen."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pages.resources.models import ResourceIndexPage, ResourcePage


@hooks.register("register_home_task")
def add_a_resource(request: HttpRequest) -> MenuItem | None:
    index = ResourceIndexPage.objects.first()
    if index is None or not index.permissions_for_user(request.user).can_add_subpage():
        return None
    model_name = ResourcePage._meta.model_name
    address = reverse("wagtailadmin_pages:add", args=["pages", model_name, index.pk])
    return MenuItem(_("Add a resource"), address, icon_name="folder-inverse", order=60)
