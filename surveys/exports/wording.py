"""The words of the files, in the reader's language."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

ADDRESS_OF_FILES = "/reponses/fichiers/"


def words() -> dict[str, str]:
    return {
        "presentation": pgettext("sheet", "Presentation"),
        "figures": pgettext("sheet", "Figures"),
        "charts": pgettext("sheet", "Charts"),
        "commitments": pgettext("sheet", "Commitments"),
        "responses": pgettext("sheet", "Responses"),
        "dictionary": pgettext("sheet", "Code book"),
        "question_or_answer": _("Question or answer"),
        "code": _("Code"),
        "count": pgettext("column", "Responses"),
        "share": _("Share"),
        "mention_share": _("Share of mentions"),
        "asked": _("Asked"),
        "answered": _("Answered"),
        "not_answered": _("Without an answer"),
        "not_applicable": pgettext("column", "Not applicable"),
        "not_in_version": _("Not asked (other version)"),
        "mean": _("Mean"),
        "median": _("Median"),
        "min": _("Smallest"),
        "max": _("Largest"),
        "stdev": _("Standard deviation"),
        "hidden": pgettext("figure", "hidden"),
        "other_text": _("specified"),
        "latitude": pgettext("column", "latitude"),
        "longitude": pgettext("column", "longitude"),
        "link": pgettext("column", "address of the file"),
        "file_address": settings.BASE_URL + ADDRESS_OF_FILES + "%(file)s/",
        "declined": _("of which preferred not to say"),
        "first": _("Times first"),
        "mean_rank": _("Mean rank"),
        "earliest": _("Earliest"),
        "latest": _("Latest"),
        "condition": pgettext("column", "Asked if"),
        "check": pgettext("column", "Accepted if"),
        "calculation": pgettext("column", "Worked out as"),
        "unit": pgettext("column", "Unit"),
        "data_class": pgettext("column", "Data"),
        "data_ordinary": pgettext("class of data", "ordinary"),
        "data_personal": pgettext("class of data", "personal"),
        "data_sensitive": pgettext("class of data", "sensitive"),
        "question": pgettext("column", "question"),
        "label": pgettext("column", "Label"),
        "kind": pgettext("column", "Kind"),
        "measure": _("Measure"),
        "choice": pgettext("column", "choice"),
        "choice_label": _("Label of the choice"),
        "choice_code": _("Code of the choice"),
        "value": pgettext("column", "Value"),
        "section": pgettext("column", "Section"),
        "versions": _("Versions"),
        **{f"kind_{kind}": label for kind, label in kinds().items()},
    }


def kinds() -> dict[str, str]:
    """The kinds of question, by their codes in a definition."""
    return {
        "single": _("single choice"),
        "multiple": _("several choices"),
        "boolean": _("yes or no"),
        "scale": pgettext("kind of question", "scale"),
        "rating": pgettext("kind of question", "rating"),
        "ranking": pgettext("kind of question", "ranking"),
        "matrix": pgettext("kind of question", "table"),
        "integer": _("whole number"),
        "decimal": pgettext("kind of question", "decimal number"),
        "date": pgettext("kind of question", "date"),
        "time": pgettext("kind of question", "time"),
        "text": _("short text"),
        "long_text": _("long text"),
        "email": pgettext("kind of question", "e-mail address"),
        "phone": pgettext("kind of question", "telephone number"),
        "territory": pgettext("kind of question", "territory"),
        "place": pgettext("kind of question", "place"),
        "file": pgettext("kind of question", "file"),
        "computed": pgettext("kind of question", "computed value"),
    }


def notes(*, threshold: int, with_rows: bool) -> list[str]:
    """What to know before reading the figures."""
    found = [
        _("Shares are of the people who answered the question; its bases are on its own line."),
        _(
            "Asked = answered + without an answer. Beside them: those to whom a condition did not"
            " put the question, and those who answered another version of the questionnaire."
        ),
        _(
            "Where several answers were possible, the share is of the people who answered and the"
            " share of mentions is of all the answers they gave."
        ),
    ]
    if threshold > 1:
        found.append(
            _(
                "“%(hidden)s”: fewer than %(threshold)s responses say this, or showing the"
                " figure would give another one away by subtraction."
            )
            % {"hidden": pgettext("figure", "hidden"), "threshold": threshold}
        )
    if with_rows:
        found.append(
            _(
                "The sheet of responses protects nobody: keep this file to yourself. Its first"
                " line holds the labels, its second the codes that the code book explains."
            )
        )
        found.append(
            _(
                "An empty cell: the question was not answered, or not asked. The code book says"
                " on what condition each one was."
            )
        )
    return found
