"""Who receives a letter, what they were sent before, and which pages they may read."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.digest.contract import Readers
from intranet.digest.models import DigestEntry, DigestLetter, DigestPreference
from intranet.network.models import Membership
from intranet.rights.permissions import is_member

# Longer than anything is offered: what was sent before that cannot come back.
MEMORY = timedelta(days=400)

Rhythm = DigestPreference.Rhythm


def people_at(rhythm: str) -> QuerySet[User]:
    """The open accounts that chose this rhythm, or said nothing where it is the ordinary one."""
    people = User.objects.filter(is_active=True)
    if rhythm == Rhythm.WEEKLY:
        return people.exclude(digest_preference__rhythm__in=[Rhythm.DEADLINES, Rhythm.NEVER])
    return people.filter(digest_preference__rhythm=rhythm)


def rhythm_of(person: User) -> str:
    chosen = DigestPreference.objects.filter(person=person).values_list("rhythm", flat=True)
    return chosen.first() or Rhythm.WEEKLY


def readers_among(people: QuerySet[User]) -> Readers:
    """What decides of what they may read, for all of them, in four queries."""
    superusers = dict(people.values_list("pk", "is_superuser"))
    groups: defaultdict[int, set[int]] = defaultdict(set)
    belonging = User.groups.through.objects.values_list("user_id", "group_id", "group__name")
    # The same rule as `intranet.rights.permissions.is_member`, for all of them at once.
    members = {pk for pk, is_super in superusers.items() if is_super}
    for person, group, name in belonging:
        if person in superusers:
            groups[group].add(person)
            if name in roles.OF_THE_NETWORK:
                members.add(person)
    associations: defaultdict[int, set[int]] = defaultdict(set)
    memberships = Membership.objects.filter(association__is_active=True)
    for person, association in memberships.values_list("user_id", "association_id"):
        if person in superusers:
            associations[association].add(person)
            members.add(person)
    everybody = frozenset(superusers)
    administrators = frozenset(pk for pk, is_super in superusers.items() if is_super)
    return Readers(
        everybody=everybody,
        members=frozenset(members),
        superusers=administrators,
        groups={number: frozenset(people) for number, people in groups.items()},
        associations={number: frozenset(people) for number, people in associations.items()},
    )


def page_readers(pages: Iterable[Page], readers: Readers) -> dict[int, frozenset[int]]:
    """Who of them may read each page, by its circle and those of the pages above it."""
    restrictions = list(
        PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    )
    found = {}
    for page in pages:
        allowed = readers.everybody
        for restriction in restrictions:
            if page.path.startswith(restriction.page.path):
                allowed &= _passing(restriction, readers)
        found[page.pk] = allowed
    return found


def _passing(restriction: PageViewRestriction, readers: Readers) -> frozenset[int]:
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return readers.members
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        numbers = [group.pk for group in restriction.groups.all()]
        return readers.superusers | readers.in_groups(numbers)
    return frozenset()


def pages_open_to(person: User, numbers: Iterable[int]) -> set[int]:
    """Those of the pages that are published and that this person may read, now."""
    pages = list(Page.objects.live().filter(pk__in=numbers))
    if not pages:
        return set()
    allowed = page_readers(pages, _alone(person))
    return {number for number, people in allowed.items() if person.pk in people}


def _alone(person: User) -> Readers:
    """This person as the only reader, for what pages ask: few queries, and thousands of times."""
    just_one, nobody = frozenset([person.pk]), frozenset[int]()
    groups = person.groups.values_list("pk", flat=True)
    return Readers(
        everybody=just_one if person.is_active else nobody,
        members=just_one if is_member(person) else nobody,
        superusers=just_one if person.is_superuser else nobody,
        groups=dict.fromkeys(groups, just_one),
    )


def sent_before(people: Iterable[int], *, at: datetime) -> dict[int, set[int]]:
    """The entries that each was sent."""
    known: defaultdict[int, set[int]] = defaultdict(set)
    letters = DigestLetter.objects.filter(person__in=people, made_at__gt=at - MEMORY).order_by()
    for person, entries in letters.values_list("person_id", "entries"):
        known[person].update(entries)
    return known


def entries_of(letter: DigestLetter) -> list[DigestEntry]:
    entries = DigestEntry.objects.in_bulk(letter.entries)
    return [entries[number] for number in letter.entries if number in entries]


def letters_of(person: User) -> QuerySet[DigestLetter]:
    return DigestLetter.objects.filter(person=person)


def letter_with(number: Any) -> DigestLetter | None:
    """The letter, while its person has an open account."""
    return (
        DigestLetter.objects.filter(pk=number, person__is_active=True)
        .select_related("person")
        .first()
    )
