"""The letters about who asks to join an association, and what was answered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.joining.models import JoinRequest
from intranet.network.queries import people_answering_for
from intranet.notifications.models import Letter
from intranet.notifications.operations import new_letter, queue_letter, queue_letters

ASKED: Final = "intranet/joining/letters/asked"
ACCEPTED: Final = "intranet/joining/letters/accepted"
REFUSED: Final = "intranet/joining/letters/refused"
CHECKS: Final = "intranet.joining.notifications"


def tell_asked(request: JoinRequest, people: Iterable[User], *, at: datetime) -> None:
    """Nothing of the person is written down in the outbox: the words are asked for on leaving."""
    association = request.association
    queue_letters(
        new_letter(
            kind="join-request",
            occasion=str(request.pk),
            to=person.email,
            person=person,
            subject=_("Somebody asks to join %(association)s") % {"association": association},
            template=ASKED,
            context={"request": request.pk},
            check=f"{CHECKS}.asked_words",
            at=at,
        )
        for person in people
    )


def asked_words(letter: Letter) -> dict[str, Any] | bool:
    """Not once it was answered or taken back, nor to somebody who no longer answers."""
    request = _request_of(letter)
    if request is None or request.state != JoinRequest.State.OPEN:
        return False
    association = request.association
    answering = {person.pk for person in people_answering_for(association)}
    if not association.is_active or letter.person_id not in answering:
        return False
    return {
        "association": association,
        "name": request.user.get_full_name(),
        "email": request.user.email,
        "word": request.word,
        "url": _address("team", association.slug) + "#requests",
    }


def tell_decided(request: JoinRequest, *, at: datetime) -> None:
    is_accepted = request.state == JoinRequest.State.ACCEPTED
    subject = (
        _("You belong to %(association)s")
        if is_accepted
        else _("Your request to join %(association)s")
    )
    queue_letter(
        kind=f"join-{request.state}",
        occasion=str(request.pk),
        to=request.user.email,
        person=request.user,
        subject=subject % {"association": request.association},
        template=ACCEPTED if is_accepted else REFUSED,
        context={"request": request.pk},
        check=f"{CHECKS}.decided_words",
        at=at,
    )


def decided_words(letter: Letter) -> dict[str, Any] | bool:
    request = _request_of(letter)
    if request is None or not request.user.is_active:
        return False
    return {
        "association": request.association,
        "represents": request.role == "representative",
        "word": request.answer,
        "url": _address("my_space")
        if request.state == JoinRequest.State.ACCEPTED
        else _address("join_association"),
    }


def _request_of(letter: Letter) -> JoinRequest | None:
    found = JoinRequest.objects.select_related("user", "association")
    return found.filter(pk=letter.context["request"]).first()


def _address(name: str, *args: str) -> str:
    return settings.BASE_URL.rstrip("/") + reverse(name, args=args)
