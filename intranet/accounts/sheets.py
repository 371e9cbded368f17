"""What the editor's help says of accounts, and of the editor itself."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.editor.sheets import Sheet, way_to

BEGIN = Sheet(
    name="begin",
    title=_("Find your way in the editor"),
    rights=("editor.enter",),
    order=10,
    lead=_(
        "The editor is where the site is written and looked after. What you see in "
        "its menu is what your roles let you do."
    ),
    steps=(
        _("The first screen begins with the most usual tasks: one button each."),
        _(
            "What you write is saved as a draft: nobody else on the site sees it. It "
            "appears once you press “Publish”, in the list beside “Save draft”."
        ),
        _(
            "The eye shows the page as people will see it, on a computer or a "
            "telephone. The clock shows its history."
        ),
        _("A mistake? Open the history, review an older version, and publish it: nothing is lost."),
    ),
    notes=(
        _(
            "At the bottom of the menu, your name leads to your account: your name, "
            "your photograph, the letters that you receive, your password and the "
            "second proof."
        ),
    ),
    ways=(way_to(_("My account"), "wagtailadmin_account", "user"),),
)

PEOPLE = Sheet(
    name="people",
    title=_("Look after accounts and roles"),
    rights=("person.manage",),
    order=800,
    lead=_(
        "Roles are given on the page of a person. What each role may do is fixed, "
        "and is the same for everybody."
    ),
    steps=(
        _(
            "To open the site to somebody, prefer an invitation: they write their own "
            "name and choose their password."
        ),
        _(
            "Tick “Animation” or “Edition” for those who look after the network. "
            "Representatives and contributors have their role from their association."
        ),
        _(
            "Somebody who lost their telephone: open their page, then “Reset the second"
            " proof”, in the menu of the three dots. Make sure that it is they who ask."
        ),
        _(
            "Somebody leaves: close the account. Their name, address and telephone are "
            "erased, what they wrote stays, unsigned."
        ),
    ),
    ways=(way_to(_("People"), "wagtailusers_users:index", "user"),),
    hints={
        "wagtailusers_users:index": _(
            "Everybody who has an account. Addresses marked with a sign no longer receive letters."
        ),
        "wagtailusers_users:add": _(
            "An invitation is simpler: the person writes their own name and chooses a "
            "password. Here, a letter lets them choose one."
        ),
        "wagtailusers_users:edit": _(
            "Roles of the whole network are given here. Those of an association come from its team."
        ),
    },
)


@hooks.register("register_help_sheets")
def sheets() -> list[Sheet]:
    return [BEGIN, PEOPLE]
