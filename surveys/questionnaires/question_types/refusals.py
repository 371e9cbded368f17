"""Why a value cannot answer a question."""

from typing import Any


class InvalidAnswer(Exception):
    """A value that cannot answer the question: why, as a code, and what the sentence needs."""

    def __init__(self, reason: str, **params: Any) -> None:
        super().__init__(reason, params)
        self.reason = reason
        self.params = params
