"""In the weekly letter: the signatures that a new version of the charter asks to confirm."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.digest.contract import Item, Offer, Readers, Section
from intranet.network.models import Membership
from pages.charter.queries import latest_version
from pages.signatures.models import Signature, State


def to_confirm(*, readers: Readers, since: datetime, until: datetime) -> Iterator[Offer]:
    """For the representatives, who sign; once for each version of the charter."""
    version = latest_version()
    if version is None:
        return
    waiting = Signature.objects.filter(
        state=State.TO_CONFIRM, association__is_active=True, asked_at__lte=until
    ).select_related("association")
    representatives = _representatives()
    for signature in waiting:
        association = signature.association
        yield Offer(
            Item(
                key=f"signature {signature.pk} version {version.number}",
                section=Section.AWAITING,
                title=_("%(association)s: confirm the signature of the charter")
                % {"association": association},
                text=version.reason,
                path=signature.get_absolute_url(),
                at=signature.asked_at or until,
                check="pages.signatures.digest.still_to_confirm",
            ),
            readers.of_association(association.pk)
            & readers.members
            & representatives.get(association.pk, frozenset()),
        )


def _representatives() -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    rows = Membership.objects.filter(role=Membership.Role.REPRESENTATIVE)
    for association, person in rows.values_list("association", "user"):
        found.setdefault(association, set()).add(person)
    return {association: frozenset(people) for association, people in found.items()}


def still_to_confirm(keys: list[str], *, person: User) -> set[str]:
    """Those that nobody has confirmed meanwhile."""
    numbers = {key.split()[1] for key in keys}
    waiting = Signature.objects.filter(pk__in=numbers, state=State.TO_CONFIRM)
    still = {str(pk) for pk in waiting.values_list("pk", flat=True)}
    return {key for key in keys if key.split()[1] in still}
