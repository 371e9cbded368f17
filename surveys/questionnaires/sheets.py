"""What the editor's help says of this room: building questionnaires."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to
from surveys.questionnaires.admin import make_a_questionnaire

QUESTIONNAIRES = Sheet(
    name="questionnaires",
    title=_("Build a questionnaire"),
    rights=("questionnaire.edit",),
    order=200,
    lead=_(
        "A questionnaire is written once and asked in campaigns. Begin from the "
        "charter, from a model, from a file, or from nothing."
    ),
    steps=(
        _(
            "Add sections, then questions, with the sign “+”. One idea in each "
            "question, ten minutes in all."
        ),
        _("A condition shows a question only to those whom it concerns."),
        _(
            "Try it: answer as people will. Nothing is counted. “Read again before "
            "publishing” says what would hurt."
        ),
        _("Publish: the version is frozen, and a campaign can ask it."),
        _(
            "Next year, make the next questionnaire from this one: figures of both "
            "years stay comparable."
        ),
    ),
    notes=(
        _(
            "A published question keeps its identity when you change its words. If the "
            "meaning changes, remove it and ask another."
        ),
    ),
    ways=(
        make_a_questionnaire,
        way_to(_("Questionnaires"), "wagtailsnippets_surveys_questionnaire:list", "clipboard-list"),
    ),
    hints={
        "wagtailsnippets_surveys_questionnaire:list": _(
            "Build here, then open a campaign: a questionnaire asks nobody by itself."
        ),
        "wagtailsnippets_surveys_questionnaire:add": _(
            "Begin with the title and one section. You may also begin from a model, "
            "from the charter or from a file."
        ),
        "wagtailsnippets_surveys_questionnaire:edit": _(
            "Save as you go: what is open to answers changes only when you publish, and"
            " campaigns under way keep their version."
        ),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [QUESTIONNAIRES]
