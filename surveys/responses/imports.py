"""From the rows of a file to submissions, each with a key that finds it again.

A row's key comes from the campaign and from the identifier that the collecting tool gave it
(`meta/instanceID`, `_uuid` or `_id`); without one, from what the row says and how many rows
said the same before it. So the same file, imported again, records nothing new, and two people
who answered alike are still two.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from intranet.network.models import Territory
from surveys.campaigns.models import Campaign, Participation
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.flow import follow
from surveys.questionnaires.question_types import InvalidAnswer
from surveys.responses.columns import Column, column_for, document_of, is_answer
from surveys.responses.files import Row
from surveys.responses.operations import Submission
from surveys.responses.wording import (
    answer_in_words,
    check_in_words,
    problem_in_words,
    reason_in_words,
)

IDENTIFIERS = ("meta/instanceID", "_uuid", "_id")
TERRITORY = "_territory"
ASSOCIATION = "_association"


class UnknownColumns(Exception):
    """The header names columns that are not in the questionnaire."""

    def __init__(self, refused: "list[RefusedCell]") -> None:
        super().__init__(", ".join(one.code for one in refused))
        self.refused = refused


@dataclass(frozen=True)
class RefusedCell:
    line: int
    code: str
    value: str
    reason: str


@dataclass
class Reading:
    """What a file holds: submissions to record, and what cannot be, line by line."""

    submissions: list[Submission] = field(default_factory=list)
    refused: list[RefusedCell] = field(default_factory=list)


@dataclass
class Reader:
    """Reads the rows of one file for one campaign; keys depend on the rows read before."""

    campaign: Campaign
    definition: Definition
    on: date
    territories: Mapping[str, Territory]
    participations: Mapping[str, Participation]
    columns: dict[str, Column] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    identified: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, campaign: Campaign, definition: Definition, *, on: date) -> "Reader":
        participations = campaign.participations.select_related("association")
        return cls(
            campaign=campaign,
            definition=definition,
            on=on,
            territories={one.code: one for one in Territory.objects.all()},
            participations={one.association.slug: one for one in participations},
        )

    def read(self, rows: Iterable[Row], *, has_header: bool) -> Reading:
        """Read every row. Where one header names the columns of all, it must be right."""
        reading = Reading()
        for row in rows:
            if has_header and (refused := self._unknown_columns(row)):
                raise UnknownColumns([replace(one, line=1) for one in refused])
            found = self._read_row(row)
            if isinstance(found, Submission):
                reading.submissions.append(found)
            else:
                reading.refused += found
        return reading

    def _read_row(self, row: Row) -> Submission | list[RefusedCell]:
        if row.problem:
            return [RefusedCell(row.line, "", "", problem_in_words(row.problem))]
        if unknown := self._unknown_columns(row):
            return unknown
        document, refusals = document_of(row.cells, self.columns)
        refused = [
            RefusedCell(row.line, one.code, one.value, reason_in_words(one.error))
            for one in refusals
        ]
        refused += self._unknown_territories(row, document)
        territory, no_territory = self._found(row, TERRITORY, self.territories)
        participation, no_association = self._found(row, ASSOCIATION, self.participations)
        refused += [*no_territory, *no_association, *self._failed(row, document)]
        if refused:
            return refused
        key = self._key(row, document)
        if key is None:
            return [RefusedCell(row.line, "", "", problem_in_words("identifier_twice"))]
        return Submission(document, key, participation=participation, territory=territory)

    def _unknown_columns(self, row: Row) -> list[RefusedCell]:
        reason = problem_in_words("unknown_column")
        unknown = [name for name in row.cells if not self._knows(name)]
        return [RefusedCell(row.line, name[:200], "", reason) for name in unknown]

    def _knows(self, name: str) -> bool:
        if name in self.columns or not is_answer(self.definition, name):
            return True
        if name not in self.unknown and (column := column_for(self.definition, name)):
            self.columns[name] = column
            return True
        self.unknown.add(name)
        return False

    def _failed(self, row: Row, document: dict[str, Any]) -> list[RefusedCell]:
        """The answers that do not pass their check, where they are asked."""
        flow = follow(self.definition, document, on=self.on)
        return [
            RefusedCell(
                row.line,
                question.code,
                answer_in_words(question, document[question.id])[:200],
                check_in_words(question),
            )
            for question in flow.failed
        ]

    def _unknown_territories(self, row: Row, document: dict[str, Any]) -> list[RefusedCell]:
        """Answers that name a territory which is not in the directory."""
        codes = {
            question.code: document[question.id]
            for question in self.definition.questions
            if question.kind == "territory" and isinstance(document.get(question.id), str)
        }
        error = InvalidAnswer("unknown_territory")
        return [
            RefusedCell(row.line, code, given, reason_in_words(error))
            for code, given in codes.items()
            if given not in self.territories
        ]

    def _found(
        self, row: Row, column: str, known: Mapping[str, Any]
    ) -> tuple[Any | None, list[RefusedCell]]:
        given = str(row.cells.get(column) or "").strip()
        if not given or given in known:
            return known.get(given), []
        reason = _("Nothing in the network has this code: correct it, or leave it empty.")
        return None, [RefusedCell(row.line, column, given[:200], reason)]

    def _key(self, row: Row, document: dict[str, Any]) -> UUID | None:
        """The row's key, or None if another row with other answers has its identifier."""
        content = json.dumps(document, sort_keys=True)
        given = (str(row.cells.get(name) or "").strip() for name in IDENTIFIERS)
        identifier = next(filter(None, given), "")
        if identifier:
            if self.identified.setdefault(identifier, content) != content:
                return None
            return self._derived("identifier", identifier)
        told = f"{row.cells.get(TERRITORY) or ''}\n{row.cells.get(ASSOCIATION) or ''}\n{content}"
        self.seen[told] += 1
        return self._derived("content", f"{self.seen[told]}\n{told}")

    def _derived(self, kind: str, text: str) -> UUID:
        material = f"{self.campaign.slug}\n{kind}\n{text}".encode("utf-8", "surrogatepass")
        return UUID(bytes=sha256(material).digest()[:16], version=4)
