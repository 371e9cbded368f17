"""What accounts themselves, and what Wagtail and allauth keep beside them, hold about somebody."""

from datetime import datetime
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, UploadedFile

from intranet.accounts.models import User
from intranet.accounts.personal_data import Fate, Holdings
from intranet.accounts.queries import is_last_administrator
from intranet.notifications.models import Letter
from intranet.notifications.operations import write_again


class Accounts(Holdings):
    columns = {
        "intranet.User_groups.user": Fate.ERASED,
        "intranet.User_user_permissions.user": Fate.ERASED,
        "account.EmailAddress.user": Fate.ERASED,
        "mfa.Authenticator.user": Fate.ERASED,
        "usersessions.UserSession.user": Fate.ERASED,
        "wagtailusers.UserProfile.user": Fate.ERASED,
        "wagtailadmin.EditingSession.user": Fate.ERASED,
        "wagtailadmin.FormState.user": Fate.ERASED,
        "wagtailcore.APIToken.user": Fate.ERASED,
        "wagtailcore.UploadedFile.uploaded_by_user": Fate.ERASED,
        "wagtailcore.ModelLogEntry.user": Fate.UNSIGNED,
    }

    def obstacles(self, user: User) -> list[str]:
        if not is_last_administrator(user):
            return []
        return [
            _(
                "This is the only administrator of the site: make somebody else one before, in "
                "the editor, under Settings, People."
            )
        ]

    def erase(self, user: User, at: datetime) -> None:
        profile = getattr(user, "wagtail_userprofile", None)
        files = [one.file for one in UploadedFile.objects.filter(uploaded_by_user=user)]
        for file in [*files, *([profile.avatar] if profile else [])]:
            if file:
                # Not before: what is undone must find its file again.
                transaction.on_commit(partial(file.storage.delete, file.name))
        # What was written down of each change of the account: the name, then the new name.
        person = ContentType.objects.get_for_model(User)
        ModelLogEntry.objects.filter(content_type=person, object_id=str(user.pk)).update(
            label="", data={}
        )


class Letters(Holdings):
    """The outbox knows nobody: what it holds for somebody is looked after here."""

    columns = {"intranet.Letter.person": Fate.ERASED}

    def erase(self, user: User, at: datetime) -> None:
        Letter.objects.filter(to__iexact=user.email).delete()
        write_again(address=user.email)
