"""What the charter says today."""

from django.db.models import QuerySet

from pages.charter.models import Commitment, Value


def current_commitments() -> QuerySet[Commitment]:
    """The commitments in force, in the order of reading."""
    return Commitment.objects.filter(is_current=True).order_by("article_number", "position", "pk")


def current_values() -> QuerySet[Value]:
    """The values in force, in the order of reading."""
    return Value.objects.filter(is_current=True).order_by("article_number", "position", "pk")
