"""What the network holds about somebody: what they do in associations and in working groups."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from intranet.accounts.models import User
from intranet.accounts.personal_data import Fate, Holdings
from intranet.network.models import Association, Membership
from intranet.network.operations import leave


class Network(Holdings):
    columns = {
        "intranet.Membership.user": Fate.ERASED,
        "intranet.WorkingGroup_members.user": Fate.ERASED,
    }

    def obstacles(self, user: User) -> list[str]:
        return [
            _(
                "%(association)s has no other representative: hand the role over before, or "
                "have the association deactivated by those who animate the network."
            )
            % {"association": association}
            for association in _represented_alone(user)
        ]

    def erase(self, user: User, at: datetime) -> None:
        memberships = list(user.memberships.select_related("association"))
        kind = ContentType.objects.get_for_model(Membership)
        # The editor's log named the person beside the association.
        ModelLogEntry.objects.filter(
            content_type=kind, object_id__in=[str(one.pk) for one in memberships]
        ).update(label="", data={})
        for membership in memberships:
            leave(membership=membership)


def _represented_alone(user: User) -> list[Association]:
    role = Membership.Role.REPRESENTATIVE
    mine = Association.objects.filter(
        is_active=True, memberships__user=user, memberships__role=role
    )
    others = Membership.objects.filter(role=role, user__is_active=True).exclude(user=user)
    return list(mine.exclude(pk__in=others.values("association")).order_by("name"))
