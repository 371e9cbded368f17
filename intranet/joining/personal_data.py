"""What requests to join hold about somebody: what they asked, and what they answered to others."""

from intranet.accounts.personal_data import Fate, Holdings


class JoinRequests(Holdings):
    columns = {
        "intranet.JoinRequest.user": Fate.ERASED,
        "intranet.JoinRequest.decided_by": Fate.UNSIGNED,
    }
