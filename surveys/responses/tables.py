"""Groups of a section that are shown as one table: a row a question, a column a choice.

Plain Python.
"""

from surveys.questionnaires.definition import Question, Section

TABLE = "table-list"
ONE_OF_SEVERAL = frozenset({"single", "scale"})


def tables_of(section: Section) -> dict[str, tuple[Question, ...]]:
    """For the id of every question that stands in a table, all the questions of that table."""
    found: dict[str, tuple[Question, ...]] = {}
    for group in section.groups:
        questions = tuple(one for one in section.questions if one.group == group.id)
        if TABLE in group.appearance.split() and _makes_a_table(questions):
            found |= {one.id: questions for one in questions}
    return found


def _makes_a_table(questions: tuple[Question, ...]) -> bool:
    columns = {tuple(choice.code for choice in one.choices) for one in questions}
    return len(columns) == 1 and all(
        one.kind in ONE_OF_SEVERAL and not one.has_other and not one.may_decline
        for one in questions
    )
