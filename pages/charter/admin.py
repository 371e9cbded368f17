"""What the charter adds to the editor."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pages.charter.models import CharterPage


@hooks.register("insert_global_admin_css")
def hide_anchors() -> str:
    """Anchors travel with the form, and are nobody's business."""
    return format_html('<link rel="stylesheet" href="{}">', static("pages/editor.css"))


@hooks.register("register_home_task")
def edit_the_charter(request: HttpRequest) -> MenuItem | None:
    charter = CharterPage.objects.first()
    if charter is None or not charter.permissions_for_user(request.user).can_edit():
        return None
    address = reverse("wagtailadmin_explore", args=[charter.pk])
    return MenuItem(_("Edit the charter"), address, icon_name="doc-full", order=20)
