"""The charter: its pages, which editors write, the rows that questions point at, and the versions
that were published and are signed."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from intranet.editor.panels import HintPanel
from intranet.fields import BlocksField
from pages.audience.queries import visible_to
from pages.base.models import BasePage
from pages.blocks.text import PROSE_FEATURES
from pages.charter import anchors, reading
from pages.charter.blocks import ArticleBlocks


class CharterPage(BasePage):
    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True)
    introduction = RichTextField(
        _("introduction"),
        features=PROSE_FEATURES,
        blank=True,
        help_text=_("Read before the first article."),
    )
    closing_title = models.CharField(_("title of the closing part"), max_length=255, blank=True)
    closing = RichTextField(
        _("closing part"),
        features=PROSE_FEATURES,
        blank=True,
        help_text=_("Read after the last article: who wrote the charter, and what for."),
    )
    members = models.TextField(
        _("organisations of the collective"),
        blank=True,
        help_text=_("The organisations that wrote the charter, one a line."),
    )

    content_panels = [
        *BasePage.title_panels,
        FieldPanel("subtitle"),
        FieldPanel("summary"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("closing_title"), FieldPanel("closing"), FieldPanel("members")],
            heading=_("Closing part"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("subtitle"),
        index.SearchField("introduction"),
        index.SearchField("closing_title"),
        index.SearchField("closing"),
        index.SearchField("members"),
    ]
    search_kind = "charter"
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ArticlePage"]
    template = "pages/charter/charter_page.html"
    page_description = _("The text that the associations of the network sign.")

    class Meta:
        verbose_name = _("charter")
        verbose_name_plural = _("charters")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        articles = visible_to(ArticlePage.objects.child_of(self), request).order_by("number")
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "readings": reading.read_all(articles),
            "version": CharterVersion.objects.order_by("-number").first(),
        }

    @property
    def member_names(self) -> list[str]:
        return [name.strip() for name in self.members.splitlines() if name.strip()]


class ArticlePage(BasePage):
    number = models.PositiveSmallIntegerField(_("number"))
    # Given by the title when the article is first saved; links and questions rely on it.
    anchor = models.SlugField(_("permanent address"), max_length=80, editable=False)
    body = BlocksField(ArticleBlocks(), verbose_name=_("text"), blank=True)

    content_panels = [
        HintPanel(),
        FieldPanel("number"),
        *Page.content_panels,
        FieldPanel("body"),
        FieldPanel("summary"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    search_kind = "charter"
    parent_page_types = ["pages.CharterPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["anchor"]
    template = "pages/charter/article_page.html"
    page_description = _("A numbered article of the charter, with its values and commitments.")

    class Meta:
        verbose_name = _("article of the charter")
        verbose_name_plural = _("articles of the charter")

    def clean(self) -> None:
        super().clean()
        if self.number is None:
            return
        if self.slug in anchors.RESERVED:
            message = _("This address is another page of the charter's: choose another one.")
            raise ValidationError({"slug": message})
        others = ArticlePage.objects.sibling_of(self).exclude(pk=self.pk)
        if others.filter(number=self.number).exists():
            message = _("Another article already has this number: choose one that is free.")
            raise ValidationError({"number": message})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        charter = self.get_parent()
        articles = visible_to(ArticlePage.objects.child_of(charter), request)
        before = Commitment.objects.filter(is_current=True, article_number__lt=self.number)
        return context | {
            "charter": charter,
            "reading": reading.read(self, first=before.count() + 1),
            "previous": articles.filter(number__lt=self.number).order_by("-number").first(),
            "next": articles.filter(number__gt=self.number).order_by("number").first(),
        }

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self._keep_anchors()
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, anchors_given: bool = False, **kwargs: Any) -> Any:
        # Drafts too: what an editor moves about tomorrow has to keep today's anchor.
        if not anchors_given:
            self._keep_anchors()
        return super().save_revision(*args, **kwargs)

    def _keep_anchors(self) -> None:
        others = list(ArticlePage.objects.exclude(pk=self.pk).select_related("latest_revision"))
        elsewhere = {other.anchor for other in others}.union(
            *(anchors.held(latest_stream(other)) for other in others)
        )
        rows = [*Commitment.objects.all(), *Value.objects.all()]
        ever = {row.anchor for row in rows}
        own = {row.anchor for row in rows if self.pk and row.article_id == self.pk}
        before = ArticlePage.objects.filter(pk=self.pk).select_related("latest_revision").first()
        if not self.anchor:
            self.anchor = anchors.fresh(self.title, taken=elsewhere | ever)
        self.body = anchors.keep(  # type: ignore[assignment]
            list(self.body.get_prep_value()),
            before=[latest_stream(before), before.body.get_prep_value()] if before else [],
            elsewhere=(elsewhere - own) | {self.anchor},
            ever=ever,
        )


class CharterText(models.Model):
    """A piece of the charter that questions, calls and needs point at by its anchor.

    Rows follow the published articles. What leaves the charter is no longer current, and stays.
    """

    anchor = models.SlugField(_("permanent address"), max_length=80, unique=True)
    text = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(_("position in the article"))
    is_current = models.BooleanField(_("in the charter today"), default=True)
    article = models.ForeignKey(
        ArticlePage,
        on_delete=models.SET_NULL,
        null=True,
        related_name="%(class)ss",
        verbose_name=_("article"),
    )
    # Kept beside the link, for the day when the article's page is deleted.
    article_number = models.PositiveSmallIntegerField(_("number of the article"))
    article_title = models.CharField(_("title of the article"), max_length=255)

    class Meta:
        abstract = True
        ordering = ["article_number", "position"]


class Value(CharterText):
    name = models.CharField(_("name"), max_length=120)

    class Meta(CharterText.Meta):
        verbose_name = _("value")
        verbose_name_plural = _("values")

    def __str__(self) -> str:
        return self.name


class Commitment(CharterText):
    group = models.PositiveSmallIntegerField(_("group in the article"))
    group_introduction = models.TextField(_("introduction of the group"), blank=True)

    class Meta(CharterText.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")

    def __str__(self) -> str:
        return self.text

    @property
    def alone(self) -> str:
        """The text out of its list, without the semicolon that led to the next one."""
        return self.text.rstrip().rstrip(";,").rstrip()


class VersionIsFrozen(Exception):
    """A published version is what associations signed: it is neither changed nor deleted."""


class CharterVersionQuerySet(models.QuerySet["CharterVersion"]):
    def update(self, **fields: Any) -> int:
        raise VersionIsFrozen

    def delete(self) -> Any:
        raise VersionIsFrozen


class CharterVersion(models.Model):
    """The whole text as it was published one day: what is cited, compared and signed."""

    number = models.PositiveIntegerField(
        _("number"),
        unique=True,
        error_messages={"unique": _("There is already a version with this number.")},
    )
    published_at = models.DateTimeField(_("published on"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    reason = models.TextField(_("what changes, and why"), max_length=2000)
    # See `pages.charter.frozen`.
    content = models.JSONField(_("text"))
    checksum = models.CharField(_("checksum"), max_length=64)

    objects = CharterVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the charter")
        verbose_name_plural = _("versions of the charter")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="versions_of_the_charter_begin_at_one",
                violation_error_message=_("The first version of the charter has number 1."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="a_version_of_the_charter_says_why",
                violation_error_message=_("Say what changes in this version, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("charter_version", args=[self.number])

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise VersionIsFrozen
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise VersionIsFrozen


def latest_stream(article: ArticlePage) -> list[dict[str, Any]]:
    """The body as last saved, draft or not, in the stored form of its blocks."""
    if article.latest_revision is None:
        return list(article.body.get_prep_value())
    return anchors.stored_stream(article.latest_revision.content["body"])
