"""Questionnaires, campaigns, what was answered and what was begun."""

import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from surveys.campaigns.models import Campaign, Participation
from surveys.exports.models import Export
from surveys.questionnaires.builder import blocks_of
from surveys.questionnaires.definition import Definition, Question, Section
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import (
    draft_from_definition,
    freeze_definition,
    publish_questionnaire,
)
from surveys.responses.models import Draft, Response, Trial, Upload
from tests.canaries.planting import (
    ANIMATOR,
    ASSOCIATION,
    CONTRIBUTOR,
    EDITOR,
    MEMBERS,
    NONE,
    OTHER,
    STAFF,
    WRITERS,
    Audience,
)
from tests.canaries.world.people import NO_SCREEN, World
from tests.people import NOW, TODAY

DAY = datetime.timedelta(days=1)
ASKED = STAFF | ASSOCIATION | {OTHER}


def definition_of(title: str, introduction: str, label: str) -> Definition:
    def question(code: str, kind: str) -> Question:
        return Question(id=f"q-{code}", code=code, kind=kind, label={"fr": f"{label} {code}"})

    return Definition(
        title={"fr": title},
        introduction={"fr": introduction},
        sections=(
            Section(
                id="s-1",
                title={"fr": label},
                questions=(
                    question("mot", "text"),
                    question("souhait", "long_text"),
                    question("piece", "file"),
                    question("age", "integer"),
                ),
            ),
        ),
    )


def make_questionnaires(world: World) -> None:
    """One that was published and has a newer draft, one that never was."""
    birds, by = world.birds, world.person(EDITOR)
    asked = draft_from_definition(
        slug="besoins", definition=definition_of("Besoins", "Trois minutes.", "Question"), by=by,
        at=NOW - 8 * DAY,
    )  # fmt: skip
    publish_questionnaire(questionnaire=asked, by=by, at=NOW - 8 * DAY)
    newer = Questionnaire.objects.get(pk=asked.pk).get_latest_revision_as_object()
    newer.title = birds.text("newer draft of a questionnaire: title", WRITERS)
    newer.introduction = birds.text("newer draft of a questionnaire: introduction", WRITERS)
    section = birds.text("newer draft of a questionnaire: question", WRITERS)
    blocks = blocks_of(definition_of("", "", section))
    newer.sections = newer.sections.stream_block.to_python([*newer.blocks, *blocks])
    newer.save_revision(user=by)
    draft = draft_from_definition(
        slug=birds.text("draft questionnaire: slug", WRITERS),
        definition=definition_of(
            birds.text("draft questionnaire: title", WRITERS),
            birds.text("draft questionnaire: introduction", WRITERS),
            birds.text("draft questionnaire: question", WRITERS),
        ),
        by=by,
        at=NOW,
    )
    planned = draft_from_definition(
        slug="annee-prochaine", definition=definition_of("Prochain", "", "x"), by=by, at=NOW
    )
    freeze_definition(
        questionnaire=planned,
        definition=definition_of(
            birds.text("QuestionnaireVersion.document: title", MEMBERS),
            birds.text("QuestionnaireVersion.document: introduction", MEMBERS),
            birds.text("QuestionnaireVersion.document: question", MEMBERS),
        ),
        by=by,
        at=NOW,
    )
    world.things |= {"asked": asked, "draft questionnaire": draft, "planned": planned}
    trier = frozenset({EDITOR})
    trial = Trial.objects.create(
        questionnaire=asked,
        definition=definition_of(
            birds.text("Trial.definition: title", trier), "", birds.text("Trial.definition", trier)
        ).to_json(),
        document={"q-souhait": birds.text("Trial.document", trier)},
        updated_at=NOW,
        updated_by=by,
    )
    Upload.objects.create(**_upload(world, trier, "of a trial", key=trial.pk))
    world.things["trial"] = trial


def _upload(world: World, readers: Audience, label: str, **given: Any) -> dict[str, Any]:
    name = world.birds.text(f"name of a file {label}", readers)
    content = world.birds.text(f"content of a file {label}", readers).encode()
    path = default_storage.save(f"answers/{len(world.birds.known)}", ContentFile(content))
    return {
        "file": path,
        "name": f"{name}.txt",
        "type": "text/plain",
        "size": len(content),
        "kept_since": TODAY,
        **given,
    }


