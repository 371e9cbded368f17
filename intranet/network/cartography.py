"""The map of the territories, drawn here: no tile is asked of anybody.

The picture is 1,000 units wide. Mainland France is one frame; each overseas department is a
frame of its own below it. A department that is looked at closely is a single frame.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from intranet.network.models import Territory

MAINLAND: Final = "metropole"
OVERSEAS: Final = ("971", "972", "973", "974", "976", "978", "987")
WIDTH: Final = 1000
HEIGHT: Final = 940
INSET: Final = 132
MARGIN: Final = 16
# Numbers can be read in the points as long as there are not too many of them.
MOST_NUMBERED: Final = 60
# Degrees: nearer than this, a map of one point would show nothing around it.
LEAST_SPAN: Final = 0.12
# Degrees: what is nearer than this to the land is a part of it.
BESIDE: Final = 0.5
# Degrees: what is left around points that stand alone.
AROUND: Final = 0.06
# Units of the picture: points of a border that are nearer than this look like one.
LEAST_STEP: Final = 2.5

Point = tuple[float, float]
Ring = Sequence[Sequence[Point]]
"""Lines that end where the next begins, and the last where the first began."""


@dataclass(frozen=True)
class Projection:
    """From degrees to a place in a rectangle, north up, without deforming its middle."""

    west: float
    south: float
    east: float
    north: float
    left: float = 0
    top: float = 0
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def _squeeze(self) -> float:
        return max(math.cos(math.radians((self.south + self.north) / 2)), 0.01)

    @property
    def _scale(self) -> float:
        across = max((self.east - self.west) * self._squeeze, 1e-9)
        along = max(self.north - self.south, 1e-9)
        room = self.width - 2 * MARGIN, self.height - 2 * MARGIN
        return min(room[0] / across, room[1] / along)

    def place(self, longitude: float, latitude: float) -> Point:
        x = (longitude - (self.west + self.east) / 2) * self._squeeze * self._scale
        y = ((self.south + self.north) / 2 - latitude) * self._scale
        return (
            round(self.left + self.width / 2 + x, 1),
            round(self.top + self.height / 2 + y, 1),
        )

    def holds(self, longitude: float, latitude: float) -> bool:
        across = self.west <= longitude <= self.east
        return across and self.south <= latitude <= self.north


def around(points: Sequence[Point], **frame: float) -> Projection:
    """The projection that shows all these points in a frame."""
    longitudes, latitudes = [one[0] for one in points], [one[1] for one in points]
    sides = []
    for values in (longitudes, latitudes):
        lack = max(LEAST_SPAN - (max(values) - min(values)), 0) / 2
        sides.append((min(values) - lack, max(values) + lack))
    (west, east), (south, north) = sides
    return Projection(west, south, east, north, **frame)


@dataclass(frozen=True)
class Marker:
    territory: Territory
    x: float
    y: float
    radius: int
    is_numbered: bool = False


@dataclass(frozen=True)
class Frame:
    """A part of the picture, with the land that it shows, as paths of SVG.

    `near` is the department that is looked at closely, among its neighbours.
    """

    code: str
    land: str
    left: float
    top: float
    width: float
    height: float
    near: str = ""

    @property
    def is_inset(self) -> bool:
        return self.code in OVERSEAS and self.width < WIDTH


@dataclass
class Picture:
    frames: list[Frame] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    unplaced: list[Territory] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT


@cache
def departments() -> dict[str, list[Ring]]:
    """The rings of each department, from Natural Earth, which is in the public domain.

    Neighbours share the very line of their border, so that no gap shows between them.
    """
    path = Path(__file__).parent / "data" / "france.json"
    drawn = json.loads(path.read_text(encoding="utf-8"))
    # As in TopoJSON: a line taken backwards is written as the complement of its number.
    lines = [[tuple(point) for point in line] for line in drawn["arcs"]]
    backwards = [line[::-1] for line in lines]
    return {
        code: [[lines[n] if n >= 0 else backwards[~n] for n in ring] for ring in rings]
        for code, rings in drawn["departments"].items()
    }


def land_of(frame: str) -> list[Ring]:
    if frame != MAINLAND:
        return departments()[frame]
    mainland = departments().keys() - set(OVERSEAS)
    return [ring for code in sorted(mainland) for ring in departments()[code]]


def shore_of(land: Iterable[Ring]) -> list[Point]:
    return [point for ring in land for line in ring for point in line]


def frame_of(territory: Territory) -> str:
    return territory.department if territory.department in OVERSEAS else MAINLAND


def draw_network(territories: Iterable[Territory]) -> Picture:
    """Everything: the mainland, and overseas the departments that have a territory."""
    by_frame = defaultdict(list)
    for territory in territories:
        by_frame[frame_of(territory)].append(territory)
    insets = [code for code in OVERSEAS if by_frame[code]]
    picture = Picture(height=HEIGHT + (INSET + MARGIN * 2 if insets else 0))
    numbered = sum(map(len, by_frame.values())) <= MOST_NUMBERED
    frames = {MAINLAND: {"left": 0.0, "top": 0.0, "width": float(WIDTH), "height": float(HEIGHT)}}
    for position, code in enumerate(insets):
        left = position * (INSET + 12.0)
        frames[code] = {"left": left, "top": HEIGHT, "width": INSET, "height": INSET}
    for code, frame in frames.items():
        shore = shore_of(land_of(code))
        # An islet beside the land widens the frame; a wrong place does not shrink the country.
        near = _widened(around(shore))
        beside = [place for place in _places(by_frame[code]) if near.holds(*place)]
        projection = around([*shore, *beside], **frame)
        _draw(picture, code, projection, by_frame[code], numbered=numbered)
    return picture


def draw_department(territories: Sequence[Territory]) -> Picture:
    """The territories of one department, as near as possible, in its outline if it is known."""
    placed = _places(territories)
    if not placed:
        return Picture(unplaced=list(territories))
    department = departments().get(territories[0].department, [])
    shore = shore_of(department)
    near = _widened(around(shore)) if shore else None
    beside = [place for place in placed if near is None or near.holds(*place)]
    height = 700
    frame = {"top": MARGIN, "left": MARGIN, "width": WIDTH - 2 * MARGIN, "height": height}
    corners = [(x + sign * AROUND, y + sign * AROUND) for x, y in beside for sign in (-1, 1)]
    projection = around(shore + corners, **frame)
    picture = Picture(height=height + 2 * MARGIN)
    numbered = len(territories) <= MOST_NUMBERED
    code = frame_of(territories[0])
    _draw(picture, code, projection, territories, numbered=numbered, near=department)
    return picture


def _places(territories: Iterable[Territory]) -> list[Point]:
    return [
        (one.longitude, one.latitude)
        for one in territories
        if one.longitude is not None and one.latitude is not None
    ]


def _widened(projection: Projection) -> Projection:
    west, south = projection.west - BESIDE, projection.south - BESIDE
    return Projection(west, south, projection.east + BESIDE, projection.north + BESIDE)


def _draw(
    picture: Picture,
    code: str,
    projection: Projection,
    territories: Iterable[Territory],
    *,
    numbered: bool,
    near: Sequence[Ring] = (),
) -> None:
    frame = projection.left, projection.top, projection.width, projection.height
    land = [ring for ring in land_of(code) if _is_seen(ring, projection)]
    closely = _path(near, projection)
    picture.frames.append(Frame(code, _path(land, projection), *frame, near=closely))
    radius = 15 if numbered else 5
    for territory in territories:
        longitude, latitude = territory.longitude, territory.latitude
        if longitude is None or latitude is None or not projection.holds(longitude, latitude):
            picture.unplaced.append(territory)
            continue
        x, y = projection.place(longitude, latitude)
        picture.markers.append(Marker(territory, x, y, radius, is_numbered=numbered))
    # What is covered is drawn last, above what is not.
    picture.markers.sort(key=lambda marker: getattr(marker.territory, "acting", 0) > 0)


def _is_seen(ring: Ring, projection: Projection) -> bool:
    """Whether its box meets the rectangle: what is left out is outside for certain."""
    places = [projection.place(*point) for line in ring for point in line]
    across, along = [place[0] for place in places], [place[1] for place in places]
    return (
        max(across) >= projection.left
        and min(across) <= projection.left + projection.width
        and max(along) >= projection.top
        and min(along) <= projection.top + projection.height
    )


def _path(land: Iterable[Ring], projection: Projection) -> str:
    rings = []
    for ring in land:
        places = [place for line in ring for place in _line(line, projection)[:-1]]
        rings.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in places) + "Z")
    return "".join(rings)


def _line(line: Sequence[Point], projection: Projection) -> list[Point]:
    """Its places without those that nobody would tell apart; the ends stay.

    Worked out from the line's own beginning whichever way it is taken: neighbours agree.
    """
    is_backwards = line[-1] < line[0]
    ahead = line[::-1] if is_backwards else line
    places = [projection.place(*point) for point in ahead]
    kept = places[:1]
    for place in places[1:-1]:
        if math.dist(place, kept[-1]) >= LEAST_STEP:
            kept.append(place)
    kept.append(places[-1])
    return kept[::-1] if is_backwards else kept
