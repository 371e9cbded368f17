"""What a room brings to somebody's first screen.

To an animator's: a figure, the list behind it, one button. A source is a function named in
`DESK_SOURCES`; it takes the moment (`at=`) and gives a `Matter`.

To a member's: lines with one button each. A source is a function named in
`DESK_MEMBER_SOURCES`; it takes the person and the moment (`at=`) and gives `Notice`s.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

LINES_SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One row of a list: what it is, where it is, and a word about it."""

    title: str
    path: str = ""
    note: str = ""


@dataclass(frozen=True)
class Act:
    """The most useful thing to do about a matter."""

    label: str
    path: str
    # Whether pressing it does it at once; otherwise it opens a screen.
    is_done_at_once: bool = False


@dataclass(frozen=True, kw_only=True)
class Matter:
    key: str
    title: str
    # What the figure counts, in words: "associations have not answered".
    counted: str
    lines: Sequence[Line]
    # Said when there is nothing to do.
    empty: str
    act: Act | None = None
    # Where all the lines are.
    path: str = ""

    @property
    def number(self) -> int:
        """Counted from the list itself, so that the two never disagree."""
        return len(self.lines)

    @property
    def shown(self) -> Sequence[Line]:
        return self.lines[:LINES_SHOWN]

    @property
    def more(self) -> int:
        return max(0, self.number - LINES_SHOWN)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One thing said to a member, and what can be done about it."""

    title: str
    act: Act
    note: str = ""
    # Somebody else's own words.
    quote: str = ""
    # Whether the person is asked for something; otherwise it is news of what they sent.
    awaits: bool = False


Source = Callable[..., Matter]
"""`source(at: datetime) -> Matter`."""

MemberSource = Callable[..., Iterable[Notice]]
"""`source(person: User, at: datetime) -> Iterable[Notice]`."""
