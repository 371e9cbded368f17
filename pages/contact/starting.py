"""The forms that an editor can start from."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from intranet.accounts.models import User
from pages.contact.models import FormField, FormIndexPage, FormPage


@cache
def starting_models() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "starting.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["models"]


def starting_model(name: str) -> dict[str, Any] | None:
    return next((model for model in starting_models() if model["name"] == name), None)


@transaction.atomic
def begin_form(*, model: dict[str, Any], index: FormIndexPage, by: User | None) -> FormPage:
    """Make the draft of a form out of a model. It is nobody's but the editor's until published."""
    page = FormPage(
        title=model["title"],
        kind=model["kind"],
        summary=model["summary"],
        introduction=model["introduction"],
        purpose=model["purpose"],
        keep_days=model["keep_days"],
        thanks=model["thanks"],
        recipients=by.email if by else "",
        owner=by,
        live=False,
    )
    page.form_fields = [_field(rank, question) for rank, question in enumerate(model["questions"])]
    index.add_child(instance=page)
    page.save_revision(user=by)
    return page


def _field(rank: int, question: dict[str, Any]) -> FormField:
    field = FormField(
        sort_order=rank,
        label=question["label"],
        field_type=question["kind"],
        required=question.get("required", True),
        choices="\n".join(question.get("choices", [])),
        help_text=question.get("help", ""),
    )
    field.clean_name = field.get_field_clean_name()
    return field
