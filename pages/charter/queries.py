"""What the charter says: today, in its versions, and as proposed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import get_page_models

from pages.audience.queries import visible_to
from pages.base.models import ClassifiedPage
from pages.charter.frozen import Content, freeze
from pages.charter.models import ArticlePage, CharterPage, CharterVersion, Commitment, Value

SERVING_PAGES = 10
"""Of each kind of page, the latest that serve a commitment."""


def current_commitments() -> QuerySet[Commitment]:
    """The commitments in force, in the order of reading."""
    return Commitment.objects.filter(is_current=True).order_by("article_number", "position", "pk")


def current_values() -> QuerySet[Value]:
    """The values in force, in the order of reading."""
    return Value.objects.filter(is_current=True).order_by("article_number", "position", "pk")


def charter_page() -> CharterPage | None:
    return CharterPage.objects.first()


# -- Versions ------------------------------------------------------------------------------


def latest_version() -> CharterVersion | None:
    return CharterVersion.objects.order_by("-number").first()


def all_versions() -> QuerySet[CharterVersion]:
    """The newest first, without their texts."""
    return CharterVersion.objects.select_related("published_by").defer("content")


def version_before(version: CharterVersion) -> CharterVersion | None:
    return CharterVersion.objects.filter(number__lt=version.number).order_by("-number").first()


def proposed_articles() -> QuerySet[ArticlePage]:
    """The articles that the next version would have.

    One that was withdrawn stays out until somebody publishes its page again.
    """
    return (
        ArticlePage.objects.filter(Q(live=True) | Q(first_published_at=None))
        .select_related("latest_revision")
        .order_by("number")
    )


def proposed_content(page: CharterPage) -> Content:
    """What the next version would say: every draft taken with what is published."""
    articles = [article.get_latest_revision_as_object() for article in proposed_articles()]
    return freeze(page.get_latest_revision_as_object(), articles)


def withdrawn_articles() -> QuerySet[ArticlePage]:
    return ArticlePage.objects.filter(live=False, first_published_at__isnull=False)


# -- What serves a commitment --------------------------------------------------------------


@dataclass(frozen=True)
class Serving:
    """The pages of one kind that serve a commitment, the latest first."""

    title: str
    pages: list[Any]


def pages_serving(commitment: Commitment, request: HttpRequest) -> list[Serving]:
    """News, resources and whatever else is classified with a commitment, that the reader may see.

    Kinds of page are found through Wagtail, so that the charter knows none of them.
    """
    found = []
    for model in get_page_models():
        if issubclass(model, ClassifiedPage):
            pages = visible_to(model.objects.filter(commitments=commitment), request)
            latest = list(pages.order_by("-first_published_at", "-pk")[:SERVING_PAGES])
            if latest:
                found.append(Serving(str(model._meta.verbose_name_plural), latest))
    return found


def wordings_of(commitment: Commitment) -> list[tuple[CharterVersion, str]]:
    """What a commitment said in the versions that changed it, the newest first."""
    found: list[tuple[CharterVersion, str]] = []
    for version in CharterVersion.objects.order_by("number"):
        text = _text_in(version.content, commitment.anchor)
        if text and (not found or found[-1][1] != text):
            found.append((version, text))
    return found[::-1]


def _text_in(content: Content, anchor: str) -> str:
    for article in content["articles"]:
        for block in article["body"]:
            if block["type"] == "commitments":
                for item in block["value"]["commitments"]:
                    if item["value"]["anchor"] == anchor:
                        return item["value"]["text"]
    return ""


def place_of(commitment: Commitment) -> int | None:
    """The number of a commitment in the charter, counted through the articles; None if it left."""
    if not commitment.is_current:
        return None
    anchors = list(current_commitments().values_list("anchor", flat=True))
    return anchors.index(commitment.anchor) + 1
