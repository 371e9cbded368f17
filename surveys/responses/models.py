"""What was answered: drafts that can change, responses that are facts.

A document is `{question id: value}`; `surveys.questionnaires.question_types` says what a
value is for each kind. A draft disappears when it is submitted, and with it everything that
tells who was typing and when: the response of a needs survey keeps the week, no more.
"""

import base64
import hmac
import uuid
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from intranet.network.models import Territory
from surveys.campaigns.models import Campaign, Participation
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion

# Crockford's alphabet: neither I nor L, O or U.
CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def response_id(key: uuid.UUID) -> uuid.UUID:
    """The id of the response that this submission key gives, always the same.

    Keyed with SECRET_KEY, so that a draft's address (kept by a phone, copied into a private
    link) does not tell which response came out of it.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), b"response:" + key.bytes, sha256).digest()
    return uuid.UUID(bytes=digest[:16], version=4)


class Draft(models.Model):
    """A response being written. Its id is the submission's key (see `Response.id`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="drafts")
    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, null=True, related_name="draft"
    )
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(_("language"), max_length=35, default="fr")
    document = models.JSONField(_("answers"), default=dict)
    revision = models.PositiveIntegerField(_("number of saves"), default=0)
    updated_at = models.DateTimeField(_("saved at"))
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"{self.participation or self.campaign}"


class Response(models.Model):
    class Channel(models.TextChoices):
        WEB = "web", _("on screen")
        PAPER = "paper", _("on paper")
        IMPORT = "import", _("from a file")

    # Derived from the submission's key, so that the same key gives the same row.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="responses")
    participation = models.OneToOneField(
        Participation, on_delete=models.PROTECT, null=True, related_name="response"
    )
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(_("language"), max_length=35, default="fr")
    channel = models.CharField(
        _("channel"), max_length=10, choices=Channel.choices, default=Channel.WEB
    )
    week = models.DateField(_("week, by its Monday"))
    document = models.JSONField(_("answers"))
    # The ids of the questions that a condition hid, as it was found when this was sent.
    not_applicable = models.JSONField(_("questions not asked"), default=list)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        indexes = [models.Index(fields=["campaign", "id"], name="responses_of_a_campaign")]

    def __str__(self) -> str:
        return f"{self.participation or self.campaign}"

    @property
    def receipt_code(self) -> str:
        """Three groups of four, without letters that look like digits: easy to read aloud."""
        digest = salted_hmac("surveys.responses.receipt", self.id.hex, algorithm="sha256").digest()
        code = base64.b32encode(digest).decode().translate(CROCKFORD)[:12]
        return "-".join(code[start : start + 4] for start in (0, 4, 8))


class Upload(models.Model):
    """A file sent as an answer, checked and without what betrays who made it.

    While it is being answered, `key` is the draft's or the trial's id. Once it is sent, `response`
    takes its place and `kept_since` is the week's: nothing tells when it was typed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, null=True, related_name="+")
    key = models.UUIDField(_("draft"), null=True, db_index=True)
    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, null=True, related_name="uploads"
    )
    file = models.FileField(_("file"), upload_to="answers", max_length=100)
    name = models.CharField(_("name"), max_length=200)
    type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    kept_since = models.DateField(_("kept since"))

    class Meta:
        verbose_name = _("file sent")
        verbose_name_plural = _("files sent")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(key=None) | models.Q(response=None),
                name="upload_of_a_draft_or_of_a_response",
                violation_error_message=_("A file belongs to a draft or to a response."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Trial(models.Model):
    """A questionnaire being tried by who writes it: read by nobody else, counted nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="+")
    definition = models.JSONField(_("definition"))
    language = models.CharField(_("language"), max_length=35, default="fr")
    document = models.JSONField(_("answers"), default=dict)
    revision = models.PositiveIntegerField(_("number of saves"), default=0)
    updated_at = models.DateTimeField(_("saved at"))
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )

    # What is tried is no version yet.
    version_id = 0

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")

    def __str__(self) -> str:
        return f"{self.questionnaire}"
