"""In Wagtail's editor: what to read again before publishing a questionnaire."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks

from surveys.questionnaires.admin_renewal import EDIT, OfOneQuestionnaire
from surveys.questionnaires.advice import Advice, advise, time_to_answer
from surveys.questionnaires.advice_wording import advice_in_words, time_in_words
from surveys.questionnaires.definition import Definition, text_in
from surveys.questionnaires.identities import every_block
from surveys.questionnaires.problems import find_problems


class AdviceView(OfOneQuestionnaire, TemplateView):
    """What forbids to publish, what would hurt, and the time it takes to answer."""

    permission_required = "change"
    template_name = "surveys/questionnaires/advice.html"
    page_title = gettext_lazy("Read again before publishing")
    header_icon = "tasks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        questionnaire = self.questionnaire
        blocks = questionnaire.settled(questionnaire.blocks)
        definition = questionnaire.written
        published = questionnaire.published_questions()
        return super().get_context_data(
            questionnaire=questionnaire,
            editor=self.editor,
            question_count=sum(question.is_answered for question in definition.questions),
            time=time_in_words(time_to_answer(definition)),
            problems=[str(problem) for problem in find_problems(blocks, published=published)],
            advice=by_place(definition, advise(definition), addresses(blocks, self.editor)),
            **kwargs,
        )

    @property
    def editor(self) -> str:
        return reverse(EDIT, args=[self.questionnaire.pk])


def addresses(blocks: list[dict[str, Any]], editor: str) -> dict[str, str]:
    """Where each section and question stands in the editor, by identity."""
    return {
        block["value"]["identity"]: f"{editor}#block-{block['id']}-section"
        for block in every_block(blocks)
        if block["value"].get("identity")
    }


def by_place(
    definition: Definition, advice: list[Advice], addresses: dict[str, str]
) -> list[dict[str, Any]]:
    """The advice on the whole, then on each section and question, with its name and address."""
    names = {"": _("The whole questionnaire")}
    for number, section in enumerate(definition.sections, start=1):
        title = text_in(section.title, definition.language)
        names[section.id] = _("Section %(number)d: %(title)s") % {"number": number, "title": title}
        for question in section.questions:
            label = text_in(question.label, definition.language)
            names[question.id] = str(label) or question.code
    said: dict[str, list[str]] = {identity: [] for identity in names}
    for one in advice:
        said[one.id].append(advice_in_words(one))
    return [
        {"name": names[identity], "url": addresses.get(identity), "advice": lines}
        for identity, lines in said.items()
        if lines
    ]


@hooks.register("register_admin_urls")
def register_advice_url():
    return [
        path(
            "questionnaires/<int:pk>/relecture/",
            AdviceView.as_view(),
            name="questionnaire_advice",
        )
    ]