def make_campaigns(world: World) -> None:
    birds, things = world.birds, world.things
    version = things["asked"].versions.get()
    survey = _campaign(world, "besoins-2026", Campaign.Kind.NEEDS_SURVEY, title="Vos besoins")
    _submitted(world, survey, version, STAFF, "a resident's response", territory=True)
    nobody_else: Audience = NONE
    draft = Draft.objects.create(
        campaign=survey,
        version=version,
        updated_at=NOW,
        document={
            "q-mot": birds.text("Draft.document of a resident", nobody_else, "their device's alone")
        },
    )
    Upload.objects.create(
        **_upload(world, nobody_else, "of a resident's draft", campaign=survey, key=draft.pk)
    )
    for year in (2026, 2025):
        campaign = _campaign(
            world,
            f"bilan-{year}",
            Campaign.Kind.SELF_ASSESSMENT,
            title=f"Bilan {year}",
            message=birds.text("Campaign.message", ASKED, NO_SCREEN),
        )
        for association, people in ((things["own"], ASSOCIATION), (things["other"], {OTHER})):
            told = f"{association} {year}"
            participation = Participation.objects.create(campaign=campaign, association=association)
            if year == 2025:
                _submitted(world, campaign, version, STAFF | people, told, participation)
            else:
                _begun(world, campaign, version, frozenset(people), told, participation)
        Participation.objects.create(campaign=campaign, association=things["hidden"])
    _campaign(
        world,
        birds.text("planned campaign: slug", STAFF),
        Campaign.Kind.SELF_ASSESSMENT,
        title=birds.text("planned campaign: title", STAFF),
        message=birds.text("planned campaign: message", STAFF, NO_SCREEN),
        questionnaire=things["planned"],
        opens_date=TODAY + 30 * DAY,
        closes_date=TODAY + 60 * DAY,
    )
    asked_by = frozenset({ANIMATOR})
    path = default_storage.save(
        "exports/rows.xlsx", ContentFile(birds.text("content of an export", asked_by).encode())
    )
    Export.objects.create(
        campaign=survey,
        format="csv",
        content=Export.Content.ROWS,
        state=Export.State.READY,
        file=path,
        requested_at=NOW,
        requested_by=world.person(ANIMATOR),
    )
    things |= {"survey": survey, "resident's draft": draft}


def _campaign(world: World, slug: str, kind: str, **given: Any) -> Campaign:
    return Campaign.objects.create(
        **{
            "slug": slug,
            "kind": kind,
            "questionnaire": world.things["asked"],
            "opens_date": TODAY - 3 * DAY,
            "closes_date": TODAY + 20 * DAY,
            "threshold": 5,
            **given,
        }
    )


def _submitted(
    world: World,
    campaign: Campaign,
    version: Any,
    readers: Audience,
    label: str,
    participation: Participation | None = None,
    territory: bool = False,
) -> None:
    birds = world.birds
    if participation:
        Participation.objects.filter(pk=participation.pk).update(
            state=Participation.State.SUBMITTED, submitted_at=NOW
        )
    response = Response.objects.create(
        campaign=campaign,
        participation=participation,
        version=version,
        week=TODAY - 3 * DAY,
        territory=world.things["territory"] if territory else None,
        document={},
    )
    # A name says who sent it: of a needs survey none is kept, and whoever reads answers opens it.
    upload = Upload.objects.create(
        **_upload(world, readers, f"of {label}", campaign=campaign, response=response)
    )
    ids = {one.code: one.id for one in version.definition.questions}
    response.document = {
        ids["mot"]: birds.text(f"{label}: text", readers),
        ids["souhait"]: birds.text(f"{label}: long text", readers),
        ids["piece"]: {
            "file": str(upload.pk), "name": upload.name, "type": upload.type, "size": upload.size,
        },
    }  # fmt: skip
    response.save()


def _begun(
    world: World,
    campaign: Campaign,
    version: Any,
    readers: Audience,
    label: str,
    participation: Participation,
) -> None:
    birds = world.birds
    draft = Draft.objects.create(
        campaign=campaign, participation=participation, version=version, updated_at=NOW,
        updated_by=world.person(CONTRIBUTOR) if CONTRIBUTOR in readers else world.person(OTHER),
    )  # fmt: skip
    upload = Upload.objects.create(
        **_upload(world, readers, f"of the draft of {label}", campaign=campaign, key=draft.pk)
    )
    ids = {one.code: one.id for one in version.definition.questions}
    draft.document = {
        ids["mot"]: birds.text(f"draft of {label}: text", readers),
        ids["souhait"]: birds.text(f"draft of {label}: long text", readers),
        ids["piece"]: {
            "file": str(upload.pk), "name": upload.name, "type": upload.type, "size": upload.size,
        },
    }  # fmt: skip
    draft.save()
    Participation.objects.filter(pk=participation.pk).update(state=Participation.State.STARTED)
