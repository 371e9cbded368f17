"""The words of the files, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


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
        "scale": _("scale"),
        "rating": _("rating from 0 to 10"),
        "integer": _("whole number"),
        "text": _("short text"),
        "long_text": _("long text"),
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
    return found
