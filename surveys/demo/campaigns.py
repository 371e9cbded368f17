"""The invented campaigns: two self-assessments and a needs survey, with their responses."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from django.utils.translation import override

from intranet.accounts.models import User
from intranet.network.models import Association, Territory
from pages.charter.models import Commitment
from pages.charter.queries import current_commitments
from surveys.campaigns.models import Campaign, Participation
from surveys.campaigns.operations import open_campaign
from surveys.demo.answers import assessment_document, needs_documents
from surveys.demo.texts import assessments, needs, needs_in_other_languages
from surveys.questionnaires.builder import blocks_of
from surveys.questionnaires.definition import Choice, Definition, Question, Row, Section, Text
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.operations import (
    draft_from_definition,
    make_self_assessment,
    publish_questionnaire,
)
from surveys.questionnaires.queries import latest_version
from surveys.questionnaires.scales import SCALES
from surveys.responses.models import Response
from surveys.responses.operations import (
    Submission,
    record_responses,
    save_draft,
    start_draft,
)

ANSWERED_LAST_YEAR: Final = 38
ANSWERED_THIS_YEAR: Final = 17
DRAFTS: Final = 6
RESIDENTS: Final = 2000
# Those of the needs survey. One resident in twelve answers in Arabic, one in twenty in English.
LANGUAGES: Final = ("fr", "ar", "en")
WEEKS: Final = 10
# Signatories show each other everything: the network decided so for its self-assessments.
ASSESSMENT_THRESHOLD: Final = 1


def load_assessments(
    *, associations: list[Association], animator: User, at: datetime
) -> tuple[Campaign, Campaign]:
    """Last year's self-assessment, over, and this year's, under way."""
    today = timezone.localdate(at)
    written_at = at - timedelta(days=430)
    questionnaire = make_self_assessment(
        title="Autoévaluation de la charte",
        slug="autoevaluation",
        commitments=current_commitments(),
        by=animator,
        at=written_at,
    )
    _add_closing_section(questionnaire)
    publish_questionnaire(questionnaire=questionnaire, by=animator, at=written_at)
    opened = today - timedelta(days=20)
    opened_last_year = opened - timedelta(days=364)
    last = _assessment(
        questionnaire, associations, opened_last_year, opened_last_year.year, animator
    )
    this = _assessment(questionnaire, associations, opened, opened.year, animator)
    # The representatives who have an account answered last year, and still have to this year.
    answered_last_year = _participations(last)[:ANSWERED_LAST_YEAR]
    answered_this_year = _participations(this)[-ANSWERED_THIS_YEAR:]
    _answer(last, "last_year", answered_last_year, at=at - timedelta(days=355))
    _answer(this, "this_year", answered_this_year, at=at - timedelta(days=5))
    _begin(this, by=animator, at=at - timedelta(days=2))
    return last, this


def _add_closing_section(questionnaire: Questionnaire) -> None:
    closing = assessments["closing"]
    section = Section(
        id="",
        title={"fr": closing["title"]},
        introduction={"fr": closing["introduction"]},
        questions=tuple(_question(item, []) for item in closing["questions"]),
    )
    added = blocks_of(Definition(title={"fr": ""}, sections=(section,)))
    blocks = [*questionnaire.blocks, *added]
    questionnaire.sections = questionnaire.sections.stream_block.to_python(blocks)
    questionnaire.save_revision()


def _assessment(
    questionnaire: Questionnaire,
    associations: list[Association],
    opens_date: date,
    year: int,
    animator: User,
) -> Campaign:
    opened_at = timezone.make_aware(datetime.combine(opens_date, datetime.min.time()))
    campaign = open_campaign(
        slug=f"autoevaluation-{year}",
        title=f"Autoévaluation {year}",
        kind=Campaign.Kind.SELF_ASSESSMENT,
        questionnaire=questionnaire,
        opens_date=opens_date,
        closes_date=opens_date + timedelta(days=44),
        threshold=ASSESSMENT_THRESHOLD,
        message="Prenez ce moment ensemble : c'est l'occasion de regarder l'année écoulée.",
        by=animator,
        at=opened_at,
    )
    # Asked here rather than by the operation: nobody is to receive the invented letters.
    Participation.objects.bulk_create(
        Participation(campaign=campaign, association=association, invited_at=opened_at)
        for association in associations
    )
    return campaign


def _participations(campaign: Campaign) -> list[Participation]:
    return list(campaign.participations.select_related("association").order_by("pk"))


def _answer(campaign: Campaign, year: str, answering: list[Participation], *, at: datetime) -> None:
    version = _version(campaign)
    record_responses(
        campaign=campaign,
        version=version,
        documents=[
            Submission(
                assessment_document(
                    version.definition, weights=assessments[year], seed=_seed(year, one)
                ),
                key=_key(year, one.association.slug),
                participation=one,
            )
            for one in answering
        ],
        channel=Response.Channel.WEB,
        at=at,
    )


def _begin(campaign: Campaign, *, by: User, at: datetime) -> None:
    version = _version(campaign)
    for position, participation in enumerate(_participations(campaign)[1 : DRAFTS + 1]):
        draft = start_draft(campaign=campaign, participation=participation, at=at)
        values = assessment_document(
            version.definition,
            weights=assessments["this_year"],
            seed=_seed("draft", participation),
            until=0.2 + position * 0.1,
        )
        save_draft(draft=draft, values=values, at=at)


def load_needs_survey(*, editor: User, animator: User, at: datetime) -> Campaign:
    """The needs survey, open to all, with two thousand responses over ten weeks."""
    opened_at = at - timedelta(days=7 * WEEKS)
    questionnaire = draft_from_definition(
        slug="besoins-du-quartier", definition=_needs_definition(), by=editor, at=opened_at
    )
    publish_questionnaire(questionnaire=questionnaire, by=editor, at=opened_at)
    opens_date = timezone.localdate(opened_at)
    campaign = open_campaign(
        slug=f"besoins-{opens_date.year}",
        title=needs["title"],
        kind=Campaign.Kind.NEEDS_SURVEY,
        questionnaire=questionnaire,
        opens_date=opens_date,
        closes_date=timezone.localdate(at) + timedelta(days=60),
        by=animator,
        at=opened_at,
    )
    for week, submissions in enumerate(_residents(campaign)):
        record_responses(
            campaign=campaign,
            version=_version(campaign),
            documents=submissions,
            channel=Response.Channel.PAPER if week % 3 == 2 else Response.Channel.WEB,
            at=opened_at + timedelta(days=7 * week),
        )
    return campaign


def _residents(campaign: Campaign) -> Iterator[list[Submission]]:
    territories = list(Territory.objects.order_by("code"))
    documents = needs_documents(_version(campaign).definition, count=RESIDENTS)
    submissions = [
        Submission(
            document,
            key=_key("residents", str(position)),
            territory=territories[position % len(territories)],
            language=_language(position),
        )
        for position, document in enumerate(documents)
    ]
    a_week = RESIDENTS // WEEKS
    for start in range(0, RESIDENTS, a_week):
        yield submissions[start : start + a_week]


def _language(position: int) -> str:
    if position % 12 == 5:
        return "ar"
    return "en" if position % 20 == 9 else "fr"


def _needs_definition() -> Definition:
    commitments = list(current_commitments())
    return Definition(
        title=_said(needs["title"]),
        introduction=_said(needs["introduction"]),
        languages=LANGUAGES,
        sections=tuple(
            Section(
                id=f"section-{number}",
                title=_said(section["title"]),
                questions=tuple(_question(item, commitments) for item in section["questions"]),
            )
            for number, section in enumerate(needs["sections"], start=1)
        ),
    )


def _question(item: dict[str, Any], commitments: list[Commitment]) -> Question:
    named = [(code, _said(label)) for code, label, _weight in item.get("choices", [])]
    if item["kind"] == "scale":
        named = [(code, _said_by_the_house(label)) for code, label in SCALES["agreement"].points]
    return Question(
        id=item["code"],
        code=item["code"],
        kind=item["kind"],
        label=_said(item["label"]),
        hint=_text(item, "hint"),
        required=item.get("required", False),
        has_other=item.get("has_other", False),
        minimum=item.get("minimum"),
        maximum=item.get("maximum"),
        unit=_text(item, "unit"),
        lowest_label=_text(item, "lowest_label"),
        highest_label=_text(item, "highest_label"),
        condition=item.get("condition", ""),
        may_decline=item.get("may_decline", False),
        data_class=item.get("data_class", "ordinary"),
        rows=tuple(
            Row(id=code, code=code, label=_said(label)) for code, label in item.get("rows", [])
        ),
        choices=tuple(
            Choice(id=code, code=code, label=label, exclusive=code in needs["exclusive"])
            for code, label in named
        ),
        commitments=tuple(commitments[position].anchor for position in item.get("commitments", [])),
    )


def _text(item: dict[str, Any], name: str) -> Text:
    return _said(item[name]) if name in item else {}


def _said(french: str) -> Text:
    """A text of the needs survey in its languages; any other text in French."""
    translated = needs_in_other_languages.get(french, {"fr": french})
    return {one: translated[one] for one in LANGUAGES if one in translated}


def _said_by_the_house(label: Any) -> Text:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(label)
    return said


def _version(campaign: Campaign) -> QuestionnaireVersion:
    version = latest_version(campaign.questionnaire)
    if version is None:
        raise LookupError(campaign.questionnaire.slug)
    return version


def _seed(year: str, participation: Participation) -> int:
    return int(_key(year, participation.association.slug)) % 2**32


def _key(*names: str) -> UUID:
    """The same names give the same key, whatever the day the demo is made."""
    return uuid5(NAMESPACE_URL, "/".join(("maillage-demo", *names)))
