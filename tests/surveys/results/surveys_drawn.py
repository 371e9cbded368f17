"""Surveys that Hypothesis draws: two versions of a questionnaire, and answers to both.

Some questions have a condition on another one, of the form `${code} = 'choice'`. Which answers
it hides is worked out here, apart from the product.
"""

from dataclasses import replace

from hypothesis import strategies as st

from surveys.questionnaires.definition import OTHER, Choice, Definition, Question, Row, Section
from surveys.results.aggregates import Aggregate
from surveys.results.questions import Version

WORDS = {"true": "Oui", "false": "Non", "other": "Autre"}
WITH_CHOICES = {"single", "multiple", "scale", "ranking", "matrix"}
KINDS = (
    "single",
    "multiple",
    "boolean",
    "scale",
    "rating",
    "ranking",
    "matrix",
    "integer",
    "decimal",
    "date",
    "time",
    "text",
    "long_text",
    "email",
    "phone",
    "territory",
    "place",
    "file",
    "computed",
)
DECLINED = {"declined": True}


def choices(count: int, *, exclusive: bool = False) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            id=f"id-{number}",
            code=f"c{number}",
            label={"fr": f"Choix {number}"},
            exclusive=exclusive and number == count - 1,
        )
        for number in range(count)
    )


def rows(count: int = 2) -> tuple[Row, ...]:
    return tuple(
        Row(id=f"row-{number}", code=f"r{number}", label={"fr": f"Ligne {number}"})
        for number in range(count)
    )


def question(kind: str, code: str | None = None, **more) -> Question:
    code = code or kind
    if kind in WITH_CHOICES:
        more.setdefault("choices", choices(3))
    if kind == "matrix":
        more.setdefault("rows", rows())
    return Question(id=f"q-{code}", code=code, kind=kind, label={"fr": f"Question {code}"}, **more)


def definition(*questions: Question) -> Definition:
    section = Section(id="s", title={"fr": "Une rubrique"}, questions=questions)
    return Definition(title={"fr": "Un questionnaire"}, sections=(section,))


@st.composite
def drawn_questions(draw, kinds: tuple[str, ...] = KINDS) -> Question:
    kind = draw(st.sampled_from(kinds))
    code = f"{kind}_{draw(st.integers(1, 3))}"
    more = {"may_decline": draw(st.booleans())} if kind != "computed" else {}
    if kind not in WITH_CHOICES:
        return question(kind, code, **more)
    return question(
        kind,
        code,
        choices=choices(
            draw(st.integers(1, 5)), exclusive=kind == "multiple" and draw(st.booleans())
        ),
        has_other=kind in {"single", "multiple"} and draw(st.booleans()),
        several=kind == "matrix" and draw(st.booleans()),
        **more,
    )


def choice_ids(item: Question) -> list[str]:
    return [choice.id for choice in item.choices] + ([OTHER] if item.has_other else [])


def several_of(ids: list[str]) -> st.SearchStrategy:
    return st.lists(st.sampled_from(ids), min_size=1, unique=True).map(sorted)


