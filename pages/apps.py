from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        # The import connects the charter's rows to the publication of its pages.
        from pages.charter import signals  # noqa: F401, PLC0415
        from pages.news import signals as news  # noqa: PLC0415

        # Before Wagtail connects its own: its applications come later in the list.
        news.take_the_place_of_wagtails_letters()
