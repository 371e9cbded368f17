"""What the figures' sheet says, put back in the words of the figures' dictionary."""

BASES = ("asked", "answered", "not_answered", "not_applicable", "not_in_version")
STATISTICS = ("mean", "median", "min", "max", "stdev")
HIDDEN = "masqué"


def figures_of_sheet(sheet):
    found, question = {}, None
    for label, code, count, share, mentions, *bases in sheet.iter_rows(min_row=2, values_only=True):
        if code is None:
            continue
        if bases[0] is not None:
            question = found[code] = {"label": label, "bases": bases, "choices": {}, "more": {}}
        elif share is None:
            question["more"][code] = kept(count)
        else:
            question["choices"][code] = (label, count, rate(share), rate(mentions))
    return found


def expected_in_sheet(question):
    return {
        "label": question["label"],
        "bases": [shown(question[base]) for base in BASES],
        "choices": {
            choice["code"]: (
                choice["label"],
                shown(choice["count"]),
                shown(choice["share"]),
                shown(choice["mention_share"]) if "mention_share" in choice else None,
            )
            for choice in question.get("choices", [])
        },
        "more": {
            name: shown(question[name])
            for name in STATISTICS
            if name in question and question["answered"] != 0
        },
    }


def rate(share):
    """A sheet holds the fraction, the dictionary its first four decimals."""
    return round(share, 4) if isinstance(share, float) else share


def shown(value):
    return HIDDEN if value is None else kept(value)


def kept(value):
    """Spreadsheets keep fifteen digits of a number."""
    return float(f"{value:.15g}") if isinstance(value, float) else value
