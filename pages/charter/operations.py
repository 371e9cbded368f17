"""What is written when the charter changes."""

from typing import Any

from django.db import transaction

from pages.blocks.text import plain_text
from pages.charter.models import ArticlePage, Commitment, Value


@transaction.atomic
def synchronise_article(*, article: ArticlePage) -> None:
    """Make the rows of an article say what its published page says.

    A row that the page no longer holds is no longer current; it stays, because questions and
    answers point at it. Doing it twice changes nothing.
    """
    origin = {
        "article": article,
        "article_number": article.number,
        "article_title": article.title,
        "is_current": True,
    }
    values: list[dict[str, Any]] = []
    commitments: list[dict[str, Any]] = []
    group = 0
    for block in article.body:
        if block.block_type == "value":
            values.append(_value(block.value) | {"position": len(values) + 1})
        elif block.block_type == "commitments":
            group += 1
            for commitment in block.value["commitments"]:
                commitments.append(
                    {
                        "anchor": commitment["anchor"],
                        "text": commitment["text"].strip(),
                        "group": group,
                        "group_introduction": block.value["introduction"].strip(),
                        "position": len(commitments) + 1,
                    }
                )
    for model, wanted in ((Value, values), (Commitment, commitments)):
        for row in wanted:
            model.objects.update_or_create(anchor=row["anchor"], defaults={**row, **origin})
        anchors = [row["anchor"] for row in wanted]
        model.objects.filter(article=article).exclude(anchor__in=anchors).update(is_current=False)


def _value(value: Any) -> dict[str, Any]:
    return {
        "anchor": value["anchor"],
        "name": value["name"].strip(),
        "text": plain_text(value["text"].source),
    }


def withdraw_article(*, article: ArticlePage) -> None:
    """An article that readers no longer see commits nobody."""
    article.commitments.update(is_current=False)
    article.values.update(is_current=False)
