"""What a file of answers says, read again, is what was answered."""

import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.exports.formats import write_csv
from surveys.exports.rows import Answers, rows_table
from surveys.questionnaires.definition import Question
from surveys.questionnaires.question_types import DECLINED_WORD, clean
from surveys.responses.columns import column_for, document_of
from surveys.responses.files import read_rows
from surveys.results.questions import Version, asked_questions
from tests.surveys.every_kind import ANSWERS, EVERY_KIND
from tests.surveys.results.surveys_drawn import WORDS

SAID = {
    "responses": "Réponses",
    "other_text": "précisé",
    "latitude": "latitude",
    "longitude": "longitude",
}


def read_back(path, *documents: dict) -> list[dict]:
    questions = asked_questions([Version(1, EVERY_KIND)], words=WORDS)
    table = rows_table(questions, (), [Answers((), one) for one in documents], words=SAID)
    stream = io.BytesIO()
    write_csv(table, stream)
    path.write_bytes(stream.getvalue())
    columns = {one.code: column_for(EVERY_KIND, one.code) for one in table.columns}
    found = []
    for row in read_rows(path):
        document, refusals = document_of(row.cells, columns)
        assert refusals == []
        found.append(document)
    return found


def test_every_kind_of_answer_is_read_back(tmp_path):
    assert read_back(tmp_path / "reponses.csv", ANSWERS) == [ANSWERS]


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"])
LINE = st.text(LETTERS, max_size=20) | st.sampled_from(
    ["=1+1", "'=1+1", "''+x", "+33", "-", "@x", "1 200", "12,5", "'", '"', "a;b", "0"]
)


def choices_of(asked: Question) -> st.SearchStrategy:
    return st.sampled_from([choice.id for choice in asked.choices])


def answer(asked: Question) -> st.SearchStrategy:
    if asked.kind in {"single", "scale"}:
        other = st.builds(lambda text: {"choice": "other", "other": text}, LINE)
        return choices_of(asked) | other if asked.has_other else choices_of(asked)
    if asked.kind == "multiple":
        chosen = st.lists(choices_of(asked), max_size=1)
        return st.fixed_dictionaries({"choices": chosen, "other": LINE})
    if asked.kind == "ranking":
        ids = [choice.id for choice in asked.choices]
        return st.permutations(ids).map(lambda order: order[: int(asked.maximum or len(order))])
    if asked.kind == "matrix":
        cell = st.lists(choices_of(asked)) if asked.several else choices_of(asked)
        ids = st.sampled_from([row.id for row in asked.rows])
        return st.builds(lambda rows: {"rows": rows}, st.dictionaries(ids, cell))
    if asked.kind == "place":
        return st.fixed_dictionaries({"label": LINE}) | st.fixed_dictionaries(
            {"label": LINE, "latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)}
        )
    return {
        "boolean": st.booleans(),
        "rating": st.integers(0, 10),
        "integer": st.integers(-(10**15), 10**15),
        "decimal": st.decimals(-9999, 9999, places=4).map(float),
        "text": LINE,
        "long_text": st.lists(LINE).map("\n".join),
        "email": st.sampled_from(["a@exemple.fr", "+a.b@exemple.fr", "=a@exemple.fr"]),
        "phone": st.sampled_from(["06 12 34 56 78", "+32 470 12 34 56", "01 23 45 67 89 x12"]),
        "date": st.dates(min_value=date(1000, 1, 1)).map(str),
        "time": st.times().map(lambda time: f"{time:%H:%M}"),
        "territory": st.sampled_from(["QN07501M", "QN02A01M"]),
    }[asked.kind]


ASKED = {question.id: question for question in EVERY_KIND.questions if question.kind != "statement"}


@st.composite
def documents(draw):
    document = {}
    for question_id, asked in ASKED.items():
        given = st.none() | answer(asked)
        raw = draw(given | st.just({"declined": True}) if asked.may_decline else given)
        value = clean(asked, raw)
        # The word of files for an answer that was declined is the only one nobody can write.
        if value is not None and DECLINED_WORD not in str(value):
            document[question_id] = value
    return document


@settings(max_examples=150, deadline=None)
@given(st.lists(documents(), min_size=1, max_size=3))
def test_any_answers_are_read_back(tmp_path_factory, given_answers):
    path = tmp_path_factory.mktemp("answers") / "reponses.csv"
    # A row without any answer at the end of a file is nobody's.
    said = [*given_answers, ANSWERS]

    assert read_back(path, *said) == said
