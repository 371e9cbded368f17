from datetime import timedelta

import pytest
from django.core import mail

from intranet.digest import operations, queries
from intranet.digest.contract import Section
from intranet.digest.models import DigestEntry, DigestLetter, DigestPreference
from intranet.digest.operations import Tally
from tests.intranet.digest.conftest import DEADLINES, TOLD, item, tell
from tests.letters import send_letters
from tests.people import NOW, TODAY

pytestmark = pytest.mark.django_db
Rhythm = DigestPreference.Rhythm
WEEK = timedelta(days=7)


def write(weeks: int = 0) -> Tally:
    at = NOW + weeks * WEEK
    return operations.write_weekly_letters(on=at.date(), at=at)


def keys_of(letter: DigestLetter) -> list[str]:
    return [entry.key for entry in queries.entries_of(letter)]


def test_a_week_is_one_letter_a_person(aminata, denis):
    tell("one")

    assert write() == Tally(letters=2, empty=0, done=0)
    assert write() == Tally(letters=0, empty=0, done=2)


def test_without_anything_to_tell_there_is_no_letter(aminata):
    assert write() == Tally(letters=0, empty=1)
    assert not DigestLetter.objects.exists()


def test_nothing_is_told_twice_even_if_it_was_changed(aminata):
    tell("one")
    write()
    TOLD[0] = (item("one", title="Un autre titre", at=NOW + timedelta(days=2)), None)

    assert write(weeks=1) == Tally(letters=0, empty=1)

    tell("two", at=NOW + timedelta(days=8))
    assert write(weeks=2) == Tally(letters=1, empty=0)
    assert keys_of(DigestLetter.objects.first()) == ["two"]


def test_what_overflows_is_told_next_week(aminata):
    for number in range(13):
        tell(f"{number}", at=NOW - timedelta(hours=number + 1))

    write()
    write(weeks=1)

    last, first = DigestLetter.objects.all()
    assert keys_of(first) == [str(number) for number in range(10)]
    assert keys_of(last) == ["10", "11", "12"]


def test_what_awaits_comes_first_the_nearest_deadline_before_the_others(aminata):
    tell("old", at=NOW - timedelta(days=3))
    tell("new", at=NOW - timedelta(days=1))
    everybody = frozenset([aminata.pk])
    DEADLINES.extend([("far", TODAY + WEEK * 3, everybody), ("near", TODAY + WEEK, everybody)])

    write()

    assert keys_of(DigestLetter.objects.get()) == ["near 7 days", "far asked", "new", "old"]


def test_what_awaits_comes_back_at_each_step_and_not_between(aminata):
    DEADLINES.append(("answer", TODAY + timedelta(days=15), frozenset([aminata.pk])))
    operations.choose_rhythm(person=aminata, rhythm=Rhythm.DEADLINES, at=NOW)

    days = []
    for number in range(17):
        at = NOW + timedelta(days=number)
        if operations.write_deadline_letters(on=at.date(), at=at).letters:
            days.append(15 - number)

    assert days == [15, 7, 1]


def test_who_wants_deadlines_only_is_told_no_news(aminata):
    tell("one")
    operations.choose_rhythm(person=aminata, rhythm=Rhythm.DEADLINES, at=NOW)

    assert write().letters == 0
    assert operations.write_deadline_letters(on=TODAY, at=NOW).letters == 0


def test_who_wants_no_letter_has_none(aminata, denis):
    tell("one")
    operations.choose_rhythm(person=aminata, rhythm=Rhythm.NEVER, at=NOW)

    assert write().letters == 1
    assert DigestLetter.objects.get().person == denis


def test_each_reads_what_they_may_read(aminata, denis):
    tell("for all")
    tell("for one", to=frozenset([aminata.pk]))

    write()

    assert keys_of(DigestLetter.objects.get(person=denis)) == ["for all"]
    assert sorted(keys_of(DigestLetter.objects.get(person=aminata))) == ["for all", "for one"]


def test_who_has_just_joined_is_not_told_of_long_ago(aminata):
    tell("long ago", at=NOW - timedelta(days=20))

    assert write().letters == 0


def test_the_letter_says_what_it_holds_in_text_and_in_html(aminata):
    tell("une fête")
    DEADLINES.append(("bilan", TODAY + WEEK, frozenset([aminata.pk])))
    write()

    send_letters(at=NOW)

    [letter] = mail.outbox
    html = letter.alternatives[0].content
    assert letter.subject == "La semaine du réseau, et une réponse attendue"
    for words in ("Le texte de une fête.", "La suite de une fête.", "Titre une fête"):
        assert words in letter.body
        assert words in html
    assert letter.body.index("bilan") < letter.body.index("une fête")
    assert "https://maillage.example/lettre/" in letter.body
    assert "<img" not in html
    headers = letter.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<https://maillage.example/lettre/arreter/")


def test_who_stopped_the_letter_meanwhile_does_not_receive_it(aminata):
    tell("one")
    write()
    operations.choose_rhythm(person=aminata, rhythm=Rhythm.NEVER, at=NOW)

    send_letters(at=NOW)

    assert mail.outbox == []


def nothing_stands(keys, *, person):
    return set()


def test_a_letter_whose_last_item_was_answered_meanwhile_does_not_leave(aminata):
    tell("one", check=f"{__name__}.nothing_stands")
    write()

    send_letters(at=NOW)

    assert mail.outbox == []


def test_many_people_ask_as_much_of_the_database_as_one(
    aminata, django_assert_max_num_queries, django_user_model
):
    tell("one")
    django_user_model.objects.bulk_create(
        django_user_model(email=f"p{number}@example.org", password="!") for number in range(50)
    )

    with django_assert_max_num_queries(24):
        assert write().letters == 51


def test_what_is_too_old_to_come_back_is_forgotten(aminata):
    tell("one")
    write()

    assert operations.purge_digests(at=NOW + timedelta(days=30)) == 0
    assert operations.purge_digests(at=NOW + timedelta(days=402)) == 1
    assert not DigestEntry.objects.exists()


def test_the_sections_of_a_letter_are_in_their_order(aminata):
    for section in reversed(Section):
        tell(section.value, section=section)

    write()
    send_letters(at=NOW)

    body = mail.outbox[0].body
    places = [body.index(f"Titre {section.value}") for section in Section]
    assert places == sorted(places)
