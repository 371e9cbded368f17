"""Laying the pages that the law asks for; never touching those that are there."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from pages.legal.models import LegalPage


def legal_texts() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "texts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["pages"]


@transaction.atomic
def lay_legal_pages(*, home: Page) -> list[LegalPage]:
    """Add the legal pages that the site does not have yet; those that were added.

    A page that editors wrote at the same address before is theirs, and stays the only one.
    """
    kinds = set(LegalPage.objects.values_list("kind", flat=True))
    slugs = set(home.get_children().values_list("slug", flat=True))
    made = []
    for text in legal_texts():
        if text["kind"] in kinds or text["slug"] in slugs:
            continue
        page = LegalPage(
            title=text["title"],
            slug=text["slug"],
            kind=text["kind"],
            summary=text["summary"],
            body=[(block["type"], _value(block)) for block in text["blocks"]],
        )
        home.add_child(instance=page)
        page.save_revision().publish()
        made.append(page)
    return made


def _value(block: dict[str, Any]) -> Any:
    if block["type"] == "heading":
        return {"text": block["text"], "level": "2"}
    return block["text"].strip()
