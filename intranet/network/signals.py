"""Somebody joins or leaves, an association acts elsewhere or stops: circles follow."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from intranet.network.circles import keep_territory_circles
from intranet.network.models import Association, Membership, Territory, WorkingGroup


@receiver(post_save, sender=Membership)
@receiver(post_delete, sender=Membership)
def circles_follow_a_membership(instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _follow(instance.association)


@receiver(post_save, sender=Association)
def circles_follow_an_association(
    instance: Association, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    # It acts nowhere before it is there.
    if not raw and not created:
        _follow(instance)


@receiver(post_save, sender=Territory)
def circles_follow_a_name(
    instance: Territory, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    if not raw and not created:
        keep_territory_circles(territories=[instance.pk])


@receiver(m2m_changed, sender=Association.territories.through)
def circles_follow_where_associations_act(
    instance: Association | Territory,
    action: str,
    reverse: bool,
    pk_set: set[int] | None,
    **kwargs: Any,
) -> None:
    if action == "pre_clear":
        # What is forgotten is known only before.
        vars(instance)["_acted_in"] = [one.pk for one in _territories_of(instance)]
    if action == "post_clear":
        keep_territory_circles(territories=vars(instance).pop("_acted_in", []))
    if action in {"post_add", "post_remove"}:
        keep_territory_circles(territories=[instance.pk] if reverse else list(pk_set or ()))


@receiver(post_delete, sender=WorkingGroup)
def a_circle_takes_its_group_along(instance: WorkingGroup, **kwargs: Any) -> None:
    """What was closed to it is closed to everybody."""
    if instance.territory_id is not None:
        instance.group.delete()


def _follow(association: Association) -> None:
    territories = list(association.territories.values_list("pk", flat=True))
    if territories:
        keep_territory_circles(territories=territories)


def _territories_of(instance: Association | Territory) -> list[Territory]:
    return [instance] if isinstance(instance, Territory) else list(instance.territories.all())
