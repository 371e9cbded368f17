"""What the editor's help says of this room: news."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to
from pages.news.admin import follow_news, write_news

NEWS = Sheet(
    name="news",
    title=_("Publish a piece of news"),
    rights=("news.edit",),
    order=20,
    lead=_("A piece of news takes two minutes: a title, some words, who may read it."),
    steps=(
        _(
            "Press “Write a piece of news”. The title says what happens; the summary is"
            " what lists and letters show."
        ),
        _("Say who may read it: everybody, the members, or a working group."),
        _("Tick its territories and themes: that is how people find it and follow it."),
        _("Look at the preview, then publish. Members who follow it find it in their next letter."),
    ),
    notes=(
        _(
            "“To be acknowledged before” asks each association to say that it has read."
            " Keep it for what binds: you then follow who has, and remind the others."
        ),
    ),
    ways=(
        write_news,
        follow_news,
    ),
    hints={
        "newspage": _(
            "Title, summary, who may read it, territories and themes: that is enough. "
            "It appears once you publish it."
        ),
        "newsindexpage": _(
            "What is said above the list of news. The news themselves are below this page."
        ),
        "in newsindexpage": _(
            "Every piece of news, drafts included. Those of members are here too."
        ),
    },
)

READING = Sheet(
    name="reading",
    title=_("Read members' news before publication"),
    rights=("news.edit",),
    order=25,
    lead=_(
        "Members write news from the site. The network chooses whether somebody reads them first."
    ),
    steps=(
        _("The choice is made in the settings, “Members' news”."),
        _("What waits for you is on the first screen, under “Awaiting your review”."),
        _(
            "Approve, or ask for changes with a word of explanation: the author "
            "receives it by letter."
        ),
    ),
    notes=(_("Answer within two days: news that wait grow old."),),
    ways=(way_to(_("Members' news"), "wagtailsettings:edit", "cogs", "pages", "newssettings"),),
    hints={
        "newssettings": _(
            "When news are read first, what waits is on the first screen of the editor."
            " Answer within two days."
        ),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [NEWS, READING]
