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
from surveys.questionnaires.flow import follow
from surveys.questionnaires.models import QuestionnaireVersion
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
VERSION = "_version"


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
    """Reads the rows of one file for one campaign; keys depend on the rows read before.

    A row answers the version that its column `_version` numbers, the latest if it names none.
    """

    campaign: Campaign
    version: QuestionnaireVersion
    on: date
    territories: Mapping[str, Territory]
    participations: Mapping[str, Participation]
    versions: Mapping[str, QuestionnaireVersion] = field(default_factory=dict)
    columns: dict[int, dict[str, Column | None]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    identified: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, campaign: Campaign, version: QuestionnaireVersion, *, on: date) -> "Reader":
        participations = campaign.participations.select_related("association")
        return cls(
            campaign=campaign,
            version=version,
            on=on,
            territories={one.code: one for one in Territory.objects.all()},
            participations={one.association.slug: one for one in participations},
            versions={str(one.number): one for one in campaign.questionnaire.versions.all()},
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
        version = self._version_of(row)
        if version is None:
            given = str(row.cells[VERSION])[:200]
            return [RefusedCell(row.line, VERSION, given, self._versions_in_words())]
        if elsewhere := self._asked_by_other_versions(row, version):
            return elsewhere
        columns = {name: found for name in row.cells if (found := self._column(version, name))}
        document, refusals = document_of(row.cells, columns)
        refused = [
            RefusedCell(row.line, one.code, one.value, reason_in_words(one.error))
            for one in refusals
        ]
        refused += self._unknown_territories(row, version, document)
        territory, no_territory = self._found(row, TERRITORY, self.territories)
        participation, no_association = self._found(row, ASSOCIATION, self.participations)
        refused += [*no_territory, *no_association, *self._failed(row, version, document)]
        if refused:
            return refused
        key = self._key(row, document)
        if key is None:
            return [RefusedCell(row.line, "", "", problem_in_words("identifier_twice"))]
        return Submission(
            document, key, participation=participation, territory=territory, version=version
        )

    def _version_of(self, row: Row) -> QuestionnaireVersion | None:
        """The version that a row answers; None if it names one that does not exist."""
        given = str(row.cells.get(VERSION) or "").strip().removesuffix(".0")
        return self.versions.get(given) if given else self.version

    def _versions_in_words(self) -> str:
        return _(
            "This questionnaire has no such version: write one of %(numbers)s, or leave it empty "
            "for the latest."
        ) % {"numbers": ", ".join(self.versions)}

    def _unknown_columns(self, row: Row) -> list[RefusedCell]:
        """The columns that no version explains."""
        reason = problem_in_words("unknown_column")
        unknown = [name for name in row.cells if not self._knows(name)]
        return [RefusedCell(row.line, name[:200], "", reason) for name in unknown]

    def _knows(self, name: str) -> bool:
        versions = (self.version, *self.versions.values())
        return any(self._column(version, name) for version in versions) or not is_answer(
            self.version.definition, name
        )

    def _asked_by_other_versions(
        self, row: Row, version: QuestionnaireVersion
    ) -> list[RefusedCell]:
        """The answers to what the row's own version does not ask."""
        reason = _("Version %(number)s does not ask this: empty the cell, or correct the version.")
        return [
            RefusedCell(row.line, name, str(cell)[:200], reason % {"number": version.number})
            for name, cell in row.cells.items()
            if cell not in ("", None)
            and is_answer(version.definition, name)
            and not self._column(version, name)
        ]

    def _column(self, version: QuestionnaireVersion, name: str) -> Column | None:
        found = self.columns.setdefault(version.pk, {})
        if name not in found:
            definition = version.definition
            is_there = is_answer(definition, name)
            found[name] = column_for(definition, name) if is_there else None
        return found[name]

    def _failed(
        self, row: Row, version: QuestionnaireVersion, document: dict[str, Any]
    ) -> list[RefusedCell]:
        """The answers that do not pass their check, where they are asked."""
        flow = follow(version.definition, document, on=self.on)
        return [
            RefusedCell(
                row.line,
                question.code,
                answer_in_words(question, document[question.id])[:200],
                check_in_words(question),
            )
            for question in flow.failed
        ]

    def _unknown_territories(
        self, row: Row, version: QuestionnaireVersion, document: dict[str, Any]
    ) -> list[RefusedCell]:
        """Answers that name a territory which is not in the directory."""
        codes = {
            question.code: document[question.id]
            for question in version.definition.questions
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
        named = [one for one in known.values() if _named_in_exports(one) == given]
        if len(named) == 1:
            return named[0], []
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


def _named_in_exports(one: Territory | Participation) -> str:
    return str(one if isinstance(one, Territory) else one.association)
