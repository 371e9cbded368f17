"""What a filter leaves, and what it says it would leave, whatever the library."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pages.resources.shelves import FACETS, Entry, chosen, counts

few = st.frozensets(st.integers(1, 3), max_size=3)
entries = st.lists(
    st.builds(
        Entry,
        source=st.just("resource"),
        pk=st.integers(1, 1000),
        kind=st.sampled_from(["document", "link", "sheet"]),
        date=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
        title=st.text(max_size=5),
        theme=few,
        territory=few,
        commitment=few,
    ),
    max_size=30,
)
choices = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["", "document", "link", "sheet"]),
        "theme": st.sampled_from(["", "1", "2", "9"]),
        "territory": st.sampled_from(["", "1", "2"]),
        "commitment": st.sampled_from(["", "1", "3"]),
    }
)


@given(entries, choices)
def test_a_count_is_what_choosing_it_would_leave(entries, choices):
    for facet, numbers in counts(entries, choices).items():
        for value in {value for entry in entries for value in entry.values(facet)}:
            assert numbers[value] == len(chosen(entries, {**choices, facet: value}))


@given(entries, choices)
def test_a_filter_keeps_exactly_what_has_every_value_chosen(entries, choices):
    kept = Counter(chosen(entries, choices))

    for entry in entries:
        asked = [(facet, choices[facet]) for facet in FACETS if choices[facet]]
        assert (entry in kept) == all(value in entry.values(facet) for facet, value in asked)


@given(entries)
def test_nothing_is_lost_and_the_newest_comes_first(entries):
    shown = chosen(entries, {})

    assert Counter(shown) == Counter(entries)
    assert [entry.date for entry in shown] == sorted((e.date for e in entries), reverse=True)
