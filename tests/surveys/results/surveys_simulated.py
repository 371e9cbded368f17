"""Surveys as neighbourhoods answer them: a few hundred people, habits, and conditions."""

from random import Random

from surveys.results.questions import Version
from tests.surveys.results.surveys_drawn import choices, counted, definition, question

SIZES = (40, 120, 300, 800)
THRESHOLDS = (3, 5, 11)


def simulated(seed):
    """`(the figures being counted, the threshold)`."""
    draw = Random(seed)
    threshold = draw.choice(THRESHOLDS)
    size = draw.choice([size for size in SIZES if size >= 8 * threshold])
    places = draw.randint(3, 7)
    home = question("single", "home", choices=choices(places))
    some, others = (_one_of(draw, "home", places) for _question in range(2))
    work = question("boolean", "work")
    questions = [
        home,
        work,
        question("multiple", "needs", choices=choices(6)),
        question("scale", "trust", choices=choices(5)),
        question("rating", "likes"),
        question("ranking", "priorities", choices=choices(4)),
        question("matrix", "table", choices=choices(4)),
        question("single", "home_more", choices=choices(3), condition=some),
        question("scale", "home_else", choices=choices(4), condition=others),
        question("single", "work_more", choices=choices(4), condition="${work} = 'true'"),
        question("boolean", "work_less", condition="${work} = 'false'"),
        question("boolean", "work_even_more", condition="${work_more} = 'c0'"),
    ]
    documents = [_person(draw, questions) for _person_number in range(size)]
    return counted({"v": Version(1, definition(*questions))}, documents), threshold


def _one_of(draw, code, places):
    chosen = draw.sample(range(places), draw.randint(1, 2))
    return " or ".join(f"${{{code}}} = 'c{number}'" for number in chosen)


def _person(draw, questions):
    document, gone = {}, []
    codes: dict[str, str] = {}
    for item in questions:
        if item.condition and not _holds(item.condition, codes):
            gone.append(item.id)
        elif draw.random() > 0.08:
            document[item.id] = value = _answer(draw, item)
            codes[item.code] = _code(value)
    return "v", document, gone


def _holds(condition, codes):
    tests = [
        test.removeprefix("${").removesuffix("'").split("} = '") for test in condition.split(" or ")
    ]
    return any(codes.get(code) == wanted for code, wanted in tests)


def _code(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict) and "choice" in value:
        return value["choice"].replace("id-", "c")
    return ""


def _answer(draw, item):
    ids = [choice.id for choice in item.choices]
    habits = [1 / (rank + 1) for rank in range(len(ids))]
    if item.kind in {"single", "scale"}:
        return {"choice": draw.choices(ids, habits)[0]}
    if item.kind == "multiple":
        return {"choices": [one for one in ids if draw.random() < 0.35] or ids[:1]}
    if item.kind == "boolean":
        return draw.random() < 0.55
    if item.kind == "rating":
        return min(10, max(0, round(draw.gauss(6.5, 2))))
    if item.kind == "ranking":
        return {"ranking": draw.sample(ids, len(ids))}
    return {"rows": {row.id: draw.choices(ids, habits)[0] for row in item.rows}}
