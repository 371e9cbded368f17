"""What happens in the network, told page by page, and who has read what had to be read."""

import datetime
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Q, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.images import get_image_model_string
from wagtail.models import PageManager, Workflow
from wagtail.query import PageQuerySet
from wagtail.search import index

from intranet.fields import BlocksField
from intranet.network.models import Association, WorkingGroup
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.audience.queries import circle_of
from pages.base.models import BasePage, ClassifiedPage
from pages.blocks.story import StoryBlocks
from pages.news import listing
from pages.news.texts import excerpt_of

MOST_FEATURED: Final = 3
RESERVED_SLUGS: Final = frozenset({"ecrire"})
"""Addresses below the list that are screens of the product."""
A_YEAR: Final = datetime.timedelta(days=365)


class NewsIndexPage(BasePage):
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.NewsPage"]
    template = "pages/news/news_index_page.html"
    page_description = _("The list of the news, the newest first.")

    class Meta:
        verbose_name = _("list of the news")
        verbose_name_plural = _("lists of the news")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        news = NewsPage.objects.child_of(self)
        return super().get_context(request, *args, **kwargs) | listing.listed(news, request)


class NewsQuerySet(PageQuerySet):
    def newest_first(self) -> "NewsQuerySet":
        return self.order_by("-date", "-first_published_at", "-pk")

    def featured_first(self, on: datetime.date) -> "NewsQuerySet":
        featured = Case(When(featured_until__gte=on, then=0), default=1)
        return self.order_by(featured, "-date", "-first_published_at", "-pk")

    def with_images(self) -> "NewsQuerySet":
        return self.select_related("image").prefetch_related("image__renditions")

    def for_cards(self) -> "NewsQuerySet":
        return self.with_images().select_related("association", "working_group")


