"""The screens of campaigns: my space, the list, opening one, following it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from intranet.accounts.models import User
from intranet.desk.queries import notices
from intranet.network.models import Association
from intranet.network.permissions import is_partner
from intranet.templatetags.typography import day
from surveys.campaigns import forms, notifications, operations, permissions, queries
from surveys.campaigns.models import Campaign

CAMPAIGNS_PER_PAGE = 20
ONE_DAY = timedelta(days=1)
ASSOCIATIONS_PER_PAGE = 50

View = Callable[..., HttpResponse]


class PersonRequest(HttpRequest):
    """A request that passed `members_only` or `animators_only`."""

    user: User


def members_only(view: View) -> View:
    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not permissions.may_see_campaigns(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def animators_only(view: View) -> View:
    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not permissions.may_manage_campaigns(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def seen_campaign(request: PersonRequest, slug: str, on: date) -> Campaign:
    campaign = get_object_or_404(Campaign.objects.select_related("questionnaire"), slug=slug)
    if not permissions.may_see_campaign(request.user, campaign, on):
        # As if it did not exist: a campaign in preparation is not announced.
        raise Http404
    return campaign


def followed_campaign(slug: str) -> Campaign:
    return get_object_or_404(Campaign, slug=slug, kind=Campaign.Kind.SELF_ASSESSMENT)


@require_safe
@login_required
def my_space(request: PersonRequest) -> HttpResponse:
    """Everybody who has an account begins somewhere, with or without an association."""
    if not permissions.may_see_campaigns(request.user):
        return render(
            request,
            "intranet/desk/outside.html",
            {"is_partner": is_partner(request.user)},
        )
    now = timezone.now()
    on = timezone.localdate(now)
    awaited = list(queries.awaited_participations(request.user, on))
    sent = list(queries.sent_participations(request.user, on))
    said = notices(request.user, at=now)
    asked = [one for one in said if one.awaits]
    return render(
        request,
        "surveys/campaigns/my_space.html",
        {
            "today": on,
            "awaited": awaited,
            "asked": asked,
            "number_awaited": len(awaited) + len(asked),
            "told": [one for one in said if not one.awaits],
            "sent": sent,
            "associations": queries.own_associations(request.user, awaited=awaited, sent=sent),
            "followed": queries.open_campaigns_followed_by(request.user, on=on),
            "may_manage": permissions.may_manage_campaigns(request.user),
        },
    )


@require_safe
@members_only
def campaigns(request: PersonRequest) -> HttpResponse:
    on = timezone.localdate()
    listed = queries.listed_campaigns(request.user, on=on)
    return render(
        request,
        "surveys/campaigns/campaigns.html",
        {
            "today": on,
            "page_obj": Paginator(listed, CAMPAIGNS_PER_PAGE).get_page(request.GET.get("page")),
            "may_manage": permissions.may_manage_campaigns(request.user),
        },
    )


@animators_only
def campaign_create(request: PersonRequest) -> HttpResponse:
    """Type, look at what will happen, then open: three posts of the same form."""
    on = timezone.localdate()
    if request.method != "POST":
        return _campaign_form(request, forms.CampaignForm(initial=_first_values(request, on)))
    if "choose" in request.POST:
        return _campaign_form(request, forms.CampaignForm(initial=_values_typed(request.POST)))
    form = forms.CampaignForm(request.POST, today=on)
    if not form.is_valid() or "change" in request.POST:
        # Pressed twice, the button opens one campaign and shows it twice.
        twin = form.has_error("slug", "taken") and queries.same_campaign(
            slug=form["slug"].value(), title=form.cleaned_data.get("title"), by=request.user
        )
        return redirect(twin) if twin else _campaign_form(request, form)
    if "confirmed" not in request.POST:
        return _campaign_preview(request, form, on)
    try:
        campaign = operations.open_campaign(**form.cleaned_data, by=request.user, at=timezone.now())
    except operations.AddressTaken:
        form.add_error("slug", _("Another campaign has this address: choose another one."))
        return _campaign_form(request, form)
    messages.success(request, _what_was_opened(campaign, on))
    return redirect(campaign)


def _first_values(request: PersonRequest, on: date) -> dict[str, object]:
    chosen = queries.published_questionnaires().filter(slug=request.GET.get("questionnaire", ""))
    return {
        "kind": Campaign.Kind.SELF_ASSESSMENT,
        "opens_date": on,
        "questionnaire": chosen.first(),
        "associations": list(queries.active_associations().values_list("pk", flat=True)),
    }


def _values_typed(data: QueryDict) -> dict[str, object]:
    return {**data.dict(), "associations": data.getlist("associations")}


def _campaign_form(request: PersonRequest, form: forms.CampaignForm) -> HttpResponse:
    if not queries.published_questionnaires().exists():
        return render(request, "surveys/campaigns/nothing_published.html")
    context = {"form": form, **_boxes(request, form, queries.active_associations())}
    return render(request, "surveys/campaigns/campaign_create.html", context)


def _boxes(
    request: PersonRequest, form: Form, associations: QuerySet[Association]
) -> dict[str, object]:
    """The boxes to tick: those of one territory shown, the others kept out of sight."""
    territory_form = forms.TerritoryForm(request.POST or None)
    territory = territory_form.is_valid() and territory_form.cleaned_data["territory"]
    shown = list(associations.filter(territories=territory) if territory else associations)
    ticked = forms.ticked(form["associations"].value())
    if "choose" in request.POST:
        ticked = forms.after_choosing(request.POST["choose"], ticked, {one.pk for one in shown})
    return {
        "territory_form": territory_form,
        "boxes": [(association, association.pk in ticked) for association in shown],
        "kept": sorted(ticked - {association.pk for association in shown}),
        "ticked": len(ticked),
    }


def _campaign_preview(request: PersonRequest, form: forms.CampaignForm, on: date) -> HttpResponse:
    values = dict(form.cleaned_data)
    associations = values.pop("associations")
    campaign = Campaign(**values, created_by=request.user)
    without_address = queries.without_address(associations)
    return render(
        request,
        "surveys/campaigns/campaign_preview.html",
        {
            "form": form,
            "fields": form.typed_again(),
            "campaign": campaign,
            "today": on,
            "asked": associations.count(),
            "without_address": without_address,
            "letter": None if campaign.is_anonymous else notifications.invitation_text(campaign),
            "subject": notifications.invitation_subject(campaign),
            "threshold": operations.threshold_of(campaign.kind, campaign.threshold),
        },
    )


def _what_was_opened(campaign: Campaign, on: date) -> str:
    turnout = queries.turnout(campaign)
    if campaign.is_planned(on):
        said = [
            _("The campaign is ready: it opens on %(day)s.") % {"day": day(campaign.opens_date)}
        ]
    else:
        said = [_("The campaign is open.")]
    if campaign.is_anonymous:
        said.append(_("Its address can be shared, and its poster printed."))
    elif campaign.is_planned(on):
        said.append(_letters_to_come(turnout.reachable))
    else:
        said.append(_associations_invited(turnout.reachable))
    if turnout.unreachable:
        said.append(_without_address(turnout.unreachable))
    return " ".join(said)


def _associations_invited(number: int) -> str:
    return ngettext(
        "%(number)s association was invited.", "%(number)s associations were invited.", number
    ) % {"number": number}


def _letters_to_come(number: int) -> str:
    return ngettext(
        "%(number)s association will be invited that day.",
        "%(number)s associations will be invited that day.",
        number,
    ) % {"number": number}


def _without_address(number: int) -> str:
    return ngettext(
        "%(number)s association has no address: nobody was written to there.",
        "%(number)s associations have no address: nobody was written to there.",
        number,
    ) % {"number": number}


@require_safe
@members_only
def campaign(request: PersonRequest, slug: str) -> HttpResponse:
    on = timezone.localdate()
    campaign = seen_campaign(request, slug, on)
    context = {
        "campaign": campaign,
        "today": on,
        "is_open": campaign.is_open(on),
        "is_planned": campaign.is_planned(on),
        "mine": queries.participations_of(request.user, on).filter(campaign=campaign),
        "may_manage": permissions.may_manage_campaigns(request.user),
        "received": campaign.responses.count(),
        "address": _public_address(campaign),
    }
    if permissions.may_follow_participations(request.user) and not campaign.is_anonymous:
        context |= _follow_up(request, campaign)
    return render(request, "surveys/campaigns/campaign.html", context)


def _follow_up(request: PersonRequest, campaign: Campaign) -> dict[str, object]:
    form = forms.FollowUpForm(request.GET)
    rows = queries.followed_participations(campaign, **form.filters())
    return {
        "filters": form,
        "turnout": queries.turnout(campaign),
        "page_obj": Paginator(rows, ASSOCIATIONS_PER_PAGE).get_page(request.GET.get("page")),
    }


def _public_address(campaign: Campaign) -> str:
    return (
        settings.BASE_URL + reverse("survey", args=[campaign.slug]) if campaign.is_anonymous else ""
    )


@require_safe
@members_only
def campaign_poster(request: PersonRequest, slug: str) -> HttpResponse:
    """A page to print and to hang where residents pass."""
    on = timezone.localdate()
    campaign = seen_campaign(request, slug, on)
    if not campaign.is_anonymous:
        raise Http404
    return render(
        request,
        "surveys/campaigns/poster.html",
        {"campaign": campaign, "today": on, "address": _public_address(campaign)},
    )


@animators_only
def campaign_ask(request: PersonRequest, slug: str) -> HttpResponse:
    """Associations to ask after all: those that joined since, or were forgotten."""
    campaign = followed_campaign(slug)
    if request.method == "POST" and "choose" not in request.POST:
        form = forms.AssociationsForm(request.POST, campaign=campaign)
        if form.is_valid():
            number = operations.ask(
                campaign=campaign,
                associations=form.cleaned_data["associations"],
                at=timezone.now(),
            )
            messages.success(request, _associations_added(number))
            return redirect(campaign)
    else:
        form = forms.AssociationsForm(
            campaign=campaign, initial={"associations": request.POST.getlist("associations")}
        )
    context = {
        "campaign": campaign,
        "form": form,
        **_boxes(request, form, queries.never_asked(campaign)),
    }
    return render(request, "surveys/campaigns/campaign_ask.html", context)


def _associations_added(number: int) -> str:
    return ngettext(
        "%(number)s association was added.", "%(number)s associations were added.", number
    ) % {"number": number}


@animators_only
def campaign_invite(request: PersonRequest, slug: str) -> HttpResponse:
    """Write again to one association (`participation=`), or to all that have not answered."""
    on = timezone.localdate()
    campaign = followed_campaign(slug)
    if not campaign.is_open(on):
        messages.error(request, _("The campaign is not open: no letter was sent."))
        return redirect(campaign)
    late = queries.reachable_late_participations(campaign)
    if chosen := forms.identifier(request.GET.get("participation")):
        late = late.filter(pk=chosen)
    if request.method == "POST":
        number = operations.invite(participations=late, at=timezone.now())
        messages.success(request, _letters_leaving(number))
        return redirect(campaign)
    return render(
        request, "surveys/campaigns/campaign_invite.html", {"campaign": campaign, "late": late}
    )


def _letters_leaving(number: int) -> str:
    return ngettext(
        "%(number)s letter is on its way.", "%(number)s letters are on their way.", number
    ) % {"number": number}


@animators_only
def remind_late(request: PersonRequest) -> HttpResponse:
    """Write again to all that have not answered, whatever the campaign."""
    late = queries.all_late_participations(on=timezone.localdate())
    if request.method == "POST":
        now = timezone.now()
        unreachable = late.unreachable().count()
        # Pressed twice, or after a campaign has just been opened: nobody is written to twice a day.
        waiting = late.not_written_to_since(now - ONE_DAY)
        number = operations.invite(participations=waiting, at=now)
        said = [_letters_leaving(number) if number else _("Everybody was written to today.")]
        if unreachable:
            said.append(_without_address(unreachable))
        messages.success(request, " ".join(said))
        return redirect("my_space")
    return render(request, "surveys/campaigns/remind_late.html", {"late": list(late)})


@animators_only
def campaign_last_day(request: PersonRequest, slug: str) -> HttpResponse:
    on = timezone.localdate()
    campaign = get_object_or_404(Campaign, slug=slug)
    form = forms.LastDayForm(
        request.POST or None,
        initial={"closes_date": campaign.closes_date},
        campaign=campaign,
        today=on,
    )
    if form.is_valid():
        operations.prolong_campaign(
            campaign=campaign, closes_date=form.cleaned_data["closes_date"], on=on
        )
        messages.success(request, _what_the_last_day_is(campaign))
        return redirect(campaign)
    context = {"campaign": campaign, "form": form, "today": on}
    return render(request, "surveys/campaigns/campaign_last_day.html", context)


def _what_the_last_day_is(campaign: Campaign) -> str:
    if campaign.closes_date is None:
        return _("The campaign stays open until you close it.")
    return _("The campaign takes answers until %(day)s, that day included.") % {
        "day": day(campaign.closes_date)
    }


@animators_only
def campaign_close(request: PersonRequest, slug: str) -> HttpResponse:
    on = timezone.localdate()
    campaign = get_object_or_404(Campaign, slug=slug)
    if request.method == "POST":
        operations.close_campaign(campaign=campaign, on=on)
        messages.success(request, _("The campaign is closed: it takes no more answers."))
        return redirect(campaign)
    context = {"campaign": campaign, "today": on, "turnout": queries.turnout(campaign)}
    return render(request, "surveys/campaigns/campaign_close.html", context)
