"""The weekly letters of somebody, and the rhythm they chose."""

from intranet.accounts.personal_data import Fate, Holdings


class WeeklyLetter(Holdings):
    columns = {
        "intranet.DigestLetter.person": Fate.ERASED,
        "intranet.DigestPreference.person": Fate.ERASED,
    }
