"""What the network meets for: events, from an hour to several days."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from intranet.accounts.models import User
from intranet.fields import BlocksField
from intranet.rights.permissions import may
from pages.agenda import listing
from pages.base.models import BasePage, ClassifiedPage
from pages.blocks.story import StoryBlocks

PARIS = ZoneInfo(settings.TIME_ZONE)


class AgendaPage(BasePage):
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.EventPage"]
    template = "pages/agenda/agenda_page.html"
    page_description = _("The events of the network, month by month.")

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        events = EventPage.objects.child_of(self)
        return super().get_context(request, *args, **kwargs) | listing.agenda(events, request)


class EventQuerySet(PageQuerySet):
    def coming(self, on: date) -> "EventQuerySet":
        """What is not over yet, the nearest first."""
        later = Q(starts_on__gte=on) | Q(ends_on__gte=on)
        return self.filter(later).order_by(
            "starts_on", F("starts_at").asc(nulls_first=True), "title", "pk"
        )

    def past(self, on: date) -> "EventQuerySet":
        return self.filter(Q(starts_on__lt=on), Q(ends_on=None) | Q(ends_on__lt=on)).order_by(
            "-starts_on", F("starts_at").desc(nulls_last=True), "title", "pk"
        )


class EventPage(ClassifiedPage):
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    starts_on = models.DateField(pgettext_lazy("event", "day"))
    starts_at = models.TimeField(pgettext_lazy("event", "from"), null=True, blank=True)
    ends_on = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("Only for an event of several days."),
    )
    ends_at = models.TimeField(pgettext_lazy("event", "to"), null=True, blank=True)
    is_cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        help_text=_("It stays in the agenda and in calendars, marked as cancelled."),
    )
    place = models.CharField(pgettext_lazy("event", "place"), max_length=200, blank=True)
    address = models.TextField(_("address"), max_length=300, blank=True)
    remote_link = models.URLField(
        _("link to take part from a distance"),
        max_length=500,
        blank=True,
        help_text=_("Shown to the members of the network who may read this page."),
    )
    remote_link_is_public = models.BooleanField(
        _("show this link to everybody who reads this page"), default=False
    )
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    accessibility = models.TextField(
        _("access and reception"),
        max_length=500,
        blank=True,
        help_text=_("Lift, sign language, childcare, somebody to call on the day…"),
    )
    body = BlocksField(StoryBlocks(), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(EventQuerySet)()

    # Another event, and another line in people's calendars.
    exclude_fields_in_copy = ["uid"]

    content_panels = [
        *BasePage.title_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("starts_at")]),
                FieldRowPanel([FieldPanel("ends_on"), FieldPanel("ends_at")]),
                FieldPanel("is_cancelled"),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("address"),
                FieldPanel("remote_link"),
                FieldPanel("remote_link_is_public"),
                FieldPanel("accessibility"),
            ],
            heading=_("Where"),
        ),
        FieldPanel("organiser"),
        FieldPanel("body"),
        ClassifiedPage.classification_panel,
    ]
    search_kind = "event"
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("place"),
        index.SearchField("organiser"),
        index.FilterField("starts_on"),
        index.FilterField("ends_on"),
    ]
    parent_page_types = ["pages.AgendaPage"]
    subpage_types: list[str] = []
    template = "pages/agenda/event_page.html"
    page_description = _("A meeting, a training day, a party: something with a date.")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["starts_on"], name="event_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="an_event_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False),
                name="an_hour_of_end_has_an_hour_of_start",
                violation_error_message=_("Say at what time it starts, or leave both times empty."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if not self.starts_on:
            return
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day comes before the first.")})
        if self.ends_at and not self.starts_at:
            message = _("Say at what time it starts, or leave both times empty.")
            raise ValidationError({"starts_at": message})
        if self.starts_at and self.lasts_several_days and not self.ends_at:
            message = _("Say at what time it ends on the last day, or leave both times empty.")
            raise ValidationError({"ends_at": message})
        if (
            self.starts_at
            and self.ends_at
            and not self.lasts_several_days
            and self.ends_at <= self.starts_at
        ):
            message = _("It ends before it starts: change one of the times, or the last day.")
            raise ValidationError({"ends_at": message})

    @property
    def last_day(self) -> date:
        return self.ends_on or self.starts_on

    @property
    def lasts_several_days(self) -> bool:
        return self.last_day > self.starts_on

    @property
    def start(self) -> datetime | date:
        """The moment it starts, in Paris; the day, when nothing says at what time."""
        return _moment(self.starts_on, self.starts_at)

    @property
    def end(self) -> datetime | date | None:
        """The moment it ends; for whole days the one after the last, as calendars count."""
        if self.starts_at is None:
            return self.last_day + timedelta(days=1)
        return _moment(self.last_day, self.ends_at) if self.ends_at else None

    def remote_link_for(self, user: User | AnonymousUser) -> str:
        """The link of the distant meeting, for somebody who may read this page."""
        return self.remote_link if self.remote_link_is_public or may(user, "join", "event") else ""

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        user = getattr(request, "user", AnonymousUser())
        return context | {"remote_link": self.remote_link_for(user)}


class CalendarKey(models.Model):
    """What opens a person's own calendar: whoever has its address reads what they may read."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_key",
        verbose_name=_("person"),
    )
    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    made_at = models.DateTimeField(_("made on"))

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self) -> str:
        return f"{self.person} · {self.made_at:%Y-%m-%d}"


def _moment(day: date, hour: time | None) -> datetime | date:
    return datetime.combine(day, hour, tzinfo=PARIS) if hour else day
