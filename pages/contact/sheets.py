"""What the editor's help says of this room: forms."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to
from pages.contact.admin import make_a_form

FORMS = Sheet(
    name="forms",
    title=_("Make a form"),
    rights=("form.edit",),
    order=70,
    lead=_(
        "To be written to, to have people register or lend a hand. For a real "
        "survey, make a questionnaire instead."
    ),
    steps=(
        _("Begin from one of the three models, and change its questions."),
        _("Ask only for what you will use, and say what for: people read it before they send."),
        _("Choose how many days answers are kept: they are then erased by themselves."),
        _(
            "Publish. Answers arrive by letter and under “Forms”, where you take them "
            "away as a table."
        ),
    ),
    ways=(
        make_a_form,
        way_to(_("Forms"), "wagtailforms:index", "form"),
    ),
    hints={
        "formindexpage": _(
            "What is said above the list of forms. The forms themselves are below this page."
        ),
        "formpage": _(
            "Ask only for what you will use. Answers are erased after the number of "
            "days that you choose."
        ),
        "wagtailforms:index": _("Open a form to read its answers and take them away as a table."),
        "in formindexpage": _("Each form has a page of its own, with its address to give out."),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [FORMS]
