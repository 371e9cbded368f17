"""The front page."""

from django.utils.translation import gettext_lazy as _

from pages.base.models import BasePage


class HomePage(BasePage):
    max_count = 1
    template = "pages/home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
