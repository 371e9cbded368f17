"""Regular expressions typed by people: in linear time, or not at all (RE2)."""

from functools import lru_cache
from typing import Any

import re2

LONGEST_PATTERN = 1_000
LONGEST_TEXT = 20_000


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


def is_pattern(pattern: str) -> bool:
    """Whether RE2 takes it: no reference backwards, no looking around."""
    if len(pattern) > LONGEST_PATTERN:
        return False
    try:
        _compiled(pattern)
    except (re2.error, UnicodeEncodeError):
        return False
    return True


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text matches the pattern."""
    if len(text) > LONGEST_TEXT:
        return False
    try:
        return _compiled(pattern).fullmatch(text) is not None
    except UnicodeEncodeError:
        return False
