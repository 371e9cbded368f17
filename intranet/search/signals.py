"""What is written in the rooms below is read again for the search, after the commit.

The rooms above connect what is theirs with `read_again`.
"""

from typing import Any

from django.db import connection, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.documents import get_document_model

from intranet.accounts.models import User
from intranet.jobs.models import Job
from intranet.jobs.operations import enqueue
from intranet.network.models import Association, Membership, Territory


def read_again(source: str, *keys: object) -> None:
    """Ask for things of a source to be read again; those that are gone are taken out.

    One job a source and transaction, however many things are written in it.
    """
    if not keys:
        return
    asked = vars(connection).setdefault("search_jobs", {})
    # What was rolled back is no longer there, what was committed is no longer in `asked`.
    job = Job.objects.filter(pk=asked.get(source), state=Job.State.QUEUED).first()
    if job is not None and connection.in_atomic_block:
        known = dict.fromkeys([*job.arguments[1], *map(str, keys)])
        Job.objects.filter(pk=job.pk).update(arguments=[source, list(known)])
        return
    job = enqueue("intranet.search.tasks.refresh", source, [str(key) for key in keys])
    if connection.in_atomic_block:
        asked[source] = job.pk
        transaction.on_commit(lambda: asked.pop(source, None))


@receiver(post_save, sender=get_document_model(), dispatch_uid="search.document_saved")
@receiver(post_delete, sender=get_document_model(), dispatch_uid="search.document_deleted")
def document_changed(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        read_again("documents", instance.pk)


@receiver(post_save, sender=Association, dispatch_uid="search.association_saved")
@receiver(post_delete, sender=Association, dispatch_uid="search.association_deleted")
def association_changed(instance: Association, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        read_again("associations", instance.pk)


@receiver(post_save, sender=User, dispatch_uid="search.person_saved")
@receiver(post_delete, sender=User, dispatch_uid="search.person_deleted")
def person_changed(
    instance: User,
    created: bool = False,
    raw: bool = False,
    update_fields: Any = None,
    **kwargs: Any,
) -> None:
    # Every log in writes its moment on the person: nothing to read again.
    if raw or set(update_fields or [""]) == {"last_login"}:
        return
    # Whoever leaves the directory is taken out; whoever was never there is not looked for.
    if instance.in_directory or not created:
        read_again("people", instance.pk)


@receiver(post_save, sender=Membership, dispatch_uid="search.membership_saved")
@receiver(post_delete, sender=Membership, dispatch_uid="search.membership_deleted")
def membership_changed(instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.user.in_directory:
        read_again("people", instance.user_id)


@receiver(
    m2m_changed, sender=Association.territories.through, dispatch_uid="search.association_moved"
)
def territories_changed(instance: Any, action: str, pk_set: set | None, **kwargs: Any) -> None:
    if not action.startswith("post_"):
        return
    if isinstance(instance, Association):
        read_again("associations", instance.pk)
    else:
        read_again("associations", *(pk_set or ()))


@receiver(post_save, sender=Territory, dispatch_uid="search.territory_saved")
@receiver(post_delete, sender=Territory, dispatch_uid="search.territory_deleted")
def territory_changed(
    instance: Territory, created: bool = False, raw: bool = False, **kwargs: Any
) -> None:
    if raw:
        return
    read_again("territories", instance.pk)
    if not created and instance.pk:
        # An association is also found by where it acts.
        read_again("associations", *instance.associations.values_list("pk", flat=True))
