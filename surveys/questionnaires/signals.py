"""What happens to a questionnaire when Wagtail publishes it, whichever button was pressed."""

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import published

from surveys.questionnaires import operations
from surveys.questionnaires.models import Questionnaire


@receiver(published, sender=Questionnaire, dispatch_uid="freeze_published_questionnaire")
def freeze_published_questionnaire(sender, instance: Questionnaire, revision, **kwargs) -> None:
    operations.freeze_version(questionnaire=instance, by=revision.user, at=timezone.now())
