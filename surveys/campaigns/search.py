"""Campaigns and the questions they ask, found by those who may see or answer them."""

from collections.abc import Collection, Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from intranet.search.kinds import Kind
from intranet.search.sources import Findable, stamp_of
from surveys.campaigns.models import Campaign
from surveys.campaigns.queries import campaigns_of, open_needs_surveys
from surveys.questionnaires.definition import COMPUTED
from surveys.questionnaires.models import QuestionnaireVersion


class CampaignSource:
    """Members find a campaign from its first day, everybody a needs survey that is open."""

    name = "campaigns"

    def stamps(self) -> dict[str, str]:
        latest = _latest_versions()
        return {str(one.pk): _stamp(one, latest) for one in Campaign.objects.all()}

    def read(self, keys: Collection[str]) -> Iterator[Findable]:
        latest = _latest_versions()
        campaigns = Campaign.objects.filter(pk__in=keys)
        asked = QuestionnaireVersion.objects.filter(questionnaire__campaigns__in=campaigns)
        versions = {one.questionnaire_id: one for one in asked.order_by("number")}
        for campaign in campaigns:
            version = versions.get(campaign.questionnaire_id)
            yield Findable(
                key=str(campaign.pk),
                kind=Kind.QUESTIONNAIRE,
                title=campaign.title,
                summary=_introduction(version) if version else "",
                text="\n".join(_asked(version)) if version else "",
                date=campaign.opens_date,
                stamp=_stamp(campaign, latest),
            )

    def visible(self, keys: Collection[str], request: HttpRequest) -> set[str]:
        on = localdate()
        seen = campaigns_of(request.user, on=on).filter(pk__in=keys)
        answered = open_needs_surveys(on=on).filter(pk__in=keys)
        return {str(pk) for some in (seen, answered) for pk in some.values_list("pk", flat=True)}

    def addresses(self, keys: Collection[str], request: HttpRequest) -> dict[str, str]:
        seen = campaigns_of(request.user, on=localdate()).filter(pk__in=keys)
        pages = {str(one.pk): one.get_absolute_url() for one in seen}
        forms = {
            str(pk): reverse("survey", args=[slug])
            for pk, slug in Campaign.objects.filter(
                pk__in=keys, kind=Campaign.Kind.NEEDS_SURVEY
            ).values_list("pk", "slug")
        }
        return {**forms, **pages}


def _latest_versions() -> dict[int, int]:
    rows = QuestionnaireVersion.objects.order_by("number")
    return dict(rows.values_list("questionnaire_id", "number"))


def _stamp(campaign: Campaign, latest: dict[int, int]) -> str:
    questionnaire = campaign.questionnaire_id
    return stamp_of(campaign.title, campaign.opens_date, questionnaire, latest.get(questionnaire))


def _introduction(version: QuestionnaireVersion) -> str:
    return version.definition.introduction.get(version.definition.language, "")


def _asked(version: QuestionnaireVersion) -> Iterator[str]:
    """What the questionnaire asks as it was published, one of its languages after the other."""
    definition = version.definition
    for language in definition.languages:
        for section in definition.sections:
            yield section.title.get(language, "")
            for question in section.questions:
                # What is worked out is not shown to those who answer.
                if question.kind != COMPUTED:
                    yield question.label.get(language, "")
