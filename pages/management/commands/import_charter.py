"""Markdown or Word to the charter's pages."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.management.reporting import Refused, ReportingCommand, readable_file
from pages.charter.files import UnreadableCharter, charter_from, largest
from pages.charter.importing import Imported, import_charter
from pages.charter.structure import Charter
from pages.home.operations import lay_site


class Command(ReportingCommand):
    help = (
        "Read a charter (Markdown or Word) into the charter's pages, published as version 1; "
        "a changed text is proposed as drafts, to publish as the next version."
    )
    reads_a_file = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="a Markdown file in UTF-8, or a Word document (.docx)"
        )

    def report(self, **options: Any) -> dict[str, Any]:
        charter = read_file(options["file"])
        imported = import_charter(charter=charter, home=lay_site())
        self._tell(charter, imported)
        return as_json(charter, imported)

    def _tell(self, charter: Charter, imported: Imported) -> None:
        self.say(
            _(
                "Articles: %(articles)s · values: %(values)s · commitments: %(commitments)s "
                "(groups: %(groups)s) · organisations: %(members)s"
            )
            % {
                "articles": len(charter.articles),
                "values": len(charter.values),
                "commitments": sum(len(group.commitments) for group in charter.groups),
                "groups": len(charter.groups),
                "members": len(charter.closing.members),
            }
        )
        if imported.changes is None:
            self.say(_("It is published."))
        elif not imported.drafts:
            self.say(_("Nothing changes in the pages."))
        else:
            self.say(
                ngettext(
                    "%(count)s page has a new draft: compare it and publish it in the editor.",
                    "%(count)s pages have new drafts: compare and publish them in the editor.",
                    imported.drafts,
                )
                % {"count": imported.drafts}
            )
        if imported.changes and imported.changes.removed:
            self.say(
                _("No longer in the text, still published until you withdraw it: %(anchors)s.")
                % {"anchors": ", ".join(imported.changes.removed)}
            )


def read_file(name: str) -> Charter:
    """The charter that a file holds, or a refusal that says what to do."""
    path = readable_file(name)
    with path.open("rb") as file:
        # One byte more than may be read tells that there is more.
        content = file.read(largest(path.name) + 1)
    try:
        return charter_from(content, name=path.name)
    except UnreadableCharter as error:
        raise Refused(str(error)) from error


def as_json(charter: Charter, imported: Imported) -> dict[str, Any]:
    number_of = {anchor: number for number, _title, anchor in imported.articles}
    parts = [entry for entry in imported.entries if len(entry.place) == 2]
    report: dict[str, Any] = {
        "articles": [
            {"number": number, "title": title, "anchor": anchor}
            for number, title, anchor in imported.articles
        ],
        "values": [
            {
                "anchor": entry.anchor,
                "article": number_of[entry.place[0]],
                "name": entry.text.partition("\n")[0],
                "text": entry.text.partition("\n")[2],
            }
            for entry in parts
            if entry.place[1] == 0
        ],
        "commitments": [
            {"anchor": entry.anchor, "article": number_of[entry.place[0]], "text": entry.text}
            for entry in parts
            if entry.place[1] > 0
        ],
        "closing": {"title": charter.closing.title, "aims": list(charter.closing.aims)},
        "members": list(charter.closing.members),
    }
    if imported.changes is not None:
        report["changes"] = {
            "added": imported.changes.added,
            "reworded": imported.changes.reworded,
            "moved": imported.changes.moved,
            "removed": imported.changes.removed,
        }
    return report
