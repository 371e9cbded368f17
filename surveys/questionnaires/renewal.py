"""Writes that make a questionnaire out of another one, and keep what links the two."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from intranet.accounts.models import User
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.queries import draft_of
from surveys.questionnaires.succession import Link, copies, links_of_copy
from surveys.questionnaires.translations import Stored, copy_translations


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
