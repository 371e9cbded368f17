"""What can be done with a questionnaire, beside writing it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from intranet.accounts.models import User
from surveys.questionnaires.models import Questionnaire


def buttons_of(questionnaire: Questionnaire, user: User) -> list[Button]:
    """In the list of questionnaires and above the editor, in the order of their priority."""
    slug, pk = questionnaire.slug, questionnaire.pk
    buttons = []
    if user.has_perm("surveys.change_questionnaire"):
        buttons += [
            Button(
                _("Read again before publishing"),
                url=reverse("questionnaire_advice", args=[pk]),
                icon_name="tasks",
            ),
            Button(_("Try it"), url=reverse("try_questionnaire", args=[slug]), icon_name="view"),
            Button(
                _("Translate"),
                url=reverse("questionnaire_languages", args=[pk]),
                icon_name="globe",
            ),
            Button(
                _("What publishing will change"),
                url=reverse("questionnaire_draft_differences", args=[slug]),
                icon_name="history",
            ),
            Button(
                _("Export (XLSForm)"),
                url=reverse("questionnaire_export", args=[pk]),
                icon_name="download",
            ),
            Button(
                _("Add questions from the bank"),
                url=reverse("questionnaire_bank", args=[pk]),
                icon_name="plus",
            ),
        ]
    if user.has_perm("surveys.change_questionnaire") and questionnaire.previous_id:
        buttons.append(
            Button(
                _("What became of each question"),
                url=reverse("questionnaire_succession", args=[pk]),
                icon_name="order",
            )
        )
    if user.has_perm("surveys.add_questionnaire"):
        buttons += [
            Button(
                _("Make next year's questionnaire"),
                url=reverse("questionnaire_next", args=[pk]),
                icon_name="calendar-alt",
            ),
            Button(
                _("Copy the questionnaire"),
                url=reverse("questionnaire_copy", args=[pk]),
                icon_name="copy",
            ),
        ]
    if questionnaire.live:
        buttons.append(
            Button(
                _("Published versions"),
                url=reverse("questionnaire_versions", args=[slug]),
                icon_name="history",
            )
        )
    for priority, button in enumerate(buttons, start=11):
        button.priority = priority
    return buttons
