from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        # The imports connect the charter's rows and documents to the publication of pages.
        from pages.audience import signals as audience  # noqa: F401, PLC0415
        from pages.charter import signals as charter  # noqa: F401, PLC0415
