"""Surveys that Hypothesis draws: two versions of a questionnaire, and answers to both."""

from hypothesis import strategies as st

from surveys.questionnaires.definition import OTHER, Choice, Definition, Question, Section
from surveys.results.aggregates import Aggregate
from surveys.results.questions import Version

WORDS = {"true": "Oui", "false": "Non", "other": "Autre"}
KINDS = ("single", "multiple", "boolean", "scale", "rating", "integer", "text", "long_text")


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


def question(kind: str, code: str | None = None, **more) -> Question:
    code = code or kind
    if kind in {"single", "multiple", "scale"}:
        more.setdefault("choices", choices(3))
    return Question(id=f"q-{code}", code=code, kind=kind, label={"fr": f"Question {code}"}, **more)


def definition(*questions: Question) -> Definition:
    section = Section(id="s", title={"fr": "Une rubrique"}, questions=questions)
    return Definition(title={"fr": "Un questionnaire"}, sections=(section,))


@st.composite
def drawn_questions(draw) -> Question:
    kind = draw(st.sampled_from(KINDS))
    code = f"{kind}_{draw(st.integers(1, 3))}"
    if kind not in {"single", "multiple", "scale"}:
        return question(kind, code)
    return question(
        kind,
        code,
        choices=choices(
            draw(st.integers(1, 5)), exclusive=kind == "multiple" and draw(st.booleans())
        ),
        has_other=kind != "scale" and draw(st.booleans()),
    )


def values(item: Question) -> st.SearchStrategy:
    ids = [choice.id for choice in item.choices] + ([OTHER] if item.has_other else [])
    exclusive = [choice.id for choice in item.choices if choice.exclusive]
    free = [choice_id for choice_id in ids if choice_id not in exclusive]
    several = [st.lists(st.sampled_from(free), min_size=1, unique=True)] if free else []
    alone = [st.sampled_from(exclusive).map(lambda one: [one])] if exclusive else []
    return {
        "single": lambda: st.sampled_from(ids).map(lambda one: {"choice": one}),
        "scale": lambda: st.sampled_from(ids).map(lambda one: {"choice": one}),
        "multiple": lambda: st.one_of(*several, *alone).map(lambda some: {"choices": some}),
        "boolean": st.booleans,
        "rating": lambda: st.integers(0, 10),
        "integer": lambda: st.integers(-20, 20) | st.integers(-(10**15), 10**15),
        "text": lambda: st.just("Un mot"),
        "long_text": lambda: st.just("Une phrase"),
    }[item.kind]()


@st.composite
def drawn_surveys(draw, max_responses: int = 30):
    """`(versions by key, [(key, document), …])`."""
    pool = draw(st.lists(drawn_questions(), min_size=1, max_size=5, unique_by=lambda q: q.code))
    versions = {}
    for number in range(1, draw(st.integers(1, 2)) + 1):
        kept = draw(st.lists(st.sampled_from(pool), min_size=1, unique_by=lambda q: q.code))
        versions[f"key-{number}"] = Version(number, definition(*kept))
    documents = []
    for _response in range(draw(st.integers(0, max_responses))):
        key = draw(st.sampled_from(sorted(versions)))
        document = {
            item.id: draw(values(item))
            for item in versions[key].definition.questions
            if draw(st.integers(0, 4))
        }
        documents.append((key, document))
    return versions, documents


def counted(versions, documents, **options) -> Aggregate:
    aggregate = Aggregate(versions, words=WORDS, **options)
    for key, document in documents:
        aggregate.add(key, document)
    return aggregate
