"""From a page of the site to its editor."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page

register = template.Library()


@register.simple_tag(takes_context=True)
def edit_link(context, page: Page, classes: str = "button button--quiet") -> str | SafeString:
    """A link to the page's editor, for who may change it.

    Wagtail's own bar needs what the site's security policy forbids. It is used in previews,
    which are shown below /admin/: the editor checks the page's accessibility through it.
    """
    request = context.get("request")
    if request is None:
        return ""
    if getattr(request, "is_preview", False):
        return wagtailuserbar(context)
    user = getattr(request, "user", None)
    if user is None or not user.has_perm("wagtailadmin.access_admin"):
        return ""
    if not page.pk or not page.permissions_for_user(user).can_edit():
        return ""
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return format_html('<a class="{}" href="{}">{}</a>', classes, editor, _("Change this page"))
