"""Front door: the ground floor's tables, gathered for Django."""

from intranet.accounts.models import User
from intranet.digest.models import DigestEntry, DigestLetter, DigestPreference
from intranet.files.models import ClosedCollection, HeldPicture, Picture, PictureRendition
from intranet.imports.models import ImportRun
from intranet.installation.models import Installation
from intranet.invitations.models import Invitation
from intranet.jobs.models import Job, WorkerPool
from intranet.joining.models import JoinRequest
from intranet.network.models import Association, Membership, Territory, Theme, WorkingGroup
from intranet.notifications.models import Letter, LetterMark, SilentAddress
from intranet.search.models import SearchEntry, SearchWord, Synonyms

__all__ = [
    "Association",
    "ClosedCollection",
    "DigestEntry",
    "DigestLetter",
    "DigestPreference",
    "HeldPicture",
    "ImportRun",
    "Installation",
    "Invitation",
    "Job",
    "JoinRequest",
    "Letter",
    "LetterMark",
    "Membership",
    "Picture",
    "PictureRendition",
    "SearchEntry",
    "SearchWord",
    "SilentAddress",
    "Synonyms",
    "Territory",
    "Theme",
    "User",
    "WorkerPool",
    "WorkingGroup",
]
