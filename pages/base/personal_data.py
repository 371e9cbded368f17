"""What the pages hold about somebody: they stay, and no longer say who wrote them."""

from datetime import datetime

from wagtail.models import Page

from intranet.accounts.models import User
from intranet.accounts.personal_data import Fate, Holdings


class Pages(Holdings):
    columns = {
        "wagtailcore.Page.owner": Fate.UNSIGNED,
        "wagtailcore.Page.locked_by": Fate.UNSIGNED,
        "wagtailcore.Revision.user": Fate.UNSIGNED,
        "wagtailcore.PageLogEntry.user": Fate.UNSIGNED,
        "wagtailcore.WorkflowState.requested_by": Fate.UNSIGNED,
        "wagtailcore.TaskState.finished_by": Fate.UNSIGNED,
        "wagtailcore.PageSubscription.user": Fate.ERASED,
        # What editors said to each other in the margin: without its author it could not stay.
        "wagtailcore.Comment.user": Fate.NAMELESS,
        "wagtailcore.Comment.resolved_by": Fate.UNSIGNED,
        "wagtailcore.CommentReply.user": Fate.NAMELESS,
        "pages.CharterVersion.published_by": Fate.UNSIGNED,
        "pages.Acknowledgement.by": Fate.UNSIGNED,
        "pages.Step.by": Fate.UNSIGNED,
        "pages.CalendarKey.person": Fate.ERASED,
    }

    def erase(self, user: User, at: datetime) -> None:
        # A page that only they could unlock would stay locked.
        Page.objects.filter(locked_by=user).update(locked=False, locked_at=None)
