"""The ways through the site: what the header and the footer lead to."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from django import template
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction, Site

from intranet.languages import SITE_LANGUAGE, said_in
from intranet.network.permissions import is_member
from intranet.rights.permissions import may

register = template.Library()

FOOTER_SLUGS = (
    "a-propos",
    "contact",
    "formulaires",
    "mentions-legales",
    "donnees-personnelles",
    "accessibilite",
    "cookies",
)


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    current: Literal["", "page", "true"] = ""


def _open_to(user) -> Q:
    """The pages whose own restriction lets the person in."""
    closed = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    if not user or not user.is_authenticated:
        return Q(~Exists(closed))
    if user.is_superuser:
        return Q()
    groups = closed.filter(restriction_type=PageViewRestriction.GROUPS)
    open_groups = Q(~Exists(groups.exclude(groups__user=user)))
    if is_member(user):
        return open_groups
    # Public partners have an account, and are not in the members' circle.
    return open_groups & Q(~Exists(closed.filter(restriction_type=PageViewRestriction.LOGIN)))


def _pages(root: Page, user) -> QuerySet[Page]:
    return (
        root.get_children()
        .live()
        .filter(Q(show_in_menus=True) | Q(slug__in=FOOTER_SLUGS))
        .filter(_open_to(user))
        .order_by("path")
    )


def _link(request: HttpRequest, title: str, url: str) -> Link:
    if request.path == url:
        return Link(title, url, "page")
    if url != "/" and request.path.startswith(url):
        return Link(title, url, "true")
    return Link(title, url)


def _only_page(request: HttpRequest, title: str, url: str) -> Link:
    """A page whose address begins those of others, without being what they are part of."""
    return Link(title, url, "page" if request.path == url else "")


def _title(page: Page) -> str:
    # The pages on which people answer speak other languages than the rest of the site.
    return said_in(SITE_LANGUAGE, page.seo_title or page.title)


def _rooms(request: HttpRequest) -> list[Link]:
    """The screens that are not pages of the tree: of members, and one for every account."""
    links = []
    campaigns = [(_("Campaigns"), "campaigns")] if is_member(request.user) else []
    for title, name in (*campaigns, (_("My space"), "my_space")):
        # An upper floor hangs its addresses by name, or not at all.
        with suppress(NoReverseMatch):
            links.append(_link(request, title, reverse(name)))
    return links


def _for_members(request: HttpRequest) -> list[Link]:
    return [_link(request, _("Who may do what?"), reverse("rights"))]


def _account(request: HttpRequest) -> list[Link]:
    """The screens where people look after their own account."""
    profile = [_link(request, _("My profile"), reverse("my_profile"))]
    return [
        _only_page(request, _("My account"), reverse("my_account")),
        *(profile if is_member(request.user) else []),
        _link(request, _("My letters"), reverse("my_letters")),
        _link(request, _("My addresses"), reverse("account_email")),
        _link(request, _("My password"), reverse("account_change_password")),
        _link(request, _("Two proofs to log in"), reverse("mfa_index")),
        _link(request, _("My sessions"), reverse("sessions")),
    ]


@register.simple_tag(takes_context=True)
def navigation(context) -> dict[str, list[Link]]:
    """The links of the header, the footer and the account, with one query for the pages."""
    request = context.get("request")
    if request is None:
        return {"main": [], "footer": [], "account": []}
    user = getattr(request, "user", None)
    is_known = bool(user and user.is_authenticated)
    site = Site.find_for_request(request)
    pages = list(_pages(site.root_page, user)) if site else []
    links = [(page, _link(request, _title(page), page.get_url(request) or "/")) for page in pages]
    return {
        "main": [
            _link(request, _("Home"), "/"),
            *(link for page, link in links if page.show_in_menus),
            _link(request, _("Directory"), reverse("directory")),
            *(_rooms(request) if is_known else []),
        ],
        "footer": [
            *(link for page, link in links if page.slug in FOOTER_SLUGS),
            *(_for_members(request) if user and may(user, "read", "rights") else []),
        ],
        "account": _account(request) if is_known else [],
    }


@register.simple_tag
def address_of(name: str) -> str:
    """Where a screen is that an upper room hangs by name, or nothing when there is none."""
    with suppress(NoReverseMatch):
        return reverse(name)
    return ""


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context, page: Page) -> dict[str, list[tuple[str, str]]]:
    """The way from the front page down to a page of the tree, itself without a link."""
    request = context.get("request")
    above = page.get_ancestors().filter(depth__gt=2)
    trail = [
        (ancestor.seo_title or ancestor.title, ancestor.get_url(request) or "")
        for ancestor in above
    ]
    return {"trail": [*trail, (page.title, "")]}
