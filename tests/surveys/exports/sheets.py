"""What the figures' sheet says, put back in the words of the figures' dictionary."""

from datetime import datetime

from surveys.exports.wording import words

BASES = ("asked", "answered", "not_answered", "declined", "not_applicable", "not_in_version")
MEASURES = ("count", "share", "mention_share", "first", "mean_rank")
STATISTICS = ("mean", "median", "min", "max", "stdev")
HIDDEN = "masqué"


def figures_of_sheet(sheet):
    """By question: its label, bases, choices, rows and statistics, under the sheet's headings."""
    names = {label: name for name, label in words().items() if name in {*BASES, *MEASURES}}
    lines = sheet.iter_rows(values_only=True)
    headings = [names.get(label, label) for label in next(lines)]
    found, question, holder = {}, None, None
    for label, code, *values in lines:
        if code is None:
            continue
        said = {
            name: kept(value)
            for name, value in zip(headings[2:], values, strict=True)
            if value is not None
        }
        if "asked" in said:
            question = holder = found[code] = {
                "label": label, "bases": said, "choices": {}, "rows": {}, "more": {},
            }  # fmt: skip
        elif "/" in code and "count" not in said:
            holder = question["rows"][code] = {"label": label, "bases": said, "choices": {}}
        elif "share" in said:
            holder["choices"][code] = (label, {name: rate(value) for name, value in said.items()})
        else:
            question["more"][code] = said.get("count")
    return found


def expected_in_sheet(question):
    rows = {
        f"{question['code']}/{row['code']}": {
            "label": row["label"],
            "bases": {"answered": shown(row["answered"])},
            "choices": expected_choices(row),
        }
        for row in question.get("rows", [])
    }
    return {
        "label": question["label"],
        "bases": {base: shown(question[base]) for base in BASES if base in question},
        "choices": expected_choices(question),
        "rows": rows,
        "more": {
            name: shown(question[name])
            for name in STATISTICS
            if name in question and question["answered"] != 0
        },
    }


def expected_choices(holder):
    return {
        choice["code"]: (
            choice["label"],
            {
                name: shown(choice[name])
                for name in MEASURES
                # Nobody ranked it: no rank is no hidden rank.
                if name in choice and not (name == "mean_rank" and choice["count"] == 0)
            },
        )
        for choice in holder.get("choices", [])
    }


def rate(share):
    """A sheet holds the fraction, the dictionary its first four decimals."""
    return round(share, 4) if isinstance(share, float) else share


def shown(value):
    return HIDDEN if value is None else kept(value)


def kept(value):
    """Spreadsheets keep fifteen digits of a number, and give days as moments."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return float(f"{value:.15g}") if isinstance(value, float) else value
