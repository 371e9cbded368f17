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
def edit_link(context) -> str | SafeString:
    """A link to the editor of the page being read, for who may change it.

    Wagtail's own bar needs what the site's security policy forbids. It is used in previews,
    which are shown below /admin/: the editor checks the page's accessibility through it.
    """
    request, page = context.get("request"), context.get("page")
    # A screen that is not a page of the tree may call something else "page".
    if request is None or not isinstance(page, Page):
        return ""
    if getattr(request, "is_preview", False):
        return wagtailuserbar(context)
    user = getattr(request, "user", None)
    if user is None or not user.has_perm("wagtailadmin.access_admin"):
        return ""
    if not page.pk or not page.permissions_for_user(user).can_edit():
        return ""
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return format_html(
        '<p class="edit-link"><a class="button button--quiet" href="{}">{}</a></p>',
        editor,
        _("Change this page"),
    )
