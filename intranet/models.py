"""Front door: the ground floor's tables, gathered for Django."""

from intranet.accounts.models import User
from intranet.jobs.models import Job
from intranet.network.models import Association, Membership, Territory

__all__ = ["Association", "Job", "Membership", "Territory", "User"]
