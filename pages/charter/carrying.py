"""A charter as JSON, for the page that asks to confirm an import. Plain Python."""

from dataclasses import asdict
from typing import Any

from pages.charter.structure import (
    Article,
    Block,
    Charter,
    Closing,
    CommitmentGroup,
    Prose,
    ValueText,
)


def to_json(charter: Charter) -> dict[str, Any]:
    return asdict(charter)


def from_json(told: dict[str, Any]) -> Charter:
    closing = told["closing"]
    return Charter(
        title=told["title"],
        subtitle=told["subtitle"],
        introduction=tuple(Prose(block["html"]) for block in told["introduction"]),
        articles=tuple(
            Article(one["number"], one["title"], tuple(_block(block) for block in one["blocks"]))
            for one in told["articles"]
        ),
        closing=Closing(
            title=closing["title"],
            blocks=tuple(Prose(block["html"]) for block in closing["blocks"]),
            aims=tuple(closing["aims"]),
            members=tuple(closing["members"]),
        ),
    )


def _block(told: dict[str, Any]) -> Block:
    if "html" in told:
        return Prose(told["html"])
    if "name" in told:
        return ValueText(told["name"], tuple(told["paragraphs"]))
    return CommitmentGroup(told["introduction"], tuple(told["commitments"]))
