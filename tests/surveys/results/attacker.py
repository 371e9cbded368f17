"""An attacker who has only what was published, paper and patience.

Imports nothing of the product. For a small table, every way people may have answered is tried,
and those that contradict a published figure are crossed out: what remains is what the attacker
knows. A hidden count is recovered when all that remains agrees on it; it is exposed when all
that remains says that the group is small.
"""

from itertools import combinations, combinations_with_replacement, permutations


def ways_to_answer(question, exclusive=(), sizes=None):
    """Every answer that one person may give, as the set of choices it counts for.

    `sizes` are how many choices an answer to a multiple choice may hold."""
    codes = [choice["code"] for choice in question["choices"]]
    if question["kind"] != "multiple":
        return [(code,) for code in codes]
    free = [code for code in codes if code not in exclusive]
    sizes = sizes or range(1, len(free) + 1)
    several = [some for size in sizes for some in combinations(free, size)]
    return several + [(code,) for code in exclusive]


def contradicts(published, counts, answered):
    mentions = sum(counts.values())
    for choice in published["choices"]:
        count = counts[choice["code"]]
        if choice["count"] is not None and choice["count"] != count:
            return True
        if choice["share"] is not None and choice["share"] != round(count / answered, 4):
            return True
        share = choice.get("mention_share")
        if share is not None and share != round(count / mentions, 4):
            return True
    if published.get("mean") is not None:
        points = sum(int(code) * count for code, count in counts.items())
        return published["mean"] != round(points / answered, 4)
    return False


def possible_tables(published, answered, exclusive=(), sizes=None):
    """Every table of counts that nothing published contradicts.

    Zeros are always shown in a table of which something is shown: whoever reads the rule knows
    that a hidden count next to a shown one is not zero.
    """
    some_shown = any(choice["count"] is not None for choice in published["choices"])
    hidden = [choice["code"] for choice in published["choices"] if choice["count"] is None]
    found = set()
    ways = ways_to_answer(published, exclusive, sizes)
    for people in combinations_with_replacement(ways, answered):
        counts = {choice["code"]: 0 for choice in published["choices"]}
        for answer in people:
            for code in answer:
                counts[code] += 1
        if some_shown and any(counts[code] == 0 for code in hidden):
            continue
        if not contradicts(published, counts, answered):
            found.add(tuple(sorted(counts.items())))
    return [dict(table) for table in found]


# -- A question, and others that are asked according to it ----------------------------------


def compositions(total, parts):
    """Every way to share out a number of people."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def possible_surveys(published, conditionals, people):
    """Every way people may have answered a single choice, given that conditions were told too.

    `conditionals` holds the figures of each question that is asked of those who chose one of
    some choices: `(figures, codes, whether it is asked of those who did not answer too)`.
    """
    codes = [choice["code"] for choice in published["choices"]]
    some_shown = any(choice["count"] is not None for choice in published["choices"])
    found = []
    for people_by_choice in compositions(people, len(codes) + 1):
        counts = dict(zip(codes, people_by_choice, strict=False))
        silent = people_by_choice[-1]
        answered = people - silent
        if published["answered"] not in (None, answered):
            continue
        if some_shown and any(
            choice["count"] is None and not counts[choice["code"]]
            for choice in published["choices"]
        ):
            continue
        if answered and contradicts(published, counts, answered):
            continue
        asked = [
            sum(counts[code] for code in chosen) + (silent if silent_too else 0)
            for _figures, chosen, silent_too in conditionals
        ]
        if all(
            figures["asked"] in (None, number)
            and (figures["answered"] is None or figures["answered"] <= number)
            for (figures, _codes, _silent), number in zip(conditionals, asked, strict=True)
        ):
            found.append(counts)
    return found


# -- A matrix and a ranking -------------------------------------------------------------------


def possible_rankings(published, answered, length):
    """Every table of (how often ranked, how often first) that nothing published contradicts."""
    codes = [choice["code"] for choice in published["choices"]]
    shown = {name for choice in published["choices"] for name in choice if choice[name] is not None}
    ways = list(permutations(codes, length))
    found = []
    for people in combinations_with_replacement(ways, answered):
        table = {}
        for code in codes:
            ranks = [one.index(code) + 1 for one in people if code in one]
            table[code] = {
                "count": len(ranks),
                "first": ranks.count(1),
                "mean_rank": round(sum(ranks) / len(ranks), 4) if ranks else None,
            }
        if all(
            choice[name] is None or choice[name] == table[choice["code"]][name]
            for choice in published["choices"]
            for name in ("count", "first", "mean_rank")
        ) and not (
            "count" in shown
            and any(
                choice["count"] is None and not table[choice["code"]]["count"]
                for choice in published["choices"]
            )
        ):
            found.append(table)
    return found
