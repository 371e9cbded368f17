"""Who is answering what: found and permitted once, then handed to every step."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from intranet.accounts.models import User
from intranet.languages import SITE_LANGUAGE, best_language, interface_language, own_name
from surveys.campaigns.models import Campaign, Participation
from surveys.questionnaires.definition import Definition, Text, text_in
from surveys.questionnaires.flow import Flow, follow
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import latest_version
from surveys.responses import operations, permissions, queries
from surveys.responses.merging import Conflict
from surveys.responses.models import Draft, Response, Trial
from surveys.responses.sealing import Seal, unseal
from surveys.responses.uploads import Cabinet

LANGUAGE = "langue"
"""What an address calls the language in which it is read."""

COOKIE_AGE = 90 * 24 * 3600
COOKIE_SALT = "surveys.responses.cookie"


def language_chosen(request: HttpRequest) -> str:
    """The language asked for by this request: by a button, by a form's start, by its address."""
    asked = (request.POST.get("language"), request.POST.get(LANGUAGE), request.GET.get(LANGUAGE))
    return next(filter(None, asked), "")


def languages_read(request: HttpRequest) -> tuple[str, ...]:
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    return tuple(language for language, _rank in accepted if language != "*")


class Language(NamedTuple):
    """A language in which the questionnaire may be answered, by its own name."""

    tag: str
    name: str
    is_current: bool


@dataclass(kw_only=True)
class Filling(ABC):
    """One person in front of one questionnaire. `sealed` is what the posted page carried.

    `chosen` is the language that this very page was asked for in, `browser` those that the
    person reads best, the best first.
    """

    at: datetime
    sealed: Seal | None = None
    draft: Draft | Trial | None = None
    by: User | None = None
    chosen: str = ""
    browser: tuple[str, ...] = ()

    addresses: ClassVar[dict[str, str]]
    is_trial: ClassVar[bool] = False
    is_told_scores: ClassVar[bool] = False
    is_preview: ClassVar[bool] = False
    may_submit: bool = True
    campaign: Campaign | None = None

    @property
    def begun(self) -> Draft | Trial:
        """The draft, where there is one."""
        if self.draft is None:
            raise Http404
        return self.draft

    @property
    def on(self) -> date:
        return timezone.localdate(self.at)

    @property
    def is_open(self) -> bool:
        return True

    @property
    def language(self) -> str:
        """The language of the questions, one of those of the version."""
        kept = self.draft.language if self.draft else ""
        return best_language(self.definition.languages, (self.chosen, kept, *self.browser))

    @property
    def interface_language(self) -> str:
        """The language of everything around the questions."""
        return interface_language(self.language)

    @property
    def languages(self) -> list[Language]:
        """The languages to choose from."""
        names = self.definition.language_names
        return [
            Language(tag, own_name(tag, names.get(tag, "")), tag == self.language)
            for tag in self.definition.languages
        ]

    @property
    def title(self) -> str:
        """What is being answered, as the person reads it."""
        return text_in(self.definition.title, self.language)

    def says(self, text: Text) -> str:
        return text_in(text, self.language)

    @property
    @abstractmethod
    def definition(self) -> Definition:
        """What is asked."""

    @property
    @abstractmethod
    def arguments(self) -> list[str]:
        """What the addresses of its pages begin with."""

    def url(self, step: str, *more: object) -> str:
        return reverse(self.addresses[step], args=[*self.arguments, *more])

    @property
    def start_url(self) -> str:
        return self.url("start")

    @property
    def summary_url(self) -> str:
        return self.url("summary")

    @property
    def receipt_url(self) -> str:
        return self.url("receipt")

    @property
    def later_url(self) -> str:
        return self.url("later")

    @property
    def language_url(self) -> str:
        """Where a choice of language is sent, if these pages keep it."""
        return self.url("language") if "language" in self.addresses else ""

    def flow(self, proposed: Mapping[str, Any] | None = None) -> Flow:
        """What is asked, of what is stored now and what a page proposes besides."""
        stored = self.draft.document if self.draft else {}
        return follow(self.definition, {**(proposed or {}), **stored}, on=self.on)

    @property
    def cabinet(self) -> Cabinet | None:
        """Where the files of the draft are kept, as long as answers are taken."""
        if self.draft is None or not self.is_open:
            return None
        return Cabinet(self.draft.pk, self.on, self.campaign)

    def file_address(self, identity: str) -> str:
        return self.url("file", identity)

    @abstractmethod
    def save(self, values: dict[str, Any], base: dict[str, Any]) -> tuple[Conflict, ...]:
        """Store what was typed; give back what somebody else changed meanwhile."""

    @abstractmethod
    def submit(self) -> HttpResponseBase:
        """Send what is stored, if it is complete, and lead to the receipt."""

    @abstractmethod
    def sent(self) -> Response | None:
        """What was sent already by whoever is answering."""

    def remember(self, response: HttpResponseBase) -> HttpResponseBase:
        """Leave on the device what leads back to the draft."""
        return response

    def receive(self, sent: Response, response: HttpResponseBase) -> HttpResponseBase:
        """Leave on the device what leads to the receipt, and no more to the draft."""
        return response


