"""The one table of rights: role × object × action. Plain Python: no web, no database.

Change a cell here and every screen follows: the rooms ask `intranet.rights.permissions`, and
what Wagtail and Django know of it (`intranet.accounts.roles`) is made from the same rows.
Whoever holds several roles has the rights of each; everybody has those of the public.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


def _(label: str) -> str:
    """Marks what is translated when it is shown: nothing here knows Django."""
    return label


class Role(StrEnum):
    PUBLIC = "public"
    ACCOUNT = "account"
    PARTNER = "partner"
    CONTRIBUTOR = "contributor"
    REPRESENTATIVE = "representative"
    EDITOR = "editor"
    ANIMATOR = "animator"
    ADMINISTRATOR = "administrator"
    MACHINE = "machine"


ROLES: Final = tuple(Role)
"""The order of the cells of a row."""

FROM_MEMBERSHIP: Final = (Role.CONTRIBUTOR, Role.REPRESENTATIVE)
"""Held in an association, by a membership of it, as long as it is active."""

NETWORK: Final = (Role.EDITOR, Role.ANIMATOR)
"""Held in the whole network."""

MEMBERS: Final = frozenset({*FROM_MEMBERSHIP, *NETWORK, Role.ADMINISTRATOR})
"""The members' circle: public partners and accounts without a role are not in it."""

GROUPS: Final = {
    Role.ANIMATOR: "Animation du réseau",
    Role.EDITOR: "Édition",
    Role.REPRESENTATIVE: "Référentes et référents",
    Role.CONTRIBUTOR: "Contributrices et contributeurs",
    Role.PARTNER: "Partenaires publics",
}
"""How Django's groups name those who hold a role."""


class Scope(StrEnum):
    NO = "no"
    OWN = "own"
    ASSOCIATION = "association"
    CIRCLE = "circle"
    LINK = "link"
    ALL = "all"


CELLS: Final = {
    "-": Scope.NO,
    "own": Scope.OWN,
    "assoc": Scope.ASSOCIATION,
    "circle": Scope.CIRCLE,
    "link": Scope.LINK,
    "all": Scope.ALL,
}

ROOT: Final = "the root of all pages"
NEWS: Final = "pages.NewsIndexPage"
RESOURCES: Final = "pages.ResourceIndexPage"
AGENDA: Final = "pages.AgendaPage"
FORMS: Final = "pages.FormIndexPage"


@dataclass(frozen=True)
class Right:
    """A row: what may be done to an object, and how far, by role.

    `grants` are Django's permissions of this right, `media` those on images and documents of
    every collection, `pages` those of Wagtail on a page (`below`) and all that lies under it.
    They go to the network's roles whose cell is "all".
    """

    object: str
    action: str
    label: str
    cells: tuple[Scope, ...]
    grants: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    below: str = ""

    @property
    def name(self) -> str:
        return f"{self.object}.{self.action}"

    def scope(self, role: Role) -> Scope:
        return self.cells[ROLES.index(role)]


OBJECTS: Final = {
    "page": _("Pages of the site"),
    "charter": _("The charter"),
    "signature": _("Signatures of the charter"),
    "news": _("News"),
    "resource": _("Resources"),
    "event": _("Agenda"),
    "form": _("Forms"),
    "questionnaire": _("Questionnaires"),
    "campaign": _("Campaigns"),
    "participation": _("Participation of the associations"),
    "response": _("Responses of an association"),
    "survey": _("Answers of the inhabitants"),
    "rows": _("Answers one by one"),
    "results": _("Results"),
    "export": _("Exports"),
    "association": _("Associations"),
    "territory": _("Territories"),
    "theme": _("Themes"),
    "membership": _("Memberships"),
    "invitation": _("Invitations"),
    "working_group": _("Working groups"),
    "person": _("People"),
    "account": _("One's own account"),
    "weekly_letter": _("The weekly letter"),
    "letter": _("Letters that the site sends"),
    "file": _("Pictures and documents"),
    "search": _("Search"),
    "editor": _("The editor"),
    "job": _("Background jobs"),
    "health": _("Health of the installation"),
    "redirect": _("Redirections"),
    "installation": _("The installation"),
    "rights": _("Rights"),
}
"""What rights are about, in the order of the page that shows them."""

