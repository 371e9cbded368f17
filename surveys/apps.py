from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        # The imports connect the frozen versions to the publication of questionnaires, and
        # the search to campaigns.
        from surveys.campaigns import signals as campaigns  # noqa: F401, PLC0415
        from surveys.questionnaires import signals  # noqa: F401, PLC0415
