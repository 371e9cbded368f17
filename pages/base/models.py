"""What every page of the network has."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from intranet.editor.panels import HintPanel
from intranet.network.pickers import EditorTerritoryPicker


class BasePage(Page):
    """A page of the network. Its circle (public, members, group) is Wagtail's page privacy."""

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences, shown where the page is listed."),
    )

    title_panels = [HintPanel(), *Page.content_panels]
    content_panels = [*title_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    show_in_menus_default = False

    class Meta:
        abstract = True


class ClassifiedPage(BasePage):
    """A page that people look for by place, by theme, or by what it serves in the charter."""

    territories = ParentalManyToManyField(
        "intranet.Territory", verbose_name=_("territories"), blank=True, related_name="+"
    )
    themes = ParentalManyToManyField(
        "intranet.Theme", verbose_name=_("themes"), blank=True, related_name="+"
    )
    commitments = ParentalManyToManyField(
        "pages.Commitment",
        verbose_name=_("commitments of the charter"),
        blank=True,
        related_name="%(class)ss",
    )

    classification_panel = MultiFieldPanel(
        [
            FieldPanel("territories", widget=EditorTerritoryPicker),
            FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
            FieldPanel("commitments", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("Where it is found"),
    )

    class Meta:
        abstract = True
