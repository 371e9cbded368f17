from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        # The imports connect the search and the charter's rows to the publication of pages.
        from pages.base import signals as base  # noqa: F401, PLC0415
        from pages.charter import signals  # noqa: F401, PLC0415
        from pages.news import signals as news  # noqa: PLC0415

        # Before Wagtail connects its own: its applications come later in the list.
        news.take_the_place_of_wagtails_letters()
