"""What the editor's help says of this room: what keeps the installation well."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to

HEALTH = Sheet(
    name="health",
    title=_("Back up, and watch over the installation"),
    rights=("health.read",),
    order=900,
    lead=_(
        "A site is well when somebody looks at it once a month and when its copies can be read."
    ),
    steps=(
        _(
            "Your space says in words how the installation is: jobs, letters, storage. "
            "Read what is red first."
        ),
        _(
            "A backup is two things, taken the same night: the database, and the folder"
            " of the files that people sent. One without the other is not enough."
        ),
        _(
            "Keep the copies on another machine. Twice a year, bring one back on a "
            "trial machine: a copy that was never read is not a backup."
        ),
        _(
            "A job that failed says why in “Background jobs”. It is tried again by "
            "itself; if it is given up, send the sentence to whoever hosts the site."
        ),
    ),
    notes=(_("For a machine that watches: the address /sante/ answers 200 when all is well."),),
    ways=(
        way_to(_("My space"), "my_space", "home"),
        way_to(_("Background jobs"), "jobs", "tasks"),
    ),
    hints={
        "jobs": _(
            "What the site does by itself: letters, exports, cleaning. A job that fails"
            " is tried again; one that is given up needs you."
        ),
    },
)

REDIRECTS = Sheet(
    name="redirects",
    title=_("Keep an old address alive"),
    rights=("redirect.manage",),
    order=910,
    lead=_(
        "A page that is moved or renamed keeps its old address by itself. A "
        "redirection is for addresses printed on paper, or of an older site."
    ),
    steps=(
        _("Write the old address without the name of the site: /old-page/."),
        _("Choose the page that it leads to, save, then try it in another window."),
    ),
    ways=(way_to(_("Redirections"), "wagtailredirects:index", "redirect"),),
    hints={
        "wagtailredirects:index": _(
            "Old addresses that lead to pages of today. Pages that are renamed need "
            "nothing: their old address is kept."
        ),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [HEALTH, REDIRECTS]
