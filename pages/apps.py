from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        # The imports connect the search, the charter's rows and documents to publication.
        from pages.audience import signals as audience  # noqa: F401, PLC0415
        from pages.base import signals as base  # noqa: F401, PLC0415
        from pages.charter import signals as charter  # noqa: F401, PLC0415
        from pages.news import signals as news  # noqa: PLC0415

        # Before Wagtail connects its own: its applications come later in the list.
        news.take_the_place_of_wagtails_letters()
