"""The shares that people read, from the counts beside them.

Plain Python. Figures hold shares of four decimals; rounded a second time for reading, 3 in 17
would be 17,7 % where it is 17,6 %. Where a count is hidden, so is its share.
"""

from typing import Any


def share(question: dict[str, Any], choice: dict[str, Any]) -> float | None:
    """The share of those who answered, unrounded."""
    if choice["count"] is None or not question["answered"]:
        return choice["share"]
    return choice["count"] / question["answered"]


def mention_share(question: dict[str, Any], choice: dict[str, Any]) -> float | None:
    """The share of all the answers given, unrounded where every count is shown."""
    counts = [other["count"] for other in question["choices"]]
    if None in counts or not any(counts):
        return choice["mention_share"]
    return choice["count"] / sum(counts)
