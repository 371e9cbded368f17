"""The letters about signatures: to the representatives, else to the association's address."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from intranet.accounts.models import User
from pages.charter.models import CharterVersion
from pages.signatures.models import Signature, State, Step
from pages.signatures.outbox import queue_letter

Addresses = list[tuple[str, User | None]]
"""Where to write, and to whom if it is somebody's own address."""


def ask_to_confirm(
    signature: Signature, version: CharterVersion, addresses: Addresses, *, at: datetime
) -> None:
    _write(
        signature,
        addresses,
        kind="signature-to-confirm",
        occasion=f"{signature.pk}-v{version.number}",
        subject=_("The charter has changed: does %(association)s confirm its signature?")
        % {"association": signature.association},
        template="pages/signatures/letters/confirm",
        context=_about(version) | {"is_reminder": False},
        check="pages.signatures.notifications.is_still_to_confirm",
        at=at,
    )


def remind(
    signature: Signature, version: CharterVersion, addresses: Addresses, *, at: datetime
) -> None:
    _write(
        signature,
        addresses,
        kind="signature-reminder",
        occasion=f"{signature.pk}-v{version.number}-{at.date().isoformat()}",
        subject=_("Reminder: does %(association)s confirm its signature of the charter?")
        % {"association": signature.association},
        template="pages/signatures/letters/confirm",
        context=_about(version) | {"is_reminder": True},
        check="pages.signatures.notifications.is_still_to_confirm",
        at=at,
    )


def ask_for_correction(step: Step, addresses: Addresses, *, at: datetime) -> None:
    _write(
        step.signature,
        addresses,
        kind="signature-to-correct",
        occasion=str(step.pk),
        subject=_("The signature of %(association)s: one thing to correct")
        % {"association": step.signature.association},
        template="pages/signatures/letters/correction",
        context={"comment": step.comment},
        check="pages.signatures.notifications.is_still_to_correct",
        at=at,
    )


def tell_it_is_validated(signature: Signature, addresses: Addresses, *, at: datetime) -> None:
    _write(
        signature,
        addresses,
        kind="signature-validated",
        occasion=f"{signature.pk}-{at.isoformat()}",
        subject=_("%(association)s is a signatory of the charter")
        % {"association": signature.association},
        template="pages/signatures/letters/validated",
        context={"version": signature.version.number},
        at=at,
    )


def _about(version: CharterVersion) -> dict[str, Any]:
    return {"version": version.number, "reason": version.reason}


def _write(
    signature: Signature, addresses: Addresses, *, context: dict[str, Any], **letter: Any
) -> None:
    association = signature.association
    context = context | {
        "association": association.name,
        "slug": association.slug,
        "signed": signature.version.number,
        "signature": signature.pk,
    }
    for email, person in addresses:
        queue_letter(to=email, person=person, context=context, **letter)


# -- Asked at the moment of sending --------------------------------------------------------


def is_still_to_confirm(context: dict[str, Any]) -> bool:
    return Signature.objects.filter(pk=context["signature"], state=State.TO_CONFIRM).exists()


def is_still_to_correct(context: dict[str, Any]) -> bool:
    return Signature.objects.filter(pk=context["signature"], state=State.TO_CORRECT).exists()
