"""Front door: the ground floor's tables, gathered for Django."""

from intranet.accounts.models import User
from intranet.files.models import CircleCollection, HeldPicture, Picture, PictureRendition
from intranet.installation.models import Installation
from intranet.jobs.models import Job, WorkerPool
from intranet.network.models import Association, Membership, Territory, Theme, WorkingGroup

__all__ = [
    "Association",
    "CircleCollection",
    "HeldPicture",
    "Installation",
    "Job",
    "Membership",
    "Picture",
    "PictureRendition",
    "Territory",
    "Theme",
    "User",
    "WorkerPool",
    "WorkingGroup",
]
