"""A file that a person sent: what is kept of it is known from what it held (see `Upload`)."""

from typing import Any
from uuid import UUID

from surveys.questionnaires.definition import Question
from surveys.questionnaires.question_types.refusals import InvalidAnswer
from surveys.questionnaires.question_types.texts import clean_text

NAME_LENGTH = 120


def file(question: Question, raw: Any) -> dict[str, Any] | None:
    """`{"file": the upload's id, "name": …, "type": …, "size": bytes}`, as the upload says."""
    if raw is None or raw == "" or raw == {}:
        return None
    if not isinstance(raw, dict):
        raise InvalidAnswer("not_a_file")
    identity, name, kind, size = (raw.get(key) for key in ("file", "name", "type", "size"))
    if not all(isinstance(one, str) for one in (identity, name, kind)):
        raise InvalidAnswer("not_a_file")
    if not isinstance(size, int) or isinstance(size, bool) or size <= 0:
        raise InvalidAnswer("not_a_file")
    try:
        identity = str(UUID(identity))
    except ValueError:
        raise InvalidAnswer("not_a_file") from None
    return {
        "file": identity,
        "name": clean_text(str(name))[:NAME_LENGTH],
        "type": clean_text(str(kind))[:NAME_LENGTH],
        "size": size,
    }


def file_elsewhere(question: Question, raw: Any) -> None:
    """A cell says the name of a file at most: the file itself is not in the table."""
    if raw is None or raw == "":
        return
    raise InvalidAnswer("file_elsewhere")
