"""Somebody became a member, by whatever door: nothing is asked any more."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from intranet.joining.operations import settle_for
from intranet.network.models import Membership


@receiver(post_save, sender=Membership)
def a_request_ends_with_a_membership(
    instance: Membership, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    if created and not raw:
        settle_for(membership=instance, at=timezone.now())
