from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from intranet.jobs.supervisor import Supervisor


class Command(BaseCommand):
    help = _("Run the background jobs, until told to stop (SIGTERM or Ctrl-C).")

    def handle(self, *args, **options) -> None:
        Supervisor().run()
