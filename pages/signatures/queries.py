"""Reads of signatures: who has signed, who is asked, what an association has still to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Prefetch, Q, QuerySet

from intranet.accounts.models import User
from intranet.network.models import Association, Membership, Territory
from pages.charter.models import CharterVersion
from pages.charter.queries import latest_version
from pages.signatures.models import Signature, SignatureQuerySet, State, Step, has_address

UNSIGNED: Final = "unsigned"


def signature_of(association: Association) -> Signature | None:
    return (
        Signature.objects.filter(association=association)
        .select_related("association", "version")
        .first()
    )


def history_of(signature: Signature) -> QuerySet[Step]:
    """Every step, the latest first."""
    return signature.steps.select_related("by", "version").defer("version__content")


def signatories(*, territory: Territory | None = None) -> SignatureQuerySet:
    """The associations that have signed, as everybody may read them."""
    found = (
        Signature.objects.in_force()
        .select_related("association", "version")
        .defer("version__content")
        .prefetch_related("association__territories")
        .order_by("association__name")
    )
    return found.filter(association__territories=territory) if territory else found


def territories_of_signatories() -> QuerySet[Territory]:
    signing = Signature.objects.in_force().values("association")
    return Territory.objects.filter(associations__in=signing).distinct()


def addresses_of(association: Association) -> list[tuple[str, User | None]]:
    """Where to write, and to whom: representatives who have an account, else the association."""
    representatives = (
        Membership.objects.filter(
            association=association, role=Membership.Role.REPRESENTATIVE, user__is_active=True
        )
        .select_related("user")
        .order_by("user__email")
    )
    found: list[tuple[str, User | None]] = [(one.user.email, one.user) for one in representatives]
    return found or [(email, None) for email in [association.email] if email]


# -- What awaits somebody ------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """Where an association of somebody's stands with the charter."""

    association: Association
    role: str
    signature: Signature | None
    latest: CharterVersion

    @property
    def awaits(self) -> str:
        """What the association has to do: "sign", "correct", "confirm", or nothing."""
        if self.signature is None or self.signature.state == State.WITHDRAWN:
            return "sign"
        return {State.TO_CORRECT: "correct", State.TO_CONFIRM: "confirm"}.get(
            State(self.signature.state), ""
        )

    @property
    def may_sign(self) -> bool:
        return self.role == Membership.Role.REPRESENTATIVE


def standings_of(user: User | AnonymousUser) -> list[Standing]:
    """One for each association of the person, once there is a version to sign."""
    latest = latest_version()
    if latest is None or not user.is_authenticated:
        return []
    memberships = (
        Membership.objects.filter(user_id=user.pk, association__is_active=True)
        .select_related("association__signature__version")
        .order_by("association__name")
    )
    return [
        Standing(one.association, one.role, _signature_if_any(one.association), latest)
        for one in memberships
    ]


def _signature_if_any(association: Association) -> Signature | None:
    try:
        return association.signature
    except Signature.DoesNotExist:
        return None


# -- Follow-up -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Counts:
    requested: int
    to_correct: int
    validated: int
    to_confirm: int
    withdrawn: int
    unsigned: int
    to_remind: int


def counts(*, at: datetime) -> Counts:
    """How many associations are in each state."""
    active = Signature.objects.filter(association__is_active=True)
    by_state = {state.name.lower(): Count("pk", filter=Q(state=state)) for state in State}
    return Counts(
        **active.aggregate(**by_state),
        unsigned=Association.objects.filter(is_active=True, signature=None).count(),
        to_remind=Signature.objects.to_remind(at).count(),
    )


def followed_associations(*, search: str = "", state: str = "") -> QuerySet[Association]:
    """The active associations with their signature; `state` is one, or "unsigned"."""
    rows = Association.objects.filter(is_active=True)
    if search:
        rows = rows.filter(name__icontains=search)
    if state == UNSIGNED:
        rows = rows.filter(signature=None)
    elif state:
        rows = rows.filter(signature__state=state)
    signed = (
        Signature.objects.annotate(is_reachable=has_address())
        .select_related("version")
        .defer("version__content")
    )
    return rows.prefetch_related(Prefetch("signature", queryset=signed)).order_by("name")


def to_be_asked(version: CharterVersion) -> SignatureQuerySet:
    """The signatories of another version whom nobody has asked to confirm this one."""
    asked = Step.objects.filter(kind=Step.Kind.ASKED, version=version).values("signature")
    return (
        Signature.objects.in_force()
        .exclude(version=version)
        .exclude(pk__in=asked)
        .select_related("association", "version")
        .order_by("pk")
    )