_SECTION: Final = ("add_page", "change_page", "publish_page")


def _row(name: str, label: str, cells: str, **grants: str | tuple[str, ...]) -> Right:
    thing, action = name.split(".")
    return Right(thing, action, label, tuple(CELLS[cell] for cell in cells.split()), **grants)  # type: ignore[arg-type]


# fmt: off
#                 public   account  partner  contrib. represent. editor  animator admin.  machine
TABLE: Final = (
    _row("page.read", _("Read the pages"),
                 "circle   circle   circle   circle   circle   circle   circle   all      -"),
    # Nobody but an administrator may delete a page with the pages below it.
    _row("page.edit", _("Write, change and publish any page"),
                 "-        -        -        -        -        all      -        all      all",
         pages=(*_SECTION, "lock_page", "unlock_page"), below=ROOT),
    _row("page.edit_section", _("Open the pages that one looks after in the editor"),
                 "-        -        -        -        -        all      all      all      -"),
    _row("page.delete", _("Delete a page with the pages below it"),
                 "-        -        -        -        -        -        -        all      -"),
    _row("page.change_legal", _("Complete the legal notices"),
                 "-        -        -        -        -        all      -        all      -",
         grants=("pages.change_legalidentity",)),

    _row("charter.read", _("Read the charter and its versions"),
                 "circle   circle   circle   circle   circle   circle   circle   all      -"),
    _row("charter.publish", _("Publish a version of the charter"),
                 "-        -        -        -        -        all      -        all      -"),
    _row("charter.import", _("Import the text of the charter"),
                 "-        -        -        -        -        all      -        all      all"),

    _row("signature.list", _("See which associations have signed"),
                 "circle   circle   circle   circle   circle   circle   circle   all      -"),
    _row("signature.read_names", _("Read who signed in the name of an association"),
                 "-        -        -        all      all      all      all      all      -"),
    _row("signature.read", _("Read the history of a signature"),
                 "-        -        -        assoc    assoc    -        all      all      -"),
    _row("signature.sign", _("Sign, confirm, withdraw"),
                 "-        -        -        -        assoc    -        -        -        -"),
    _row("signature.follow", _("Validate signatures, and remind"),
                 "-        -        -        -        -        -        all      all      -"),

    _row("news.read", _("Read the news"),
                 "circle   circle   circle   circle   circle   circle   circle   all      -"),
    _row("news.write", _("Write news from the site"),
                 "-        -        -        all      all      all      all      all      -"),
    _row("news.change", _("Change and withdraw news from the site"),
                 "-        -        -        own      own      own      own      own      -"),
    _row("news.publish_unread", _("Publish without being read first"),
                 "-        -        -        -        -        all      all      all      -"),
    _row("news.confirm", _("Say whether one's news is still true"),
                 "link     link     link     link     link     link     link     link     -"),
    _row("news.acknowledge", _("Take note in the name of an association"),
                 "-        -        -        assoc    assoc    -        -        -        -"),
    _row("news.follow", _("Follow who has taken note, and remind"),
                 "-        -        -        -        -        -        all      all      -"),
    _row("news.edit", _("Change any news in the editor, and how it is published"),
                 "-        -        -        -        -        all      all      all      -",
         grants=("pages.change_newssettings",), pages=_SECTION, below=NEWS),

    _row("resource.read", _("Read the resources"),
                 "circle   circle   circle   circle   circle   circle   circle   all      -"),
    _row("resource.propose", _("Propose a resource"),
                 "-        -        -        all      all      all      all      all      -"),
    _row("resource.edit", _("Change any resource in the editor"),
                 "-        -        -        -        -        all      all      all      -",
         pages=_SECTION, below=RESOURCES),

    _row("event.read", _("Read the agenda"),
                 "circle   circle   circle   circle   circle   circle   circle   all      -"),
    _row("event.join", _("Read the link of a remote meeting kept for members"),
                 "-        -        -        all      all      all      all      all      -"),
    _row("event.make_calendar", _("Have an agenda of one's own in one's telephone"),
                 "-        -        -        own      own      own      own      own      -"),
    _row("event.read_calendar", _("Read a personal agenda by its secret address"),
                 "link     link     link     link     link     link     link     link     -"),
    _row("event.edit", _("Write and change events in the editor"),
                 "-        -        -        -        -        all      all      all      -",
         pages=_SECTION, below=AGENDA),

    _row("form.fill", _("Fill in a form"),
                 "circle   circle   circle   circle   circle   circle   circle   all      -"),
    _row("form.edit", _("Make forms, and read what was answered"),
                 "-        -        -        -        -        all      all      all      -",
         pages=_SECTION, below=FORMS),
    _row("form.purge", _("Forget what was answered after its time"),
                 "-        -        -        -        -        -        -        -        all"),

    _row("questionnaire.read", _("Read the published versions"),
                 "-        -        -        all      all      all      all      all      -"),
    _row("questionnaire.edit", _("Write, import, try and publish"),
                 "-        -        -        -        -        all      all      all      all",
         grants=("surveys.add_questionnaire", "surveys.change_questionnaire",
                 "surveys.publish_questionnaire")),
    _row("questionnaire.answer_trial", _("Answer a trial that one began"),
                 "-        -        -        -        -        own      own      own      -"),
    _row("questionnaire.delete", _("Delete one that was never published"),
                 "-        -        -        -        -        -        -        all      -"),

    _row("campaign.read", _("See the campaigns, from their first day"),
                 "-        -        -        all      all      all      all      all      -"),
    _row("campaign.manage", _("Prepare, open, prolong and close"),
                 "-        -        -        -        -        -        all      all      all"),

    _row("participation.read", _("See where one's association stands"),
                 "-        -        -        assoc    assoc    -        all      all      -"),
    _row("participation.follow", _("Ask associations, see who is late, remind"),
                 "-        -        -        -        -        -        all      all      -"),

    _row("response.fill", _("Read the draft, fill it in, say that it is ready"),
                 "-        -        -        assoc    assoc    -        -        -        -"),
    _row("response.submit", _("Validate the response and send it"),
                 "-        -        -        -        assoc    -        -        -        -"),
    _row("response.import", _("Import responses"),
                 "-        -        -        -        -        -        -        -        all"),

    _row("survey.fill", _("Answer a needs survey, without an account"),
                 "all      all      all      all      all      all      all      all      -"),
    _row("survey.resume", _("Take one's answers up again"),
                 "link     link     link     link     link     link     link     link     -"),

    _row("rows.read", _("Read answers, texts and files one by one: it is written down"),
                 "-        -        -        -        -        -        all      all      -"),

    _row("results.read", _("See the figures, small groups hidden"),
                 "-        -        -        all      all      all      all      all      all"),

    _row("export.figures", _("Take the figures away"),
                 "-        -        -        all      all      all      all      all      all"),
    _row("export.rows", _("Take the answers away: it is written down"),
                 "-        -        -        -        -        -        all      all      all"),
    _row("export.download", _("Download a file that one asked for"),
                 "-        -        -        own      own      own      own      own      -"),

    _row("association.read", _("Read the page of an association"),
                 "circle   circle   circle   all      all      all      all      all      -"),
    _row("association.change", _("Change the page of an association"),
                 "-        -        -        -        assoc    -        all      all      -"),
    _row("association.manage", _("Add, deactivate associations in the editor"),
                 "-        -        -        -        -        -        all      all      -",
         grants=("intranet.view_association", "intranet.add_association",
                 "intranet.change_association")),
    _row("association.import", _("Import associations"),
                 "-        -        -        -        -        -        all      all      all"),
    _row("association.delete", _("Delete one that nothing points at"),
                 "-        -        -        -        -        -        -        all      -"),

    _row("territory.find", _("Find a territory by its name"),
                 "all      all      all      all      all      all      all      all      -"),
    _row("territory.read", _("Read the page of a territory, and who acts there"),
                 "all      all      all      all      all      all      all      all      -"),
    _row("territory.manage", _("Add and change territories in the editor"),
                 "-        -        -        -        -        -        all      all      -",
         grants=("intranet.view_territory", "intranet.add_territory",
                 "intranet.change_territory")),
    _row("territory.import", _("Import territories"),
                 "-        -        -        -        -        -        all      all      all"),
    _row("territory.delete", _("Delete one that nothing points at"),
                 "-        -        -        -        -        -        -        all      -"),

    _row("theme.manage", _("Choose the themes of the network"),
                 "-        -        -        -        -        -        all      all      -",
         grants=("intranet.view_theme", "intranet.add_theme", "intranet.change_theme",
                 "intranet.delete_theme")),

    _row("membership.read", _("See who belongs to an association"),
                 "-        -        -        assoc    assoc    -        all      all      -"),
    _row("membership.manage", _("Change and end memberships"),
                 "-        -        -        -        assoc    -        all      all      -"),
    _row("membership.edit", _("Look after all the memberships in the editor"),
                 "-        -        -        -        -        -        all      all      -",
         grants=("intranet.view_membership", "intranet.add_membership",
                 "intranet.change_membership", "intranet.delete_membership")),
    _row("membership.hand_over", _("Hand over the representative's role"),
                 "-        -        -        -        assoc    -        all      all      -"),
    _row("membership.leave", _("Leave an association"),
                 "-        -        -        assoc    assoc     -        -        -        -"),
    _row("membership.ask", _("Ask to join an association, take it back"),
                 "-        own      own      own      own      own      own      own      -"),
    _row("membership.answer", _("Answer those who ask to join"),
                 "-        -        -        -        assoc    -        all      all      -"),
    _row("membership.import", _("Import members"),
                 "-        -        -        -        -        -        all      all      all"),

    _row("invitation.send", _("Invite, write again, take an invitation back"),
                 "-        -        -        -        assoc    -        all      all      -"),
    _row("invitation.send_to_partners", _("Invite public partners, see all invitations"),
                 "-        -        -        -        -        -        all      all      -"),
    _row("invitation.send_to_the_network", _("Invite animators and editors"),
                 "-        -        -        -        -        -        -        all      -"),
    _row("invitation.accept", _("Accept an invitation"),
                 "link     link     link     link     link     link     link     link     -"),

    _row("working_group.manage", _("Compose working groups"),
                 "-        -        -        -        -        -        all      all      -",
         grants=("intranet.view_workinggroup", "intranet.add_workinggroup",
                 "intranet.change_workinggroup")),
    _row("working_group.delete", _("Delete one that nothing points at"),
                 "-        -        -        -        -        -        -        all      -"),

    _row("person.read", _("See in the directory what people agree to show"),
                 "-        -        -        all      all      all      all      all      -"),
    _row("person.manage", _("Add, change and close accounts"),
                 "-        -        -        -        -        -        -        all      all"),
    _row("person.copy_data", _("Give people a copy of what is kept about them"),
                 "-        own      own      own      own      own      own      all      all"),
    _row("person.erase", _("Erase a person"),
                 "-        own      own      own      own      own      own      all      all"),

    _row("account.enter", _("Log in, find one's password again"),
                 "all      all      all      all      all      all      all      all      -"),
    _row("account.change", _("Change one's addresses, password, proofs, sessions and profile"),
                 "-        own      own      own      own      own      own      own      -"),
    _row("account.begin", _("Open one's own space"),
                 "-        own      own      own      own      own      own      own      -"),
    _row("account.close", _("Close one's account"),
                 "-        own      own      own      own      own      own      own      -"),

    _row("weekly_letter.choose", _("Choose how often one is written to"),
                 "-        own      own      own      own      own      own      own      -"),
    _row("weekly_letter.read", _("Read a letter in the browser, stop letters, have them again"),
                 "link     link     link     link     link     link     link     link     -"),
    _row("weekly_letter.send", _("Send the letters of the week"),
                 "-        -        -        -        -        -        -        -        all"),

    _row("letter.follow", _("See what was sent, and send again"),
                 "-        -        -        -        -        -        all      all      -",
         grants=("intranet.view_letter", "intranet.change_letter")),
    _row("letter.record_bounce", _("Write down that a letter came back"),
                 "-        -        -        -        -        -        -        -        all"),

    _row("file.read", _("Open a picture or a document"),
                 "circle   circle   circle   circle   circle   circle   circle   all      -"),
    _row("file.read_portrait", _("See the portraits of people"),
                 "-        -        -        all      all      all      all      all      -"),
    _row("file.wait", _("See a photograph of one's own that waits for its page"),
                 "-        own      own      own      own      own      own      own      -"),
    _row("file.edit", _("Add and change pictures and documents in the editor"),
                 "-        -        -        -        -        all      all      all      -",
         media=("wagtailimages.add_image", "wagtailimages.change_image",
                "wagtailimages.choose_image", "wagtaildocs.add_document",
                "wagtaildocs.change_document", "wagtaildocs.choose_document")),
    _row("file.arrange", _("Arrange collections"),
                 "-        -        -        -        -        -        -        all      -"),

    _row("search.find", _("Search what one may read"),
                 "circle   circle   circle   circle   circle   circle   circle   all      all"),
    _row("search.teach", _("Choose the synonyms of the search"),
                 "-        -        -        -        -        all      all      all      -",
         grants=("intranet.view_synonyms", "intranet.add_synonyms", "intranet.change_synonyms",
                 "intranet.delete_synonyms")),
    _row("search.rebuild", _("Build the search anew"),
                 "-        -        -        -        -        -        -        -        all"),

    _row("editor.enter", _("Enter the editor"),
                 "-        -        -        -        -        all      all      all      -",
         grants=("wagtailadmin.access_admin",)),
    _row("editor.decorate", _("Load what the screens of the editor are drawn with"),
                 "all      all      all      all      all      all      all      all      -"),
    _row("editor.report", _("Read the reports of the editor, choose the workflows"),
                 "-        -        -        -        -        -        -        all      -"),

    _row("job.follow", _("Follow the background jobs"),
                 "-        -        -        -        -        -        -        all      -"),
    _row("job.run", _("Run the background jobs"),
                 "-        -        -        -        -        -        -        -        all"),

    _row("health.ask", _("Ask whether all is well"),
                 "all      all      all      all      all      all      all      all      all"),
    _row("health.read", _("Read what is the matter"),
                 "-        -        -        -        -        -        -        all      all"),

    _row("redirect.manage", _("Lead old addresses to new ones"),
                 "-        -        -        -        -        -        -        all      -"),

    _row("installation.manage", _("Set the site up"),
                 "-        -        -        -        -        -        -        all      all"),

    _row("rights.read", _("Read who may do what"),
                 "-        -        -        all      all      all      all      all      -"),
    # Roles are fixed: what a group may do is written here, and not by hand.
    _row("rights.manage", _("Change what a role may do"),
                 "-        -        -        -        -        -        -        -        -"),
)
# fmt: on

RIGHTS: Final = {right.name: right for right in TABLE}


def granted(role: Role) -> tuple[str, ...]:
    """Django's permissions of a role, everywhere."""
    return tuple(name for right in _whole(role) for name in right.grants)


def granted_on_media(role: Role) -> tuple[str, ...]:
    """What a role may do with images and documents, in every collection."""
    return tuple(name for right in _whole(role) for name in right.media)


def granted_on_pages(role: Role) -> dict[str, tuple[str, ...]]:
    """What a role may do with pages of a type and all below; who has the root needs no more."""
    found = {right.below: right.pages for right in _whole(role) if right.below}
    return {ROOT: found[ROOT]} if ROOT in found else found


def _whole(role: Role) -> Iterator[Right]:
    if role in NETWORK:
        yield from (right for right in TABLE if right.scope(role) == Scope.ALL)
