"""The vault: raw answers leave it through `results.queries` and `exports.operations` only.

Rows come in the order of their random ids, which says nothing of the order of arrival.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from surveys.campaigns.models import Campaign
from surveys.responses.models import Response

CHUNK = 2000


@dataclass(frozen=True)
class ResponseRow:
    """One response. `association` is the name of who answered, None in a needs survey."""

    id: UUID
    version_id: int
    version_number: int
    association: str | None
    territory: str | None
    language: str
    channel: str
    week: date
    document: dict[str, Any]
    not_applicable: list[str]


def documents(campaign: Campaign) -> Iterator[tuple[int, dict[str, Any], list[str]]]:
    """`(version id, {question id: value}, ids of the questions that a condition hid)` for
    every response of the campaign."""
    responses = Response.objects.filter(campaign=campaign).order_by("id")
    wanted = responses.values_list("version_id", "document", "not_applicable")
    yield from wanted.iterator(CHUNK)


def rows(campaign: Campaign) -> Iterator[ResponseRow]:
    responses = (
        Response.objects.filter(campaign=campaign)
        .select_related("participation__association", "territory", "version")
        .order_by("id")
    )
    for response in responses.iterator(CHUNK):
        yield ResponseRow(
            id=response.id,
            version_id=response.version_id,
            version_number=response.version.number,
            association=(
                response.participation.association.name if response.participation else None
            ),
            territory=str(response.territory) if response.territory else None,
            language=response.language,
            channel=response.channel,
            week=response.week,
            document=response.document,
            not_applicable=response.not_applicable,
        )
