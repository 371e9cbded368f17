"""Markdown to the charter's pages."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.management.reporting import Refused, ReportingCommand, readable_file
from pages.charter.importing import Imported, import_charter
from pages.charter.markdown import read_markdown
from pages.charter.structure import Charter, read_charter
from pages.home.operations import lay_site

LARGEST = 200_000
"""Bytes. The longest charters have a tenth of it; reading more would only keep people waiting."""
LONGEST_TITLE = 255


class Command(ReportingCommand):
    help = (
        "Read a charter (Markdown) into the charter's pages; a changed text is proposed as drafts."
    )
    reads_a_file = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a Markdown file, in UTF-8")

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
    if path.suffix.lower() in {".docx", ".doc", ".odt"}:
        raise Refused(
            _(
                "%(name)s is a word processor's file. Only Markdown is read for now: save the "
                "text as Markdown (.md), then import that file."
            )
            % {"name": path.name}
        )
    if path.stat().st_size > LARGEST:
        raise Refused(
            _("%(name)s is too large to be a charter (more than 200 kB): check the file.")
            % {"name": path.name}
        )
    content = path.read_bytes()
    if not content.strip():
        raise Refused(_("%(name)s is empty: check the file.") % {"name": path.name})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("%(name)s is not text in UTF-8: save it again in that encoding.")
            % {"name": path.name}
        ) from error
    if "\0" in text:
        raise Refused(
            _("%(name)s is not a text file: give the charter in Markdown.") % {"name": path.name}
        )
    charter = read_charter(read_markdown(text))
    if reason := why_not(charter):
        raise Refused(reason)
    return charter


def why_not(charter: Charter) -> str:
    """Why a document cannot become the charter; empty if it can."""
    if not charter.articles:
        return _(
            "This text does not look like a charter: no numbered article was found. Put the "
            "number of each article in a heading of its own, for example “# 1”."
        )
    if not charter.groups:
        return _(
            "This text does not look like a charter: no commitment was found. Write the "
            "commitments as a list, after a sentence that ends with a colon."
        )
    numbers = [article.number for article in charter.articles]
    if doubles := sorted({number for number in numbers if numbers.count(number) > 1}):
        return _("Two articles have the number %(number)s: number them one after the other.") % {
            "number": doubles[0]
        }
    titles = [charter.title, charter.subtitle, charter.closing.title]
    titles += [article.title for article in charter.articles]
    if too_long := [title for title in titles if len(title) > LONGEST_TITLE]:
        return _("The title “%(title)s…” is longer than 255 characters: shorten it.") % {
            "title": too_long[0][:60]
        }
    return ""


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