def values(item: Question) -> st.SearchStrategy:
    ids = choice_ids(item)
    exclusive = [choice.id for choice in item.choices if choice.exclusive]
    free = [choice_id for choice_id in ids if choice_id not in exclusive]
    several = [several_of(free)] if free else []
    alone = [st.sampled_from(exclusive).map(lambda one: [one])] if exclusive else []
    in_a_row = several_of(ids) if item.several else st.sampled_from(ids or [""])
    return {
        "single": lambda: st.sampled_from(ids).map(lambda one: {"choice": one}),
        "scale": lambda: st.sampled_from(ids).map(lambda one: {"choice": one}),
        "multiple": lambda: st.one_of(*several, *alone).map(lambda some: {"choices": some}),
        "boolean": st.booleans,
        "rating": lambda: st.integers(0, 10),
        "ranking": lambda: st.permutations(ids).map(lambda some: {"ranking": some}),
        "matrix": lambda: st.dictionaries(
            st.sampled_from([row.id for row in item.rows]), in_a_row, min_size=1
        ).map(lambda some: {"rows": some}),
        "integer": lambda: st.integers(-20, 20) | st.integers(-(10**15), 10**15),
        "decimal": lambda: st.decimals(-1000, 1000, places=3).map(float) | st.integers(-9, 9),
        "date": lambda: st.dates().map(str),
        "time": lambda: st.times().map(lambda time: time.isoformat("minutes")),
        "territory": lambda: st.sampled_from(["QN07501M", "QN09301M", "QN97201M"]),
        "place": lambda: st.just({"label": "La place", "latitude": 48.8, "longitude": 2.3}),
        "file": lambda: st.just({"file": "0", "name": "plan.pdf", "type": "a/b", "size": 1}),
        "computed": lambda: st.integers(0, 9) | st.sampled_from([0.5, "peu", "beaucoup"]),
        "text": lambda: st.just("Un mot"),
        "long_text": lambda: st.just("Une phrase"),
        "email": lambda: st.just("a@b.example"),
        "phone": lambda: st.just("+33612345678"),
    }[item.kind]()


def conditioned(draw, pool: list[Question]) -> list[Question]:
    """The same questions, some asked only of those who made a choice in an earlier one."""
    made: list[Question] = []
    for item in pool:
        before = [one for one in made if one.kind in {"single", "scale"} and not one.condition]
        if before and draw(st.booleans()):
            other = draw(st.sampled_from(before))
            choice = draw(st.sampled_from(other.choices))
            item = replace(item, condition=f"${{{other.code}}} = '{choice.code}'")
        made.append(item)
    return made


def hidden(questions: list[Question], document: dict) -> set[str]:
    """The ids of the questions whose condition does not hold."""
    by_code = {item.code: item for item in questions}
    found = set()
    for item in questions:
        if item.condition:
            code, choice = item.condition.removeprefix("${").removesuffix("'").split("} = '")
            wanted = next((one for one in by_code[code].choices if one.code == choice), None)
            value = document.get(f"q-{code}", {})
            if wanted is None or value.get("choice") != wanted.id:
                found.add(item.id)
    return found


@st.composite
def drawn_surveys(draw, max_responses: int = 30, kinds: tuple[str, ...] = KINDS):
    """`(versions by key, [(key, document, ids that were not applicable), …])`."""
    pool = draw(
        st.lists(drawn_questions(kinds), min_size=1, max_size=5, unique_by=lambda q: q.code)
    )
    pool = conditioned(draw, pool)
    versions, asked = {}, {}
    for number in range(1, draw(st.integers(1, 2)) + 1):
        kept = draw(st.lists(st.sampled_from(pool), min_size=1, unique_by=lambda q: q.code))
        codes = {item.code for item in kept}
        kept = [item for item in kept if not item.condition or named_in(item) in codes]
        kept = kept or [item for item in pool if not item.condition][:1]
        asked[f"key-{number}"] = kept
        versions[f"key-{number}"] = Version(number, definition(*kept))
    documents = []
    for _response in range(draw(st.integers(0, max_responses))):
        key = draw(st.sampled_from(sorted(versions)))
        document = {}
        for item in asked[key]:
            mood = draw(st.integers(0, 5))
            if mood == 0 and item.may_decline:
                document[item.id] = DECLINED
            elif mood > 1:
                document[item.id] = draw(values(item))
        gone = hidden(asked[key], document)
        kept_answers = {one: value for one, value in document.items() if one not in gone}
        documents.append((key, kept_answers, sorted(gone)))
    return versions, documents


def named_in(item: Question) -> str:
    return item.condition.removeprefix("${").split("}")[0]


def counted(versions, documents, **options) -> Aggregate:
    aggregate = Aggregate(versions, words=WORDS, **options)
    for key, *response in documents:
        aggregate.add(key, *response)
    return aggregate
