"""What the network says of itself: pages, and pages below them."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from intranet.fields import BlocksField
from pages.audience.queries import visible_to
from pages.base.models import BasePage
from pages.blocks.story import StoryBlocks


class InformationIndexPage(BasePage):
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.InformationPage"]
    template = "pages/information/information_index_page.html"
    page_description = _("The list of the information pages.")

    class Meta:
        verbose_name = _("list of the information pages")
        verbose_name_plural = _("lists of the information pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        below = visible_to(InformationPage.objects.child_of(self), request).order_by("path")
        return super().get_context(request, *args, **kwargs) | {"pages_below": below}


class InformationPage(BasePage):
    body = BlocksField(StoryBlocks(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = [
        "pages.HomePage",
        "pages.InformationIndexPage",
        "pages.InformationPage",
    ]
    subpage_types = ["pages.InformationPage"]
    template = "pages/information/information_page.html"
    page_description = _("A page that stays: who we are, how to join, how decisions are taken.")

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        below = visible_to(InformationPage.objects.child_of(self), request).order_by("path")
        return super().get_context(request, *args, **kwargs) | {"pages_below": below}
