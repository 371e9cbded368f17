"""The self-assessment that a charter's commitments call for."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from pages.charter.models import Commitment
from surveys.questionnaires.builder import LANGUAGE
from surveys.questionnaires.identities import Block

QUOTED_LENGTH = 400


def introduction() -> str:
    with override(LANGUAGE):
        return _(
            "Once a year, each association that signed the charter looks at how it keeps its "
            "commitments. Answer together, with the people concerned: there is no good or bad "
            "answer, and you can stop and come back later."
        )


def sections_about(commitments: Iterable[Commitment]) -> list[Block]:
    """A section for each group of commitments, three questions for each commitment."""
    numbered = enumerate(commitments, start=1)
    groups = groupby(numbered, key=lambda item: (item[1].article_number, item[1].group))
    with override(LANGUAGE):
        return [_section(list(items)) for _group, items in groups]


def _section(items: list[tuple[int, Commitment]]) -> Block:
    (first, commitment), (last, _last) = items[0], items[-1]
    numbers = {"number": commitment.article_number, "first": first, "last": last}
    if first == last:
        title = _("Article %(number)d: commitment %(first)d") % numbers
    else:
        title = _("Article %(number)d: commitments %(first)d to %(last)d") % numbers
    return {
        "type": "section",
        "value": {
            "title": title,
            "introduction": commitment.group_introduction or commitment.article_title,
            "questions": [question for item in items for question in _questions(*item)],
        },
    }


def _questions(number: int, commitment: Commitment) -> list[Block]:
    quoted = Truncator(commitment.alone.strip()).chars(QUOTED_LENGTH)
    degree = _("Commitment %(number)d: “%(text)s” How far does your association apply it?")
    done = _("Commitment %(number)d: what did you do?")
    difficulties = _("Commitment %(number)d: what difficulties did you meet?")
    return [
        _question(
            "scale",
            f"engagement_{number}_degre",
            degree % {"number": number, "text": quoted},
            commitment,
            required=True,
            scale="application",
            not_concerned=True,
        ),
        _question(
            "long_text",
            f"engagement_{number}_actions",
            done % {"number": number},
            commitment,
            hint=_("One or two examples from the past year are enough."),
        ),
        _question(
            "long_text",
            f"engagement_{number}_difficultes",
            difficulties % {"number": number},
            commitment,
            hint=_("What would help you go further?"),
        ),
    ]


def _question(kind: str, code: str, label: str, commitment: Commitment, **options: Any) -> Block:
    return {
        "type": kind,
        "value": {"label": label, "code": code, "commitments": [commitment.anchor], **options},
    }
