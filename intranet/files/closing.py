"""The collections in which files are closed: made when they are first needed, and kept closed."""

from collections.abc import Collection as Pile

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, CollectionViewRestriction

from intranet.accounts import roles
from intranet.files.models import ClosedCollection
from intranet.network.models import WorkingGroup

NAME_LENGTH = 255


def members_collection() -> Collection:
    return _closed(ClosedCollection.MEMBERS, _("Members' files"), None)


def groups_collection(groups: Pile[int]) -> Collection:
    """The collection that the members of any of these groups may read."""
    names = Group.objects.filter(pk__in=groups).values_list("pk", "name")
    told = dict(WorkingGroup.objects.filter(group__in=groups).values_list("group", "name"))
    named = " + ".join(sorted(told.get(pk, name) for pk, name in names))
    name = _("Files for %(groups)s") % {"groups": named or "–"}
    return _closed(ClosedCollection.of_groups(groups), name[:NAME_LENGTH], groups)


def waiting_collection() -> Collection:
    """Where a file waits for the page that will carry it: those who read pages first see it."""
    readers = Group.objects.filter(name__in=[roles.ANIMATOR, roles.EDITOR])
    name = _("Files awaiting a published page")
    return _closed(ClosedCollection.WAITING, name, readers.values_list("pk", flat=True))


@transaction.atomic
def _closed(readers: str, name: str, groups: Pile[int] | None) -> Collection:
    known = _known(readers)
    if known is None:
        # One at a time: two files may need the same collection at the same moment.
        root = Collection.objects.select_for_update().get(pk=Collection.get_first_root_node().pk)
        known = _known(readers)
    if known is None:
        known = root.add_child(instance=Collection(name=name))
        ClosedCollection.objects.create(collection=known, readers=readers)
    _keep_closed(known, groups)
    return known


def _known(readers: str) -> Collection | None:
    found = ClosedCollection.objects.filter(readers=readers).select_related("collection").first()
    return found.collection if found else None


def _keep_closed(collection: Collection, groups: Pile[int] | None) -> None:
    """Close it as it should be, whatever an administrator did to its privacy."""
    kind = CollectionViewRestriction.LOGIN if groups is None else CollectionViewRestriction.GROUPS
    restriction = CollectionViewRestriction.objects.filter(collection=collection).first()
    if restriction is None or restriction.restriction_type != kind:
        CollectionViewRestriction.objects.filter(collection=collection).delete()
        restriction = CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=kind
        )
    if groups is not None:
        restriction.groups.set(groups)
