"""Writes that make a questionnaire out of another one, and keep what links the two."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from surveys.questionnaires.bank.picking import Picked, pick
from surveys.questionnaires.builder import written
from surveys.questionnaires.definition import Definition, Section
from surveys.questionnaires.identities import Block
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import draft_from_definition
from surveys.questionnaires.queries import draft_of
from surveys.questionnaires.starting_points import StartingPoint
from surveys.questionnaires.succession import Link, copies, links_of_copy
from surveys.questionnaires.translations import Entries, Stored, copy_translations


@transaction.atomic
def copy_questionnaire(
    *, questionnaire: Questionnaire, title: str, slug: str, by: User | None, at: datetime
) -> Questionnaire:
    """A draft that says all that the latest draft of another one says, under its own identities.

    Translations come along with the text they translate: one that was to review still is.
    """
    source = draft_of(questionnaire)
    copy = Questionnaire(
        title=title,
        slug=slug,
        introduction=source.introduction,
        language=source.language,
        language_names=source.language_names,
        carried=source.carried,
        live=False,
        has_unpublished_changes=True,
    )
    copy.sections = copy.sections.stream_block.to_python(source.blocks)
    copy.save()
    copy.translations = _translations_of(source, copy)
    copy.save(update_fields=["translations"])
    revision = copy.save_revision(user=by, log_action="wagtail.create")
    revision.created_at = at
    revision.save(update_fields=["created_at"])
    return copy


def _translations_of(source: Questionnaire, copy: Questionnaire) -> Stored:
    originals = copies(source.written, copy.written)
    both = copy_translations(source.translations, originals)
    return {
        language: {
            key: entry for key, entry in entries.items() if _is_of_copy(key, originals.keys())
        }
        for language, entries in both.items()
    }


def _is_of_copy(key: str, identities: Iterable[str]) -> bool:
    identity = key.rpartition("/")[0]
    return not identity or identity in identities


@transaction.atomic
def make_next(
    *, questionnaire: Questionnaire, title: str, slug: str, by: User | None, at: datetime
) -> Questionnaire:
    """Next year's draft out of this year's, with the link from each question to its origin."""
    following = copy_questionnaire(
        questionnaire=questionnaire, title=title, slug=slug, by=by, at=at
    )
    links = links_of_copy(draft_of(questionnaire).written, following.written)
    following.previous = questionnaire
    following.succession = [link.to_json() for link in links]
    following.save(update_fields=["previous", "succession"])
    return following


def keep_succession(*, questionnaire: Questionnaire, links: Iterable[Link]) -> None:
    """Keep what links a questionnaire to the one before. It holds at once: nothing asked changes.

    The draft that an editor has open does not carry it (see `Questionnaire.with_content_json`).
    """
    stored = [link.to_json() for link in links]
    Questionnaire.objects.filter(pk=questionnaire.pk).update(succession=stored)
    questionnaire.succession = stored


@transaction.atomic
def begin_from(
    *, start: StartingPoint, title: str, slug: str, by: User | None, at: datetime
) -> Questionnaire:
    """A draft that says what a model says, under a title of its own."""
    if start.questionnaire is not None:
        return copy_questionnaire(
            questionnaire=start.questionnaire, title=title, slug=slug, by=by, at=at
        )
    language = start.definition.language
    definition = replace(start.definition, title={**start.definition.title, language: title})
    return draft_from_definition(slug=slug, definition=definition, by=by, at=at)


@transaction.atomic
def add_questions(
    *,
    questionnaire: Questionnaire,
    wanted: Iterable[tuple[Definition, Collection[str]]],
    section: str = "",
    by: User | None,
    at: datetime,
) -> tuple[Picked, ...]:
    """Copies of these questions, after those of a section of the draft, or in a new section.

    They come with their translations into the languages that the questionnaire has.
    """
    held = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    draft = draft_of(held)
    taken = _codes_taken(draft)
    picked: list[Picked] = []
    blocks: list[Block] = []
    said: Stored = {}
    for source, ids in wanted:
        picked.append(pick(source, ids, taken=taken))
        taken |= {question.code for question in picked[-1].questions}
        page = Section(id="picked", title={}, questions=picked[-1].questions)
        stored = written(replace(source, sections=(page,)), key=draft.key)
        blocks += stored.sections[0]["value"]["questions"]
        said = _both(said, stored.translations)
    draft.sections = draft.sections.stream_block.to_python(_with(draft.blocks, section, blocks))
    draft.translations = {
        language: {**entries, **_of_questions(said.get(language, {}))}
        for language, entries in draft.translations.items()
    }
    revision = draft.save_revision(user=by, changed=True)
    revision.created_at = at
    revision.save(update_fields=["created_at"])
    return tuple(picked)


def _codes_taken(draft: Questionnaire) -> set[str]:
    definition = draft.written
    return {
        *(question.code for question in definition.questions),
        *(section.code for section in definition.sections),
        *(group.code for section in definition.sections for group in section.groups),
        *(question.code for question in draft.published_questions().values()),
    }


def _with(sections: list[Block], identity: str, questions: list[Block]) -> list[Block]:
    for section in sections:
        if section["value"].get("identity") == identity:
            section["value"]["questions"] = [*section["value"].get("questions", []), *questions]
            return sections
    title = str(_("Questions added"))
    return [*sections, {"type": "section", "value": {"title": title, "questions": questions}}]


def _both(one: Stored, other: Stored) -> Stored:
    return {
        language: {**one.get(language, {}), **other.get(language, {})}
        for language in one.keys() | other.keys()
    }


def _of_questions(entries: Entries) -> Entries:
    """Without what is said of the whole: its title is not that of the questionnaire."""
    return {key: entry for key, entry in entries.items() if not key.startswith("/")}
