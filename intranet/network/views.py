"""The directory, which everybody reads as far as their circle goes, and what people write in it.

What somebody may not see answers as if it did not exist.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intranet.accounts.forms import ProfileForm
from intranet.network import cartography, queries
from intranet.network.forms import OwnAssociationForm
from intranet.network.models import Association
from intranet.network.permissions import (
    is_member,
    may_change_association,
    may_find_territories,
    may_read_associations,
    sees_all_people_of,
)
from intranet.network.pickers import LONGEST_SEARCH, boxes_for, is_searching, numbers

SHOWN: Final = 24
LONGEST_TABLE: Final = 200

View = Callable[..., HttpResponse]


def _members_only(view: View) -> View:
    @wraps(view)
    @login_required
    def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_member(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return closed


def _asked(request: HttpRequest, name: str) -> str:
    # No text that a database would refuse.
    return request.GET.get(name, "").replace("\0", "")[:LONGEST_SEARCH].strip()


def _page(request: HttpRequest, rows: QuerySet | Sequence) -> Page:
    return Paginator(rows, SHOWN).get_page(request.GET.get("page"))


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    by_member = is_member(request.user)
    counted = queries.counted_territories()
    context = {
        "associations": queries.associations_seen(by_member=by_member).count(),
        "territories": counted.count(),
        "covered": counted.filter(acting__gt=0).count(),
        "people": queries.people_there().filter(in_directory=True).count() if by_member else None,
        "by_member": by_member,
    }
    return render(request, "intranet/network/directory.html", context)


@require_safe
def associations(request: HttpRequest) -> HttpResponse:
    seen = queries.associations_seen(by_member=may_read_associations(request.user))
    asked = {
        "words": _asked(request, "q"),
        "kind": _asked(request, "genre"),
        "territory": _asked(request, "territoire"),
    }
    found = queries.associations_among(seen, **asked).prefetch_related("territories")
    context = {
        "page_obj": _page(request, found),
        "asked": asked,
        "is_filtered": any(asked.values()),
        "kinds": Association.Kind.choices,
        "territories": queries.territories_of(seen),
        "by_member": is_member(request.user),
    }
    return render(request, "intranet/network/associations.html", context)


@require_safe
def association(request: HttpRequest, slug: str) -> HttpResponse:
    by_member = is_member(request.user)
    seen = queries.associations_seen(by_member=by_member)
    found = get_object_or_404(seen.select_related("federation"), slug=slug)
    above = found.federation
    knows_all = sees_all_people_of(request.user, found)
    context = {
        "association": found,
        "territories": found.territories.all(),
        "federation": above if above in (seen if above else ()) else None,
        "affiliates": seen.filter(federation=found),
        "by_member": by_member,
        "people": queries.people_of(found, all_of_them=knows_all) if by_member else [],
        "knows_all": knows_all,
        "may_edit": may_change_association(request.user, found),
    }
    return render(request, "intranet/network/association.html", context)


@require_safe
def territories(request: HttpRequest) -> HttpResponse:
    asked = {
        "words": _asked(request, "q"),
        "department": _asked(request, "departement"),
        "cover": {"oui": "covered", "non": "uncovered"}.get(_asked(request, "couverture"), ""),
    }
    context = {
        "page_obj": _page(request, queries.territories_among(**asked)),
        "asked": asked,
        "is_filtered": any(asked.values()),
        "departments": queries.departments(),
    }
    return render(request, "intranet/network/territories.html", context)


@require_safe
def territory(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(queries.counted_territories(), code=code)
    seen = queries.associations_seen(by_member=may_read_associations(request.user))
    named = list(seen.filter(territories=found))
    context = {
        "territory": found,
        "associations": named,
        "unnamed": found.acting - len(named),
    }
    return render(request, "intranet/network/territory.html", context)


@require_safe
def territory_map(request: HttpRequest) -> HttpResponse:
    department = _asked(request, "departement")
    shown = queries.territories_among(department=department)
    if department and not shown:
        raise Http404
    # A network of one department does not look for itself in the whole country.
    is_near = len({one.department for one in shown}) == 1
    draw = cartography.draw_department if is_near else cartography.draw_network
    covered = sum(one.acting > 0 for one in shown)
    context = {
        "picture": draw(shown),
        "department": department,
        "departments": queries.departments(),
        "territories": shown if department or len(shown) <= LONGEST_TABLE else [],
        "by_department": _by_department(shown),
        "covered": covered,
        "uncovered": len(shown) - covered,
    }
    return render(request, "intranet/network/territory_map.html", context)


def _by_department(territories: Sequence[Any]) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for one in territories:
        row = rows.setdefault(
            one.department, {"department": one.department, "covered": 0, "uncovered": 0}
        )
        row["covered" if one.acting else "uncovered"] += 1
    return [rows[department] for department in sorted(rows)]


@require_safe
@_members_only
def people(request: HttpRequest) -> HttpResponse:
    words = _asked(request, "q")
    context = {"page_obj": _page(request, queries.people_among(words=words)), "words": words}
    return render(request, "intranet/network/people.html", context)


@require_safe
@_members_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    # Nine digits: no database has more, and some refuse more.
    if pk >= 10**9:
        raise Http404
    found = get_object_or_404(queries.people_in_directory(), pk=pk)
    return render(request, "intranet/network/person.html", {"person": found})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def my_profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("my_profile")
    # What was typed and refused is not what others see.
    preview = queries.people_in_directory().filter(pk=cast(int, request.user.pk)).first()
    return render(request, "intranet/network/my_profile.html", {"form": form, "person": preview})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def my_association(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Association, slug=slug, is_active=True)
    if not may_change_association(request.user, found):
        raise Http404
    form = OwnAssociationForm(request.POST or None, instance=found)
    searching = is_searching(request.POST, "territories")
    if request.method == "POST" and form.is_valid() and not searching:
        form.save()
        messages.success(request, _("The page of your association is saved."))
        return redirect("association", found.slug)
    if searching:
        form.errors.clear()
    # The form has written on `found` what was not saved: its name and address are not in it.
    context = {"form": form, "association": found}
    return render(request, "intranet/network/my_association.html", context)


@require_safe
def territory_boxes(request: HttpRequest, name: str) -> HttpResponse:
    """The boxes of a picker: what is near, what is ticked, and what the words find."""
    if not may_find_territories(request.user):
        raise Http404
    found = boxes_for(
        near=numbers(request.GET.getlist(f"{name}-near")),
        ticked=numbers(request.GET.getlist(name)),
        search=request.GET.get(f"{name}-search", "")[:LONGEST_SEARCH],
    )
    context = {"found": found, "name": name, "id": f"id_{name}"}
    return render(request, "intranet/network/territories_found.html", context)
