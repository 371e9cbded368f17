import pytest

from surveys.questionnaires.scales import NOT_CONCERNED, SCALES
from surveys.results import charts


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
