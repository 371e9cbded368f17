"""The campaigns of the results' tests, taken away as files."""

from tests.surveys.results.conftest import (
    commitments,
    empty_survey,
    needs_survey,
    on_the_day,
    self_assessment,
)

__all__ = ["commitments", "empty_survey", "needs_survey", "on_the_day", "self_assessment"]
