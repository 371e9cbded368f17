"""Whatever is published, and whenever letters are written: never empty, never twice."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.digest import operations, queries
from intranet.digest.models import DigestEntry, DigestLetter, DigestPreference
from intranet.notifications.models import Letter
from tests.intranet.digest.conftest import DEADLINES, TOLD, tell
from tests.people import NOW, TODAY

DAYS = st.integers(min_value=0, max_value=40)
STEPS = st.one_of(
    st.tuples(st.just("news"), DAYS),
    st.tuples(st.just("deadline"), DAYS),
    st.tuples(st.just("weekly"), st.just(0)),
    st.tuples(st.just("daily"), st.just(0)),
    st.tuples(st.just("wait"), st.integers(min_value=1, max_value=9)),
    st.tuples(st.just("rhythm"), st.integers(min_value=0, max_value=2)),
    st.tuples(st.just("change"), DAYS),
)


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, max_size=25))
def test_no_letter_is_empty_and_nothing_is_told_twice(steps, aminata, denis):
    for model in (DigestLetter, DigestEntry, DigestPreference, Letter):
        model.objects.all().delete()
    TOLD.clear()
    DEADLINES.clear()
    both, now = frozenset([aminata.pk, denis.pk]), NOW
    for number, (what, days) in enumerate(steps):
        match what:
            case "news":
                tell(f"news {number}", at=now - timedelta(days=days))
            case "deadline":
                DEADLINES.append((f"due {number}", TODAY + timedelta(days=days), both))
            case "change":
                TOLD[:] = [(_moved(item, now), people) for item, people in TOLD]
            case "weekly":
                operations.write_weekly_letters(on=now.date(), at=now)
            case "daily":
                operations.write_deadline_letters(on=now.date(), at=now)
            case "wait":
                now += timedelta(days=days)
            case "rhythm":
                rhythm = DigestPreference.Rhythm.values[days]
                operations.choose_rhythm(person=aminata, rhythm=rhythm, at=now)

    for person in (aminata, denis):
        letters = list(queries.letters_of(person))
        told = Counter(number for letter in letters for number in letter.entries)
        assert all(letter.entries for letter in letters)
        assert set(told.values()) <= {1}
    assert Letter.objects.count() == DigestLetter.objects.count()


def _moved(item, now):
    from dataclasses import replace

    return replace(item, title="Changé", at=now)