@dataclass(kw_only=True)
class CampaignFilling(Filling):
    """Somebody who answers in a campaign: what is sent is counted."""

    campaign: Campaign
    draft: Draft | None = None

    @property
    def title(self) -> str:
        """The campaign's name, which is in French, or what the questionnaire calls itself."""
        if self.interface_language == SITE_LANGUAGE:
            return str(self.campaign)
        return text_in(self.definition.title, self.language)

    @property
    def is_open(self) -> bool:
        return self.campaign.is_open(self.on)

    @property
    def is_planned(self) -> bool:
        return self.campaign.is_planned(self.on)

    @cached_property
    def version(self) -> QuestionnaireVersion:
        """The version of the draft, of the posted page, or the latest: the first there is."""
        if self.draft:
            return self.draft.version
        versions = self.campaign.questionnaire.versions
        shown = versions.filter(pk=self.sealed.version_id).first() if self.sealed else None
        version = shown or latest_version(self.campaign.questionnaire)
        if version is None:
            raise Http404
        return version

    @property
    def definition(self) -> Definition:
        return self.version.definition

    @property
    def arguments(self) -> list[str]:
        return [self.campaign.slug]

    def save(self, values: dict[str, Any], base: dict[str, Any]) -> tuple[Conflict, ...]:
        if self.draft is None:
            raise operations.DraftGone
        return operations.save_draft(
            draft=self.draft, values=values, base=base, by=self.by, at=self.at
        )

    def submit(self) -> HttpResponseBase:
        sent = operations.submit_response(key=self.begun.pk, by=self.by, at=self.at)
        return self.receive(sent, redirect(self.receipt_url))


@dataclass(kw_only=True)
class AssociationFilling(CampaignFilling):
    participation: Participation

    is_told_scores = True

    addresses = {
        "start": "fill",
        "section": "fill_section",
        "summary": "fill_summary",
        "ready": "fill_ready",
        "receipt": "receipt",
        "later": "fill",
        "language": "fill_language",
        "file": "fill_file",
    }

    @classmethod
    def enter(cls, request: HttpRequest, slug: str, association_slug: str) -> "AssociationFilling":
        participation = queries.participation_in(slug, association_slug)
        user = request.user
        if participation is None or not user.is_authenticated:
            raise Http404
        if not permissions.may_fill(user, participation):
            raise Http404
        return cls(
            campaign=participation.campaign,
            participation=participation,
            draft=queries.draft_of(participation),
            sealed=unseal(request.POST.get("page", "")),
            by=user,
            may_submit=permissions.may_submit(user, participation),
            at=timezone.now(),
            chosen=language_chosen(request) or request.session.get(LANGUAGE, ""),
            browser=languages_read(request),
        )

    @property
    def arguments(self) -> list[str]:
        return [self.campaign.slug, self.participation.association.slug]

    @property
    def eyebrow(self) -> str:
        return str(self.participation.association)

    @property
    def whereabouts(self) -> str:
        return f"{self.participation.association} · {self.title}"

    @property
    def ready_url(self) -> str:
        return self.url("ready")

    @cached_property
    def representatives(self) -> list[User]:
        """Those who can send, in the order of their names: colleagues know each other."""
        return queries.representatives_who_send(self.participation)

    @property
    def representatives_named(self) -> str:
        """How they are called, or nothing if none gave a name."""
        names = [one.get_full_name() for one in self.representatives]
        return get_text_list([name for name in names if name])

    def sent(self) -> Response | None:
        return queries.response_of(self.participation)


