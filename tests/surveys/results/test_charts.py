import pytest

from surveys.questionnaires.scales import NOT_CONCERNED, SCALES
from surveys.results import charts
from surveys.results.tallies import TALLIES


def scale(*codes):
    choices = [{"code": code, "share": 1 / len(codes)} for code in codes]
    return charts.draw({"kind": "scale", "choices": choices})


@pytest.mark.parametrize(
    ("name", "tones"), [("application", [1, 2, 4, 5]), ("agreement", [1, 2, 3, 4, 5])]
)
def test_the_points_of_a_scale_go_from_the_lightest_to_the_darkest(name, tones):
    codes = [code for code, _label in SCALES[name].points]

    assert [mark.tone for mark in scale(*codes).marks] == tones


@pytest.mark.parametrize("name", SCALES)
def test_not_concerned_is_no_point_of_the_scale(name):
    codes = [code for code, _label in SCALES[name].points]

    with_it, without = scale(*codes, NOT_CONCERNED[0]), scale(*codes)

    assert with_it.marks[-1].tone == 0
    assert [mark.tone for mark in with_it.marks[:-1]] == [mark.tone for mark in without.marks]


def test_the_best_rank_fills_its_bar_and_the_last_one_leaves_a_piece():
    choices = [
        {"code": "a", "count": 4, "mean_rank": 1.0},
        {"code": "b", "count": 4, "mean_rank": 2.0},
        {"code": "c", "count": 0, "mean_rank": None},
    ]

    marks = charts.draw({"kind": "ranking", "choices": choices}).marks

    assert [mark.width for mark in marks] == [100.0, 50.0, None]


def test_every_kind_of_figures_is_drawn():
    assert {tally.name for tally in TALLIES.values()} == set(charts.CHARTS)


def test_a_row_of_a_matrix_is_drawn_like_a_scale():
    row = {"choices": [{"code": "a", "share": 0.25}, {"code": "b", "share": 0.75}]}

    line = charts.draw({"kind": "matrix", "rows": [row]}).rows[0]

    assert [mark.width for mark in line.chart.marks] == [25.0, 75.0]
    assert not line.has_mentions
