"""Questionnaires as editors write them, and the versions that were published, frozen."""

import json
from copy import deepcopy
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from intranet.fields import BlocksField
from surveys.questionnaires.blocks import SectionsBlock
from surveys.questionnaires.builder import define
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.identities import Block, Published, Settled, new_key, settle_all
from surveys.questionnaires.question_types import KINDS
from surveys.questionnaires.translations import Stored, copy_translations, merge


class Questionnaire(DraftStateMixin, RevisionMixin, PreviewableMixin, models.Model):
    """What editors work on. People answer its latest version, never this."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("A short name, without space or accent, that commands and files use."),
    )
    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("Read before the first question: what it is for, how long it takes."),
    )
    sections = BlocksField(SectionsBlock(), verbose_name=_("sections"), blank=True)
    language = models.CharField(_("language it is written in"), max_length=35, default="fr")
    # `{language: {"identity/field": {"text": the translation, "of": the text it translates}}}`.
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    # What files call a language, and what of a file has no use here (see `definition`).
    language_names = models.JSONField(default=dict, blank=True, editable=False)
    carried = models.JSONField(default=dict, blank=True, editable=False)
    is_model = models.BooleanField(
        _("offered as a model"),
        default=False,
        help_text=_("Editors find it among the models that a questionnaire may begin from."),
    )
    previous = models.ForeignKey(
        "self",
        verbose_name=_("made from"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="following",
    )
    # What became of each question of `previous` (see `succession`).
    succession = models.JSONField(default=list, blank=True, editable=False)
    # Begins the identity of everything the questionnaire contains (see `identities`).
    key = models.CharField(max_length=8, default=new_key, editable=False, unique=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._translations_read: Stored = deepcopy(self.__dict__.get("translations") or {})

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> str:
        if not self.live:
            return pgettext("questionnaire", "draft")
        if self.has_unpublished_changes:
            return pgettext("questionnaire", "published, changed since")
        return pgettext("questionnaire", "published")

    @property
    def blocks(self) -> list[Block]:
        """The sections as they are stored."""
        return list(self.sections.get_prep_value())

    @property
    def written(self) -> Definition:
        """The definition of what is written now, published or not, in all its languages."""
        return define(
            title=self.title,
            introduction=self.introduction,
            sections=self.blocks,
            language=self.language,
            translations=self.translations,
            language_names=self.language_names,
            carried=self.carried,
        )

    def published_questions(self) -> dict[str, Published]:
        """Every question of every frozen version, by identity, as it was last published."""
        if self.pk is None:
            return {}
        return {
            question.id: Published(kind=question.kind, code=question.code)
            for version in self.versions.order_by("number")
            for question in version.definition.questions
        }

    def settled(self, blocks: list[Block]) -> list[Block]:
        """These blocks with their identities and codes, as compared with the last save."""
        return self._settled(blocks).sections

    def _settled(self, blocks: list[Block]) -> Settled:
        return settle_all(
            blocks,
            key=self.key,
            previous=self._blocks_saved_last(),
            published=self.published_questions(),
        )

    def settle_identities(self) -> None:
        settled = self._settled(self.blocks)
        self.sections = self.sections.stream_block.to_python(settled.sections)
        self.translations = copy_translations(self.translations, settled.copies)

    def _blocks_saved_last(self) -> list[Block]:
        if self.latest_revision is not None:
            written = self.latest_revision.content.get("sections") or "[]"
            return json.loads(written) if isinstance(written, str) else written
        stored = Questionnaire.objects.filter(pk=self.pk).first() if self.pk else None
        return stored.blocks if stored else []

    def save(self, *args: Any, **kwargs: Any) -> None:
        if "sections" in (kwargs.get("update_fields") or ["sections"]):
            self.settle_identities()
        super().save(*args, **kwargs)

    @transaction.atomic
    def save_revision(self, *args: Any, **kwargs: Any):
        self._keep_what_was_translated_meanwhile()
        self.settle_identities()
        return super().save_revision(*args, **kwargs)

    def _keep_what_was_translated_meanwhile(self) -> None:
        """The editor's screen does not send the translations: those it read may be old."""
        stored = Questionnaire.objects.select_for_update().filter(pk=self.pk).first()
        if stored is None:
            return
        content = stored.latest_revision.content if stored.latest_revision else {}
        self.translations = merge(
            base=self._translations_read,
            mine=self.translations,
            theirs=content.get("translations", stored.translations),
        )
        named = content.get("language_names", stored.language_names)
        self.language_names = {**named, **self.language_names}

    def with_content_json(self, content):
        """What links a questionnaire to the one before is not part of its drafts."""
        written = super().with_content_json(content)
        written.previous, written.succession = self.previous, self.succession
        return written

    def publish(self, *args: Any, **kwargs: Any):
        # With its version or not at all.
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    def make_preview_request(
        self, original_request=None, preview_mode=None, extra_request_attrs=None
    ):
        chosen = page_chosen(original_request, self) if original_request else {}
        attributes = {**(extra_request_attrs or {}), "chosen": chosen}
        return super().make_preview_request(original_request, preview_mode, attributes)

    def _get_dummy_header_url(self, original_request=None) -> str | None:
        # The forms of a page are sent to its address: this one's do nothing.
        if original_request is None:
            return None
        return original_request.build_absolute_uri(reverse("preview_sends_nothing"))

    def serve_preview(self, request, mode_name: str):
        self.settle_identities()
        preview = import_string(settings.QUESTIONNAIRE_PREVIEW)
        return preview(request, self.written, getattr(request, "chosen", {}))


def page_chosen(request, questionnaire: Questionnaire) -> dict[str, str]:
    """The page and the language to preview: the panel, which renews itself, forgets them."""
    name = f"preview_{questionnaire.pk or 'new'}"
    kept = request.session.get(name, {})
    asked = {one: request.GET[one] for one in ("page", "langue") if one in request.GET}
    if asked and {**kept, **asked} != kept:
        request.session[name] = {**kept, **asked}
    return {**kept, **asked}


class VersionIsImmutable(Exception):
    """A published version was about to be changed: people answered what it says."""


class VersionQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> int:
        raise VersionIsImmutable


class QuestionnaireVersion(models.Model):
    """A questionnaire as it was published: number, checksum, complete definition. Immutable."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    checksum = models.CharField(_("checksum"), max_length=64)
    document = models.JSONField(_("definition"))
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        ordering = ["questionnaire", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="one_version_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} · v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("questionnaire_version", args=[self.questionnaire.slug, self.number])

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise VersionIsImmutable
        super().save(*args, **kwargs)

    @cached_property
    def definition(self) -> Definition:
        return Definition.from_json(self.document)

    @property
    def question_count(self) -> int:
        """How many questions are asked: a text to read is not one."""
        return sum(KINDS[question.kind].is_answered for question in self.definition.questions)
