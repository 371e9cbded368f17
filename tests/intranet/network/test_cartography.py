"""The map holds what it shows, and says what it cannot place."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.network.cartography import (
    HEIGHT,
    OVERSEAS,
    WIDTH,
    Projection,
    _line,
    around,
    departments,
    draw_department,
    draw_network,
)
from intranet.network.models import Territory

places = st.tuples(st.floats(-180, 180, allow_nan=False), st.floats(-85, 85, allow_nan=False))


def at(code: str, longitude: float | None, latitude: float | None) -> Territory:
    return Territory(
        code=code,
        name="Les Tilleuls",
        commune="Valbonne",
        department=code[3:5] if code[2] == "0" else code[2:5],
        longitude=longitude,
        latitude=latitude,
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(places, min_size=1, max_size=30))
def test_a_projection_keeps_all_its_points_inside_the_picture(points):
    projection = around(points)

    for point in points:
        x, y = projection.place(*point)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
        assert projection.holds(*point)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(places, places)
def test_north_is_up_and_east_is_right(one, other):
    projection = around([one, other])
    (x, y), (other_x, other_y) = projection.place(*one), projection.place(*other)

    assert (x - other_x) * (one[0] - other[0]) >= 0
    assert (y - other_y) * (one[1] - other[1]) <= 0


def test_overseas_departments_have_a_frame_of_their_own():
    lille, reunion = at("QN05901M", 3.06, 50.63), at("QN97401M", 55.45, -20.88)

    picture = draw_network([lille, reunion])

    assert [frame.code for frame in picture.frames] == ["metropole", "974"]
    by_code = {marker.territory.code: marker for marker in picture.markers}
    assert by_code["QN05901M"].y < HEIGHT / 3
    assert HEIGHT < by_code["QN97401M"].y < picture.height


def test_a_territory_without_a_place_or_outside_its_frame_is_told():
    nowhere, astray = at("QN05901M", None, None), at("QN05902M", -60.0, 10.0)

    picture = draw_network([nowhere, astray])

    assert picture.markers == []
    assert picture.unplaced == [nowhere, astray]


def test_one_territory_of_an_unknown_department_is_in_the_middle():
    picture = draw_department([at("QN09901M", 3.06, 50.63)])

    assert [(marker.x, marker.y) for marker in picture.markers] == [(500, 366)]
    assert draw_department([at("QN05901M", None, None)]).markers == []


def test_a_department_is_shown_in_its_outline_among_its_neighbours():
    near = draw_department([at("QN05901M", 3.06, 50.63)])

    [frame] = near.frames
    assert frame.near.count("M") == len(departments()["59"])
    # Of the 96 departments of the mainland, those around are drawn: not Corsica, for one.
    assert frame.near.count("M") < frame.land.count("M") < 30
    assert draw_department([at("QN09901M", 3.06, 50.63)]).frames[0].near == ""


def test_every_department_with_a_neighbourhood_is_drawn():
    metropolitan = {f"{number:02}" for number in range(1, 96)} - {"20"} | {"2A", "2B"}

    assert departments().keys() == metropolitan | set(OVERSEAS)


@given(st.sampled_from(sorted(departments())), st.floats(0.0005, 0.5))
def test_neighbours_keep_the_same_points_of_their_border(code, degrees):
    shore = [point for ring in departments()[code] for line in ring for point in line]
    west, south = shore[0]
    projection = Projection(west, south, west + degrees, south + degrees)

    for ring in departments()[code]:
        for line in ring:
            kept = _line(line, projection)
            assert kept == _line(line[::-1], projection)[::-1]
            assert kept[0] == projection.place(*line[0])
            assert kept[-1] == projection.place(*line[-1])


def test_lines_of_a_ring_follow_each_other():
    for rings in departments().values():
        for ring in rings:
            for line, following in zip(ring, [*ring[1:], ring[0]], strict=True):
                assert line[-1] == following[0]
