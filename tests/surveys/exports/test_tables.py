import io

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from surveys.exports.formats import write_workbook
from surveys.exports.tables import Book, Cover, figures_table, long_figures_table
from surveys.exports.wording import words
from surveys.results.privacy import protect
from tests.surveys.exports.sheets import HIDDEN, expected_in_sheet, figures_of_sheet
from tests.surveys.results.surveys_drawn import counted, drawn_surveys


def protected(survey, threshold):
    aggregate = counted(*survey)
    figures = {
        "campaign": "tirage",
        "responses": aggregate.responses,
        "threshold": threshold,
        "questions": aggregate.figures(),
        "hidden": 0,
    }
    return protect(
        figures, natures=aggregate.natures(), conditions=aggregate.conditions(), others="Autres"
    )


def lone_number(figures):
    """One number has no deviation: it is empty in the sheet, and neither shown nor hidden."""
    return any(
        "stdev" in question and question["answered"] == 1 for question in figures["questions"]
    )


# A workbook is slow to make: a failing survey is shown as it was drawn.
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(drawn_surveys(), st.integers(1, 6))
def test_the_sheet_says_what_the_figures_say_for_any_survey(survey, threshold):
    figures = protected(survey, threshold)
    assume(not lone_number(figures))
    stream = io.BytesIO()
    table = figures_table(figures, words=words())

    write_workbook(Book(Cover("Présentation", "Titre", (), ()), (table,), table.name, "G"), stream)

    assert figures_of_sheet(load_workbook(stream)[table.name]) == {
        question["code"]: expected_in_sheet(question) for question in figures["questions"]
    }


@settings(max_examples=60, deadline=None)
@given(drawn_surveys(), st.integers(1, 6))
def test_one_figure_a_line_says_as_many_hidden_ones(survey, threshold):
    figures = protected(survey, threshold)

    lines = [line.values for line in long_figures_table(figures, words=words()).lines]

    assert sum(values[-1] == HIDDEN for values in lines) == figures["hidden"]
    assert len({values[:-1] for values in lines}) == len(lines)
