"""Wagtail says that an article was published, withdrawn or deleted: the rows follow.

Registered by the application's `ready`, so that scheduled publication and commands pass here
as the editor's screen does.
"""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from intranet.search.signals import read_again
from pages.charter import operations
from pages.charter.models import ArticlePage, Commitment, Value


@receiver(page_published, sender=ArticlePage)
def article_published(instance: ArticlePage, **kwargs: Any) -> None:
    operations.synchronise_article(article=instance)
    _read_again()


@receiver(page_unpublished, sender=ArticlePage)
@receiver(pre_delete, sender=ArticlePage)
def article_withdrawn(instance: ArticlePage, **kwargs: Any) -> None:
    operations.withdraw_article(article=instance)
    _read_again()


def _read_again() -> None:
    """What an article promises is found by itself; what it promised no longer is."""
    read_again("commitments", *Commitment.objects.values_list("anchor", flat=True))
    read_again("values", *Value.objects.values_list("anchor", flat=True))
