"""The library: documents, links and sheets that the network shares."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.search import index

from intranet.fields import BlocksField
from intranet.rights.permissions import may
from pages.base.models import BasePage, ClassifiedPage
from pages.blocks.story import StoryBlocks
from pages.resources import queries


class ResourceIndexPage(BasePage):
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ResourcePage"]
    template = "pages/resources/resource_index_page.html"
    page_description = _("The library: documents, links and sheets, and every attachment.")

    class Meta:
        verbose_name = _("library of resources")
        verbose_name_plural = _("libraries of resources")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return (
            super().get_context(request, *args, **kwargs)
            | queries.library(request)
            | {"may_propose": may(request.user, "propose", "resource")}
        )


class ResourcePage(ClassifiedPage):
    class Kind(models.TextChoices):
        DOCUMENT = "document", pgettext_lazy("resource", "document")
        LINK = "link", pgettext_lazy("resource", "link")
        SHEET = "sheet", pgettext_lazy("resource", "sheet")

    class Licence(models.TextChoices):
        UNKNOWN = "", _("not said")
        OPEN = "lo-2.0", _("Open licence 2.0 (Etalab)")
        CC_BY = "cc-by", "Creative Commons BY"
        CC_BY_SA = "cc-by-sa", "Creative Commons BY-SA"
        CC_BY_NC_SA = "cc-by-nc-sa", "Creative Commons BY-NC-SA"
        NETWORK = "network", _("for the members of the network only")
        RESERVED = "reserved", _("all rights reserved")

    class Language(models.TextChoices):
        # Other languages have their names in Django, which begin with a capital.
        FRENCH = "fr", _("French")
        ENGLISH = "en", pgettext_lazy("of a resource", "English")
        ARABIC = "ar", pgettext_lazy("of a resource", "Arabic")
        TURKISH = "tr", pgettext_lazy("of a resource", "Turkish")
        PORTUGUESE = "pt", pgettext_lazy("of a resource", "Portuguese")
        SPANISH = "es", pgettext_lazy("of a resource", "Spanish")
        SEVERAL = "mul", _("several languages")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.DOCUMENT)
    document = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
        help_text=_("Who may read this page, and nobody else, may read its file."),
    )
    link = models.URLField(_("address"), max_length=500, blank=True)
    author = models.CharField(
        _("author"),
        max_length=200,
        blank=True,
        help_text=_("The people or the organisation that it comes from."),
    )
    date = models.DateField(_("date"), default=timezone.localdate)
    language = models.CharField(
        _("language"), max_length=3, choices=Language.choices, default=Language.FRENCH
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, blank=True)
    body = BlocksField(StoryBlocks(), verbose_name=_("text"), blank=True)

    content_panels = [
        *BasePage.title_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("document"), FieldPanel("link")], heading=_("What it gives")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("author"),
                FieldPanel("date"),
                FieldPanel("language"),
                FieldPanel("licence"),
            ],
            heading=_("Where it comes from"),
        ),
        ClassifiedPage.classification_panel,
    ]
    search_kind = "resource"
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("author"),
        index.FilterField("kind"),
        index.FilterField("date"),
    ]
    parent_page_types = ["pages.ResourceIndexPage"]
    subpage_types: list[str] = []
    template = "pages/resources/resource_page.html"
    page_description = _("A document, a link or a sheet that others can use.")

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="document") | Q(document__isnull=False),
                name="a_document_has_its_file",
                violation_error_message=_("Choose the file of this document."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="link") | ~Q(link=""),
                name="a_link_has_its_address",
                violation_error_message=_("Give the address of this link."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.kind == self.Kind.DOCUMENT and not self.document_id:
            raise ValidationError({"document": _("Choose the file of this document.")})
        if self.kind == self.Kind.LINK and not self.link:
            raise ValidationError({"link": _("Give the address of this link.")})
        if self.kind == self.Kind.SHEET and not self.body and not self.document_id:
            raise ValidationError({"body": _("Write the text of this sheet, or give its file.")})

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        found = queries.document_for(self.document_id, request)
        return super().get_context(request, *args, **kwargs) | {"document": found}
