"""What happens in the network, told page by page."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from intranet.fields import BlocksField
from pages.audience.queries import visible_to
from pages.base.models import BasePage, ClassifiedPage
from pages.blocks.story import StoryBlocks

NEWS_A_PAGE = 12


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
        news = visible_to(NewsPage.objects.child_of(self), request)
        pages = Paginator(news.newest_first().with_images(), NEWS_A_PAGE)
        page_obj = pages.get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"page_obj": page_obj}


class NewsQuerySet(PageQuerySet):
    def newest_first(self) -> "NewsQuerySet":
        return self.order_by("-date", "-first_published_at", "-pk")

    def with_images(self) -> "NewsQuerySet":
        return self.select_related("image").prefetch_related("image__renditions")


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

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("image_alt"), FieldPanel("image_is_decorative")],
            heading=_("Image"),
        ),
        FieldPanel("body"),
        ClassifiedPage.classification_panel,
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

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def clean(self) -> None:
        super().clean()
        if self.image_id and not self.image_alt.strip() and not self.image_is_decorative:
            message = _("Say what the image shows, or tick that it is only decorative.")
            raise ValidationError({"image_alt": message})

    @property
    def alternative(self) -> str:
        return "" if self.image_is_decorative else self.image_alt
