"""Writes on questionnaires."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from wagtail.log_actions import log

from intranet.accounts.models import User
from pages.charter.models import Commitment
from surveys.questionnaires import self_assessment
from surveys.questionnaires.builder import written
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.identities import Block, new_key
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.problems import Problem, find_problems
from surveys.questionnaires.queries import latest_version
from surveys.questionnaires.translations import Clash, Stored, Translation, written_into

TITLE_LENGTH: Final = 200


class Unpublishable(Exception):
    """What is written cannot be asked to anybody yet: `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = problems


@transaction.atomic
def freeze_definition(
    *, questionnaire: Questionnaire, definition: Definition, by: User | None, at: datetime
) -> QuestionnaireVersion:
    """The version that holds this definition: the latest one if nothing changed, or the next."""
    # Two people who publish together wait for each other here, or they would share a number.
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    latest = latest_version(questionnaire)
    if latest and latest.checksum == definition.checksum:
        return latest
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=latest.number + 1 if latest else 1,
        checksum=definition.checksum,
        document=definition.to_json(),
        published_at=at,
        published_by=by,
    )


@transaction.atomic
def freeze_version(
    *, questionnaire: Questionnaire, by: User | None, at: datetime
) -> QuestionnaireVersion:
    """Freeze what is written in this questionnaire, or raise `Unpublishable`."""
    questionnaire.settle_identities()
    problems = find_problems(questionnaire.blocks, published=questionnaire.published_questions())
    if problems:
        raise Unpublishable(problems)
    return freeze_definition(
        questionnaire=questionnaire, definition=questionnaire.written, by=by, at=at
    )


@transaction.atomic
def publish_questionnaire(
    *, questionnaire: Questionnaire, by: User | None, at: datetime
) -> QuestionnaireVersion:
    """Publish the latest draft, as the editor's button does."""
    revision = questionnaire.latest_revision or questionnaire.save_revision(user=by)
    version = freeze_version(questionnaire=revision.as_object(), by=by, at=at)
    # The signal freezes the same content again, which changes nothing.
    revision.publish(user=by, skip_permission_checks=True)
    questionnaire.refresh_from_db()
    return version


@transaction.atomic
def create_questionnaire(
    *,
    title: str,
    slug: str,
    introduction: str = "",
    blocks: list[Block],
    by: User | None,
    at: datetime,
    **more: Any,
) -> Questionnaire:
    """A questionnaire that nobody is shown yet, with its first draft.

    `more` are other fields of a questionnaire: its language, its translations, its key.
    """
    questionnaire = Questionnaire(
        title=title,
        slug=slug,
        introduction=introduction,
        live=False,
        has_unpublished_changes=True,
        **more,
    )
    questionnaire.sections = questionnaire.sections.stream_block.to_python(blocks)
    questionnaire.save()
    revision = questionnaire.save_revision(user=by, log_action="wagtail.create")
    revision.created_at = at
    revision.save(update_fields=["created_at"])
    return questionnaire


def draft_from_definition(
    *, slug: str, definition: Definition, by: User | None, at: datetime
) -> Questionnaire:
    """A draft that says exactly what a definition says, with identities of its own."""
    key = new_key()
    stored = written(definition, key=key)
    return create_questionnaire(
        title=stored.title[:TITLE_LENGTH] or slug,
        slug=slug,
        introduction=stored.introduction,
        blocks=stored.sections,
        key=key,
        language=stored.language,
        translations=stored.translations,
        language_names=stored.language_names,
        carried=stored.carried,
        by=by,
        at=at,
    )


def make_self_assessment(
    *,
    title: str,
    slug: str,
    commitments: Iterable[Commitment],
    by: User | None,
    at: datetime,
) -> Questionnaire:
    """A draft that asks, for each commitment: how far, what was done, what was difficult."""
    return create_questionnaire(
        title=title,
        slug=slug,
        introduction=self_assessment.introduction(),
        blocks=self_assessment.sections_about(commitments),
        by=by,
        at=at,
    )


# -- Languages ---------------------------------------------------------------------------


class AlreadyALanguage(Exception):
    """The questionnaire has this language, or is written in it."""


class NotALanguage(Exception):
    """The questionnaire is not translated into this language (any more)."""


@transaction.atomic
def add_language(
    *, questionnaire: Questionnaire, language: str, name: str = "", by: User | None, at: datetime
) -> None:
    """Let a questionnaire be translated into a language; nothing published changes.

    `name` is what those who speak it call it, where the house does not know.
    """
    draft = _draft_to_translate(questionnaire)
    if language in (draft.language, *draft.translations):
        raise AlreadyALanguage
    if name:
        draft.language_names = {**draft.language_names, language: f"{name} ({language})"}
    _keep_translations(draft, draft.translations | {language: {}}, by, at)


@transaction.atomic
def remove_language(
    *, questionnaire: Questionnaire, language: str, by: User | None, at: datetime
) -> None:
    """Forget the translations into a language; the published versions keep theirs."""
    draft = _draft_to_translate(questionnaire)
    if language not in draft.translations:
        raise NotALanguage
    others = {one: said for one, said in draft.translations.items() if one != language}
    _keep_translations(draft, others, by, at)


@transaction.atomic
def translate(
    *,
    questionnaire: Questionnaire,
    language: str,
    texts: Mapping[str, Translation],
    by: User | None,
    at: datetime,
) -> tuple[Clash, ...]:
    """Keep what a translator wrote in the draft, text by text.

    What another translator wrote meanwhile is kept, and comes back for a person to choose.
    """
    draft = _draft_to_translate(questionnaire)
    if language not in draft.translations:
        raise NotALanguage
    written, clashes = written_into(draft.translations[language], texts)
    if written != draft.translations[language]:
        _keep_translations(draft, draft.translations | {language: written}, by, at)
    return clashes


def _draft_to_translate(questionnaire: Questionnaire) -> Questionnaire:
    """The latest draft, held until the end of the transaction."""
    held = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    draft = held.get_latest_revision_as_object()
    draft.live_revision_id = held.live_revision_id
    return draft


def _keep_translations(
    draft: Questionnaire, translations: Stored, by: User | None, at: datetime
) -> None:
    draft.translations = translations
    latest = draft.latest_revision
    if latest is None or latest.pk == draft.live_revision_id:
        latest = draft.save_revision(user=by)
        latest.created_at = at
        latest.save(update_fields=["created_at"])
    else:
        # In its place: an editor's screen that is open would take a new one for a rival, and
        # stop saving by itself.
        latest.content["translations"] = translations
        latest.content["language_names"] = draft.language_names
        latest.save(update_fields=["content"])
    log(instance=draft, action="wagtail.edit", user=by, revision=latest, content_changed=True)
