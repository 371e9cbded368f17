"""A campaign that changes, or whose questionnaire does, is read again for the search."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from intranet.search.signals import read_again
from surveys.campaigns.models import Campaign
from surveys.questionnaires.models import QuestionnaireVersion


@receiver(post_save, sender=Campaign, dispatch_uid="search.campaign_saved")
@receiver(post_delete, sender=Campaign, dispatch_uid="search.campaign_deleted")
def campaign_changed(instance: Campaign, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        read_again("campaigns", instance.pk)


@receiver(post_save, sender=QuestionnaireVersion, dispatch_uid="search.version_published")
def version_published(instance: QuestionnaireVersion, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    campaigns = Campaign.objects.filter(questionnaire=instance.questionnaire_id)
    read_again("campaigns", *campaigns.values_list("pk", flat=True))