@dataclass(kw_only=True)
class SurveyFilling(CampaignFilling):
    receipt_code: str = ""
    key: UUID | None = None
    is_secure: bool = False

    addresses = {
        "start": "survey",
        "section": "survey_section",
        "summary": "survey_summary",
        "receipt": "survey_receipt",
        "later": "survey_later",
        "language": "survey_language",
        "file": "survey_file",
    }

    @classmethod
    def enter(cls, request: HttpRequest, slug: str) -> "SurveyFilling":
        campaign = queries.needs_survey(slug)
        if campaign is None:
            raise Http404
        filling = cls(
            campaign=campaign,
            at=timezone.now(),
            sealed=unseal(request.POST.get("page", "")),
            is_secure=request.is_secure(),
            chosen=language_chosen(request),
            browser=languages_read(request),
        )
        filling.receipt_code = filling._read(request, filling.receipt_cookie)
        # A posted page belongs to its own draft, whatever the device was given since.
        filling.key = filling.sealed.key if filling.sealed else filling._key_kept(request)
        filling.draft = queries.draft_with(campaign, filling.key) if filling.key else None
        return filling

    @property
    def eyebrow(self) -> str:
        return _("Needs survey")

    @property
    def whereabouts(self) -> str:
        return self.title

    @property
    def receipt_url(self) -> str:
        # Nothing but its address tells the receipt its language: the draft is gone.
        address = self.url("receipt")
        return f"{address}?{urlencode({LANGUAGE: self.language})}" if self.has_a_choice else address

    @property
    def has_a_choice(self) -> bool:
        return len(self.definition.languages) > 1

    @property
    def draft_cookie(self) -> str:
        return f"draft_{self.campaign.pk}"

    @property
    def receipt_cookie(self) -> str:
        return f"receipt_{self.campaign.pk}"

    def _read(self, request: HttpRequest, cookie: str) -> str:
        return request.get_signed_cookie(cookie, default="", salt=COOKIE_SALT) or ""

    def _key_kept(self, request: HttpRequest) -> UUID | None:
        kept = self._read(request, self.draft_cookie)
        return UUID(kept) if kept else None

    def sent(self) -> Response | None:
        return queries.response_with(self.campaign, self.key) if self.key else None

    def remember(self, response: HttpResponseBase) -> HttpResponseBase:
        if self.draft:
            self._keep(response, self.draft_cookie, self.draft.pk.hex)
            response.delete_cookie(self.receipt_cookie, path=self.start_url)
        return response

    def receive(self, sent: Response, response: HttpResponseBase) -> HttpResponseBase:
        response.delete_cookie(self.draft_cookie, path=self.start_url)
        # Without an age: it goes when the browser is closed.
        self._keep(response, self.receipt_cookie, sent.receipt_code, age=None)
        return response

    def _keep(
        self, response: HttpResponseBase, cookie: str, value: str, age: int | None = COOKIE_AGE
    ) -> None:
        response.set_signed_cookie(
            cookie,
            value,
            salt=COOKIE_SALT,
            max_age=age,
            path=self.start_url,
            httponly=True,
            samesite="Lax",
            secure=self.is_secure,
        )
