"""What the editor's help says of this room: reading results, and taking them away."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet
from surveys.campaigns.admin import follow_campaigns

RESULTS = Sheet(
    name="results",
    title=_("Read the results, take them away"),
    rights=("rows.read",),
    order=230,
    lead=_(
        "Results are counted as answers arrive. Small groups are hidden, so that "
        "nobody can be found."
    ),
    steps=(
        _("Open a campaign, then “Results”: by question, or by commitment of the charter."),
        _(
            "“Exports” makes a workbook ready to be presented, with its figures, its "
            "charts and its code book."
        ),
        _(
            "To take the answers away one by one is written down: do it when you need "
            "to, keep the file safe, delete it afterwards."
        ),
    ),
    ways=(follow_campaigns,),
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [RESULTS]
