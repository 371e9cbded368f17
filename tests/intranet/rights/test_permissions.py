"""What the rooms answer, asked as everybody about one's own association and another one."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from intranet.files import permissions as files
from intranet.health import permissions as health
from intranet.joining import permissions as joining
from intranet.network import permissions as network
from pages.agenda import permissions as agenda
from pages.news import permissions as news
from pages.resources import permissions as resources
from pages.signatures import permissions as signatures
from surveys.campaigns import permissions as campaigns
from surveys.exports import permissions as exports
from surveys.questionnaires import permissions as questionnaires
from surveys.responses import permissions as responses
from surveys.results import permissions as results
from tests.intranet.rights.matrix import expected
from tests.intranet.rights.test_table import CAST, MINE, OTHER, cast

__all__ = ["cast"]

Asked = Callable[[Any, Any, Any], bool]
"""Asked of a person, about an association, and about what this owner made."""


def campaign(days: int) -> Any:
    """One that begins so many days from today."""
    return SimpleNamespace(opens_date=timezone.localdate() + timedelta(days=days))


def today() -> Any:
    return timezone.localdate()


def export(owner: int, content: str = "figures") -> Any:
    return SimpleNamespace(requested_by_id=owner, campaign=campaign(0), content=content)


ROOMS: dict[str, tuple[str, Asked]] = {
    "campaigns seen": ("campaign.read", lambda p, a, o: campaigns.may_see_campaigns(p)),
    "campaign seen": (
        "campaign.read",
        lambda p, a, o: campaigns.may_see_campaign(p, campaign(0), today()),
    ),
    "campaign seen before its day": (
        "campaign.manage",
        lambda p, a, o: campaigns.may_see_campaign(p, campaign(1), today()),
    ),
    "campaigns managed": ("campaign.manage", lambda p, a, o: campaigns.may_manage_campaigns(p)),
    "participations": (
        "participation.follow",
        lambda p, a, o: campaigns.may_follow_participations(p),
    ),
    "response": (
        "response.fill",
        lambda p, a, o: responses.may_fill(p, SimpleNamespace(association=a)),
    ),
    "response sent": (
        "response.submit",
        lambda p, a, o: responses.may_submit(p, SimpleNamespace(association=a)),
    ),
    "trial": (
        "questionnaire.answer_trial",
        lambda p, a, o: responses.may_answer_trial(p, SimpleNamespace(updated_by_id=o)),
    ),
    "figures": (
        "results.read",
        lambda p, a, o: results.may_see_figures(p, campaign(0), today()),
    ),
    "answers": ("rows.read", lambda p, a, o: results.may_read_answers(p, campaign(0))),
    "answered files": ("rows.read", lambda p, a, o: exports.may_read_files(p, campaign(0))),
    "figures taken away": (
        "export.figures",
        lambda p, a, o: exports.may_export(p, campaign(0), "figures", today()),
    ),
    "answers taken away": (
        "export.rows",
        lambda p, a, o: exports.may_export(p, campaign(0), "rows", today()),
    ),
    "download": (
        "export.download",
        lambda p, a, o: exports.may_download(p, export(o), today()),
    ),
    "versions": ("questionnaire.read", lambda p, a, o: questionnaires.may_read_versions(p)),
    "questionnaires": ("questionnaire.edit", lambda p, a, o: questionnaires.may_edit(p)),
    "signing": ("signature.sign", lambda p, a, o: signatures.may_sign(p, a)),
    "signature": ("signature.read", lambda p, a, o: signatures.may_read_signature(p, a)),
    "signatures": ("signature.follow", lambda p, a, o: signatures.may_follow_signatures(p)),
    "who signed": ("signature.read_names", lambda p, a, o: signatures.may_read_names(p)),
    "news written": ("news.write", lambda p, a, o: news.may_write(p)),
    "news changed": (
        "news.change",
        lambda p, a, o: news.may_change(p, SimpleNamespace(owner_id=o)),
    ),
    "news taken note of": ("news.acknowledge", lambda p, a, o: news.may_acknowledge(p, a)),
    "news followed": ("news.follow", lambda p, a, o: news.may_follow(p)),
    "news unread": ("news.publish_unread", lambda p, a, o: news.publishes_alone(p)),
    "resources": ("resource.propose", lambda p, a, o: resources.may_propose(p)),
    "own agenda": ("event.make_calendar", lambda p, a, o: agenda.may_make_calendar(p)),
    "portraits": ("file.read_portrait", lambda p, a, o: files.may_see_portraits(p)),
    "photograph": (
        "file.wait",
        lambda p, a, o: files.has_sent(SimpleNamespace(uploaded_by_user_id=o), p),
    ),
    "health": ("health.read", lambda p, a, o: health.may_read_findings(p)),
    "association": ("association.read", lambda p, a, o: network.may_read_association(p, a)),
    "associations": ("association.read", lambda p, a, o: network.may_read_associations(p)),
    "territories": ("territory.read", lambda p, a, o: network.may_read_territories(p)),
    "joining answered": ("membership.answer", lambda p, a, o: joining.may_answer(p, a)),
    "representatives made": (
        "membership.manage",
        lambda p, a, o: "representative" in joining.roles_to_give(p, a),
    ),
    "acting for": ("response.fill", lambda p, a, o: network.acts_for(p, a)),
}
ALWAYS_OWN = {"own agenda"}


@pytest.mark.django_db
def test_every_room_answers_what_people_wrote_down(cast, association, other_association):
    places = {MINE: association, OTHER: other_association}
    wrong, cases = [], 0
    for (asked, (right, ask)), name, place, own in product(
        ROOMS.items(), CAST, places, (True, False)
    ):
        person = cast[name]
        said = ask(person, places[place], person.pk if own else -1)
        is_own = own or asked in ALWAYS_OWN
        cases += 1
        if said != expected(right, CAST[name], place, own=is_own):
            wrong.append(f"{asked}: {name}, {place}, {'own' if own else 'not own'}: {said}")

    assert not wrong, "\n".join(wrong)
    assert cases == len(ROOMS) * len(CAST) * 4 > 1_900
