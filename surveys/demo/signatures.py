"""Two versions of the charter, and signatures in every state over them."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.utils import timezone
from wagtail.models import Page

from intranet.accounts.models import User
from intranet.network.models import Association
from pages.charter.importing import import_charter
from pages.charter.markdown import read_markdown
from pages.charter.models import CharterVersion
from pages.charter.operations import publish_version
from pages.charter.structure import Charter, read_charter
from pages.signatures.models import Signature, State, Step
from surveys.demo.texts import signatures as texts

CHARTER: Final = Path(__file__).parent / "charter.md"

FIRST_VERSION: Final = timedelta(days=420)
SECOND_VERSION: Final = timedelta(days=35)

# Positions among the forty associations. The two representatives of the demo have something to
# do: the first confirms, the second signs.
UNSIGNED: Final = frozenset({1, 17, 36})
REQUESTED: Final = frozenset({10, 29})
TO_CORRECT: Final = frozenset({22})
WITHDRAWN: Final = frozenset({34})
NOT_CONFIRMED: Final = frozenset({0, 5, 9, 13, 16, 20, 25, 28, 33, 38})


def load_charter(*, home: Page, by: User, at: datetime) -> None:
    """The charter, published long ago, then again with what a year taught."""
    text = second = CHARTER.read_text(encoding="utf-8")
    for now, then in texts["replacements"]:
        if now not in text:
            raise ValueError(f"charter.md no longer says: {now}")
        text = text.replace(now, then)
    import_charter(charter=_read(text), home=home, by=by, at=at - FIRST_VERSION)
    import_charter(charter=_read(second), home=home, by=by, at=at - SECOND_VERSION)
    publish_version(reason=texts["second_reason"], by=by, at=at - SECOND_VERSION)


def _read(text: str) -> Charter:
    return read_charter(read_markdown(text))


def load_signatures(
    *, associations: list[Association], people: dict[str, User], at: datetime
) -> None:
    """As if everybody had passed by the screens; no letter leaves."""
    first, second = CharterVersion.objects.order_by("number")
    animator = people["animator"]
    steps: list[Step] = []
    for position, association in enumerate(associations):
        if position in UNSIGNED:
            continue
        is_late = position in REQUESTED | TO_CORRECT
        signed_at = at - timedelta(days=position % 9) if is_late else _signed_at(position, at)
        signature = _signature(position, association, second if is_late else first, signed_at)
        steps.append(_step(signature, Step.Kind.SIGNED, signed_at))
        if position in TO_CORRECT:
            signature.state = State.TO_CORRECT
            asked_at = signed_at + timedelta(hours=20)
            correction = texts["correction"]
            steps.append(
                _step(signature, Step.Kind.CORRECTION_ASKED, asked_at, animator, correction)
            )
        elif not is_late:
            validated_at = signed_at + timedelta(days=3)
            steps.append(_step(signature, Step.Kind.VALIDATED, validated_at, animator))
            steps += _after_the_second_version(position, signature, second, at)
        signature.save()
    Step.objects.bulk_create(steps)


def _signed_at(position: int, at: datetime) -> datetime:
    return at - FIRST_VERSION + timedelta(days=12 + position * 5)


def _signature(
    position: int, association: Association, version: CharterVersion, signed_at: datetime
) -> Signature:
    names, functions = texts["names"], texts["functions"]
    return Signature.objects.create(
        association=association,
        version=version,
        state=State.REQUESTED,
        board_date=_board_date(signed_at),
        signatory_name=names[position % len(names)],
        signatory_function=functions[position % len(functions)],
        shows_name=position % 3 == 0,
        signed_at=signed_at,
    )


def _board_date(signed_at: datetime) -> date:
    return timezone.localdate(signed_at - timedelta(days=8))


def _after_the_second_version(
    position: int, signature: Signature, second: CharterVersion, at: datetime
) -> list[Step]:
    """What came of a signature once the text changed."""
    if position in WITHDRAWN:
        signature.state = State.WITHDRAWN
        left_at = at - SECOND_VERSION - timedelta(days=40)
        return [_step(signature, Step.Kind.WITHDRAWN, left_at, None, texts["withdrawal"])]
    asked_at = at - SECOND_VERSION
    asked = _step(signature, Step.Kind.ASKED, asked_at)
    asked.version = second
    if position in NOT_CONFIRMED:
        signature.state = State.TO_CONFIRM
        signature.asked_at = asked_at
        return [asked]
    confirmed_at = asked_at + timedelta(days=1 + position % 30)
    signature.state = State.VALIDATED
    signature.version = second
    signature.signed_at = confirmed_at
    return [asked, _step(signature, Step.Kind.CONFIRMED, confirmed_at)]


def _step(
    signature: Signature,
    kind: Step.Kind,
    at: datetime,
    by: User | None = None,
    comment: str = "",
) -> Step:
    step = Step(
        signature=signature,
        kind=kind,
        at=at,
        by=by,
        version=signature.version,
        comment=comment,
    )
    if kind in {Step.Kind.SIGNED, Step.Kind.CONFIRMED}:
        step.board_date = signature.board_date
        step.signatory_name = signature.signatory_name
        step.signatory_function = signature.signatory_function
    return step
