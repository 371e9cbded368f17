"""An attacker who has only what was published, paper and patience.

Imports nothing of the product. For a small table, every way people may have answered is tried,
and those that contradict a published figure are crossed out: what remains is what the attacker
knows. A hidden count is recovered when all that remains agrees on it; it is exposed when all
that remains says that the group is small.
"""

from itertools import combinations, combinations_with_replacement


def ways_to_answer(question, exclusive=()):
    """Every answer that one person may give, as the set of choices it counts for."""
    codes = [choice["code"] for choice in question["choices"]]
    if question["kind"] != "multiple":
        return [(code,) for code in codes]
    free = [code for code in codes if code not in exclusive]
    several = [some for size in range(1, len(free) + 1) for some in combinations(free, size)]
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


def possible_tables(published, answered, exclusive=()):
    """Every table of counts that nothing published contradicts.

    Zeros are always shown in a table of which something is shown: whoever reads the rule knows
    that a hidden count next to a shown one is not zero.
    """
    some_shown = any(choice["count"] is not None for choice in published["choices"])
    hidden = [choice["code"] for choice in published["choices"] if choice["count"] is None]
    found = set()
    for people in combinations_with_replacement(ways_to_answer(published, exclusive), answered):
        counts = {choice["code"]: 0 for choice in published["choices"]}
        for answer in people:
            for code in answer:
                counts[code] += 1
        if some_shown and any(counts[code] == 0 for code in hidden):
            continue
        if not contradicts(published, counts, answered):
            found.add(tuple(sorted(counts.items())))
    return [dict(table) for table in found]
