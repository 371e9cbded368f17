"""Signing the charter, validating, confirming the next version, withdrawing.

Every operation adds a step to the history, in the transaction that changes the state.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from intranet.accounts.models import User
from intranet.network.models import Association
from pages.charter.models import CharterVersion
from pages.charter.queries import latest_version
from pages.signatures import notifications, queries
from pages.signatures.models import Signature, State, Step


class NothingToSign(Exception):
    """No version of the charter is published."""


class AnotherVersion(Exception):
    """The text changed while somebody was reading it: `latest` is the one to sign."""

    def __init__(self, latest: CharterVersion) -> None:
        super().__init__(latest.number)
        self.latest = latest


class DecisionToCome(Exception):
    """The board cannot have decided on a day that has not come."""


class WrongState(Exception):
    """The signature is not where this can be done: somebody did it, or undid it, before."""


@dataclass(frozen=True)
class Decision:
    """What the board decided, and who signs for it."""

    board_date: date
    signatory_name: str
    signatory_function: str
    shows_name: bool = False


@transaction.atomic
def sign(
    *,
    association: Association,
    version: CharterVersion,
    decision: Decision,
    by: User,
    at: datetime,
) -> Signature:
    """Ask for the signature of an association to be taken into account, or ask again.

    For one that never signed, has withdrawn, was asked to correct, or waits to be validated.
    """
    _check(version, decision.board_date, at)
    signature = _locked(association)
    if signature is None:
        signature = Signature(association=association)
    elif signature.is_in_force:
        raise WrongState
    _write(signature, version, decision, State.REQUESTED, at)
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError as error:
        # Two representatives pressed the button at once: the first is kept.
        raise WrongState from error
    _record_decision(signature, Step.Kind.SIGNED, by, at)
    return signature


@transaction.atomic
def validate(*, association: Association, by: User, at: datetime) -> Signature:
    """Count the association as a signatory; if the text changed meanwhile, ask it to confirm."""
    signature = _expected(association, State.REQUESTED)
    signature.state = State.VALIDATED
    signature.save(update_fields=["state"])
    _record(signature, Step.Kind.VALIDATED, by, at)
    latest = latest_version()
    if latest and signature.version_id != latest.pk:
        _ask(signature, latest, at)
    else:
        notifications.tell_it_is_validated(signature, queries.addresses_of(association), at=at)
    return signature


@transaction.atomic
def ask_for_correction(
    *, association: Association, comment: str, by: User, at: datetime
) -> Signature:
    signature = _expected(association, State.REQUESTED)
    signature.state = State.TO_CORRECT
    signature.save(update_fields=["state"])
    step = _record(signature, Step.Kind.CORRECTION_ASKED, by, at, comment=comment.strip())
    notifications.ask_for_correction(step, queries.addresses_of(association), at=at)
    return signature


@transaction.atomic
def confirm(
    *,
    association: Association,
    version: CharterVersion,
    decision: Decision,
    by: User,
    at: datetime,
) -> Signature:
    """Sign the latest version, having signed another: nobody has to validate it again."""
    _check(version, decision.board_date, at)
    signature = _expected(association, State.TO_CONFIRM)
    _write(signature, version, decision, State.VALIDATED, at)
    signature.asked_at = None
    signature.save()
    _record_decision(signature, Step.Kind.CONFIRMED, by, at)
    return signature


@transaction.atomic
def withdraw(*, association: Association, comment: str, by: User, at: datetime) -> Signature:
    """The association no longer signs; its history stays."""
    signature = _locked(association)
    if signature is None or signature.state == State.WITHDRAWN:
        raise WrongState
    signature.state = State.WITHDRAWN
    signature.asked_at = None
    signature.save(update_fields=["state", "asked_at"])
    _record(signature, Step.Kind.WITHDRAWN, by, at, comment=comment.strip())
    return signature


# -- A new version -------------------------------------------------------------------------


def ask_to_confirm(*, version: CharterVersion, at: datetime) -> int:
    """Ask every signatory of another version, once; answer how many were asked.

    Each in a transaction of its own: run again after a stop, it goes on where it was.
    """
    if version != latest_version():
        # A later version asks for itself.
        return 0
    asked = 0
    for association_id in list(queries.to_be_asked(version).values_list("association", flat=True)):
        asked += _ask_once(association_id, version, at)
    return asked


@transaction.atomic
def _ask_once(association_id: int, version: CharterVersion, at: datetime) -> bool:
    association = Association.objects.get(pk=association_id)
    signature = _locked(association)
    if signature is None or signature not in queries.to_be_asked(version):
        return False
    _ask(signature, version, at)
    return True


def _ask(signature: Signature, version: CharterVersion, at: datetime) -> None:
    signature.state = State.TO_CONFIRM
    signature.asked_at = at
    signature.save(update_fields=["state", "asked_at"])
    _record(signature, Step.Kind.ASKED, None, at, version=version)
    addresses = queries.addresses_of(signature.association)
    notifications.ask_to_confirm(signature, version, addresses, at=at)


@transaction.atomic
def remind(*, associations: list[Association] | None = None, by: User, at: datetime) -> int:
    """Write again to those who have not confirmed, at most once a day; answer how many.

    To all of them, or to these.
    """
    latest = latest_version()
    if latest is None:
        return 0
    due = Signature.objects.select_for_update(of=("self",)).to_remind(at)
    if associations is not None:
        due = due.filter(association__in=associations)
    signatures = list(due.select_related("association", "version"))
    for signature in signatures:
        signature.asked_at = at
        signature.save(update_fields=["asked_at"])
        _record(signature, Step.Kind.REMINDED, by, at, version=latest)
        addresses = queries.addresses_of(signature.association)
        notifications.remind(signature, latest, addresses, at=at)
    return len(signatures)


# -- What they share -----------------------------------------------------------------------


def _check(version: CharterVersion, board_date: date, at: datetime) -> None:
    latest = latest_version()
    if latest is None:
        raise NothingToSign
    if version != latest:
        raise AnotherVersion(latest)
    if board_date > timezone.localdate(at):
        raise DecisionToCome


def _locked(association: Association) -> Signature | None:
    """The signature of an association; whoever else writes it waits."""
    return (
        Signature.objects.select_for_update(of=("self",))
        .select_related("association", "version")
        .filter(association=association)
        .first()
    )


def _expected(association: Association, state: State) -> Signature:
    signature = _locked(association)
    if signature is None or signature.state != state:
        raise WrongState
    return signature


def _write(
    signature: Signature,
    version: CharterVersion,
    decision: Decision,
    state: State,
    at: datetime,
) -> None:
    signature.version = version
    signature.state = state
    signature.board_date = decision.board_date
    signature.signatory_name = decision.signatory_name
    signature.signatory_function = decision.signatory_function
    signature.shows_name = decision.shows_name
    signature.signed_at = at


def _record_decision(signature: Signature, kind: Step.Kind, by: User, at: datetime) -> Step:
    return Step.objects.create(
        signature=signature,
        kind=kind,
        by=by,
        at=at,
        version=signature.version,
        board_date=signature.board_date,
        signatory_name=signature.signatory_name,
        signatory_function=signature.signatory_function,
    )


def _record(
    signature: Signature,
    kind: Step.Kind,
    by: User | None,
    at: datetime,
    *,
    version: CharterVersion | None = None,
    comment: str = "",
) -> Step:
    return Step.objects.create(
        signature=signature,
        kind=kind,
        by=by,
        at=at,
        version=version or signature.version,
        comment=comment,
    )
