"""What has to be known before what, and what can never be known."""

from collections.abc import Iterator, Mapping, Set

Needs = Mapping[str, Set[str]]
"""What each thing depends on."""


def in_order(needs: Needs) -> list[str]:
    """Everything, after what it depends on. In a circle, something comes before what it needs."""
    done: dict[str, None] = {}
    begun: set[str] = set()
    for root in needs:
        path = [(root, iter(sorted(needs[root])))] if root not in begun else []
        begun.add(root)
        while path:
            here, needed = path[-1]
            following = next((one for one in needed if one in needs and one not in begun), None)
            if following is None:
                done[here] = None
                path.pop()
            else:
                begun.add(following)
                path.append((following, iter(sorted(needs[following]))))
    return list(done)


def circles(needs: Needs) -> list[frozenset[str]]:
    """The things that depend on each other, or on themselves."""
    rank = {one: number for number, one in enumerate(in_order(needs))}
    needed_by: dict[str, set[str]] = {one: set() for one in needs}
    backwards = []
    for one, needed in needs.items():
        for other in needed & needs.keys():
            needed_by[other].add(one)
            if rank[other] >= rank[one]:
                backwards.append((one, other))
    found: dict[frozenset[str], None] = {}
    for one, other in backwards:
        if not any(one in circle for circle in found):
            found[frozenset(reached(needs, other)) & frozenset(reached(needed_by, one))] = None
    return list(found)


def reached(needs: Needs, start: str) -> Iterator[str]:
    """A thing, and everything that it depends on, near or far."""
    waiting, seen = [start], {start}
    while waiting:
        here = waiting.pop()
        yield here
        new = (needs.get(here, set()) & needs.keys()) - seen
        seen |= new
        waiting += sorted(new)