class NewsPage(ClassifiedPage):
    date = models.DateField(_("date"), default=timezone.localdate)
    image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("what the image shows"),
        max_length=250,
        blank=True,
        help_text=_("Read aloud to those who do not see the image."),
    )
    image_is_decorative = models.BooleanField(
        _("the image is only decorative"),
        default=False,
        help_text=_("The page says as much without it: nothing is read aloud."),
    )
    body = BlocksField(StoryBlocks(), verbose_name=_("text"), blank=True)
    association = models.ForeignKey(
        Association,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("association that tells it"),
    )
    # Wagtail's privacy follows when the item is published: a change waits with its text.
    circle = models.CharField(
        _("who may read it"),
        max_length=10,
        choices=[("", _("as it is now (a new item: everybody)")), *Circle.choices],
        # A draft older than this column does not say: it must not open what is closed.
        default="",
        blank=True,
        help_text=_("It is closed to all others, in lists, feeds and letters as well."),
    )
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("working group"),
        help_text=_("For news that only a working group reads."),
    )
    featured_until = models.DateField(
        _("featured until"),
        null=True,
        blank=True,
        help_text=_(
            "Until that day it is shown first, in the list and on the front page. Three items at "
            "most are featured at the same time."
        ),
    )
    acknowledge_by = models.DateField(
        _("to be acknowledged before"),
        null=True,
        blank=True,
        help_text=_(
            "Every association that may read it is asked to say, before that day, that it has "
            "taken note. You follow the answers from the page of the item."
        ),
    )

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels = [
        *BasePage.title_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("image_alt"), FieldPanel("image_is_decorative")],
            heading=_("Image"),
        ),
        FieldPanel("body"),
        ClassifiedPage.classification_panel,
        MultiFieldPanel(
            [FieldPanel("association"), FieldPanel("circle"), FieldPanel("working_group")],
            heading=_("Who tells it, and to whom"),
        ),
        MultiFieldPanel(
            [FieldPanel("featured_until"), FieldPanel("acknowledge_by")],
            heading=_("Brought to everybody's attention"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("date"),
    ]
    search_kind = "news"
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "pages/news/news_page.html"
    page_description = _("Something that happened, or that will.")
    # The circle is chosen in the form, and follows the text: a second way would contradict it.
    private_page_options: list[str] = []

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
        constraints = [
            models.CheckConstraint(
                condition=~Q(circle=Circle.GROUP) | Q(working_group__isnull=False),
                name="news_of_a_group_names_it",
                violation_error_message=_("Choose the working group that may read it."),
            )
        ]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return super().get_context(request, *args, **kwargs) | listing.read(self, request)

    def _get_autogenerated_slug(self, base_slug: str) -> str:
        taken = base_slug in RESERVED_SLUGS
        return super()._get_autogenerated_slug(f"{base_slug}-1" if taken else base_slug)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.slug in RESERVED_SLUGS:
            errors["slug"] = _("This address is one of the site's own: choose another one.")
        if self.image_id and not self.image_alt.strip() and not self.image_is_decorative:
            errors["image_alt"] = _("Say what the image shows, or tick that it is only decorative.")
        if self.circle == Circle.GROUP and self.working_group_id is None:
            errors["working_group"] = _("Choose the working group that may read it.")
        if self.featured_until and self._too_many_featured():
            errors["featured_until"] = _(
                "Three items are featured already: take one of them down first."
            )
        if errors:
            raise ValidationError(errors)

    def _too_many_featured(self) -> bool:
        today = timezone.localdate()
        if self.featured_until is None or self.featured_until < today:
            return False
        others = NewsPage.objects.live().filter(featured_until__gte=today).exclude(pk=self.pk)
        return others.count() >= MOST_FEATURED

    def save(self, *args: Any, **kwargs: Any) -> Any:
        # At the same moment: a text that is published before it is closed was read by anybody.
        with transaction.atomic():
            saved = super().save(*args, **kwargs)
            if not kwargs.get("update_fields"):
                self._keep_circle()
        return saved

    def _keep_circle(self) -> None:
        if self.circle:
            give_circle(page=self, circle=Circle(self.circle), group=self.working_group)
        elif circle := circle_of(self):
            self.circle, self.working_group = circle
            NewsPage.objects.filter(pk=self.pk).update(
                circle=self.circle, working_group=self.working_group
            )

    @property
    def alternative(self) -> str:
        return "" if self.image_is_decorative else self.image_alt

    @property
    def excerpt(self) -> str:
        """What lists show: the summary, or how the text begins."""
        return self.summary or excerpt_of(self.body)

    def is_featured(self, on: datetime.date) -> bool:
        return self.featured_until is not None and self.featured_until >= on


class Acknowledgement(models.Model):
    """An association has taken note of an item: who said so, and when."""

    page = models.ForeignKey(NewsPage, on_delete=models.CASCADE, related_name="acknowledgements")
    association = models.ForeignKey(
        Association,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("association"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "association"],
                name="one_acknowledgement_per_association",
                violation_error_message=_("This association has already taken note of it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.association} · {self.page}"


class AcknowledgementReminder(models.Model):
    """That day, the associations that had not taken note of an item were written to."""

    page = models.ForeignKey(NewsPage, on_delete=models.CASCADE, related_name="reminders")
    on_date = models.DateField(_("day"))
    letters = models.PositiveIntegerField(_("letters"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "on_date"],
                name="one_reminder_a_day",
                violation_error_message=_("A reminder left today already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.page} · {self.on_date}"


class TruthQuestion(models.Model):
    """ "Is it still true?", asked of an item's author a year after, and what came back."""

    class Answer(models.TextChoices):
        NONE = "", pgettext_lazy("still true?", "no answer")
        TRUE = "true", pgettext_lazy("still true?", "still true")
        MEND = "mend", pgettext_lazy("still true?", "to be mended")
        WITHDRAW = "withdraw", pgettext_lazy("still true?", "to be withdrawn")

    page = models.ForeignKey(NewsPage, on_delete=models.CASCADE, related_name="questions")
    asked_date = models.DateField(_("asked on"))
    answer = models.CharField(
        _("answer"), max_length=10, choices=Answer.choices, default=Answer.NONE, blank=True
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("question about an old item")
        verbose_name_plural = _("questions about old items")
        ordering = ["-asked_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "asked_date"],
                name="one_question_a_day",
                violation_error_message=_("This was asked today already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.page} · {self.asked_date}"

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to say, until next year."""
        return self.answer in {self.Answer.TRUE, self.Answer.WITHDRAW}


@register_setting(icon="doc-full-inverse")
class NewsSettings(BaseGenericSetting):
    members_news_are_read_first = models.BooleanField(
        _("members' news are read before they are published"),
        default=False,
        help_text=_(
            "An animator or an editor reads what a member wrote, then publishes it or asks for "
            "changes with a comment, which the author receives by letter. Otherwise it is "
            "published at once."
        ),
    )
    workflow = models.ForeignKey(
        Workflow, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    panels = [FieldPanel("members_news_are_read_first")]

    class Meta:
        verbose_name = _("members' news")
