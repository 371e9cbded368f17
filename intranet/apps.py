from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntranetConfig(AppConfig):
    name = "intranet"
    verbose_name = _("Network")

    def ready(self) -> None:
        # The import registers the start-up checks.
        from intranet import checks  # noqa: F401, PLC0415
