"""What the editor's help says of this room: opening campaigns, and reminding."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to
from surveys.campaigns.admin import follow_campaigns

CAMPAIGN = Sheet(
    name="campaign",
    title=_("Open a campaign"),
    rights=("campaign.manage",),
    order=210,
    lead=_(
        "A campaign is a questionnaire, two dates, and who is asked: the "
        "associations, or all residents."
    ),
    steps=(
        _("Publish the questionnaire first: only published ones can be asked."),
        _("Press “New campaign”, choose the dates and the associations."),
        _(
            "“Check before opening” shows the letter as it will leave. Nothing leaves "
            "before you confirm."
        ),
        _(
            "For a needs survey, print the poster: its code leads to the questions, "
            "without an account."
        ),
    ),
    notes=(
        _(
            "The smallest group shown protects people: below it, figures are hidden. "
            "Five is a good choice."
        ),
    ),
    ways=(follow_campaigns,),
)

REMIND = Sheet(
    name="remind",
    title=_("Remind"),
    rights=("participation.follow",),
    order=220,
    lead=_("You may write again to those who have not answered, and to them alone."),
    steps=(
        _(
            "Open the campaign: it says who has sent, who has begun, who has not, and "
            "whom no letter reaches."
        ),
        _("“Write again to those who have not answered” shows the letter, then sends it."),
        _(
            "Your space reminds the associations that are late in every campaign in one"
            " go, once a day at most."
        ),
        _(
            "An association without an address, or that did not open the letter: a "
            "telephone call does more than a third reminder."
        ),
    ),
    ways=(
        follow_campaigns,
        way_to(_("My space"), "my_space", "home"),
    ),
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [CAMPAIGN, REMIND]
