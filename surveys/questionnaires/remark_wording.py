"""Remarks on a file, as people read them."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from surveys.questionnaires.interchange import Remark


def reported(remark: Remark) -> dict[str, Any]:
    """A remark as scripts read it, its reason in words."""
    return {
        "sheet": remark.sheet,
        "row": remark.row,
        "column": remark.column,
        "what": remark.what,
        "reason": reason_of(remark),
    }


def reason_of(remark: Remark) -> str:
    return gettext(remark.reason) % dict(remark.params)


def place_of(remark: Remark) -> str:
    """Where it stands: the sheet, the row, the column, as far as they are known."""
    parts = [_("sheet “%(name)s”") % {"name": remark.sheet}] if remark.sheet else []
    if remark.row is not None:
        parts.append(_("row %(number)s") % {"number": remark.row})
    if remark.column:
        parts.append(_("column “%(name)s”") % {"name": remark.column})
    return ", ".join(parts)


def in_one_line(remark: Remark) -> str:
    return " · ".join(filter(None, [place_of(remark), remark.what, reason_of(remark)]))
