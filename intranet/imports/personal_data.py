"""What imports hold about somebody for some days: the lines of a file that name them."""

import json
from datetime import datetime

from intranet.accounts.models import User
from intranet.accounts.personal_data import Fate, Holdings
from intranet.imports.models import ImportRun
from intranet.imports.operations import forget_file


class Imports(Holdings):
    columns = {"intranet.ImportRun.asked_by": Fate.UNSIGNED}

    def erase(self, user: User, at: datetime) -> None:
        for run in ImportRun.objects.all():
            held = json.dumps([run.table, run.report, run.file_name], ensure_ascii=False).lower()
            names = {user.email.lower(), user.get_full_name().lower()} - {""}
            if any(name in run.file_name.lower() for name in names):
                run.delete()
            elif any(name in held for name in names):
                forget_file(run=run, at=at)
