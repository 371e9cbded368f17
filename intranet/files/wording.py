"""Why a file was refused, in words that say what to do next."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from intranet.files.inspection import RefusedFile

REASONS: dict[str, Promise] = {
    "file_empty": gettext_lazy("This file is empty: choose another one."),
    "file_too_large": gettext_lazy(
        "This file has more than %(maximum)s MB: make it smaller, or choose another one."
    ),
    "file_kind": gettext_lazy(
        "This kind of file is not accepted, whatever its name says: send a picture, a PDF, a text, "
        "a spreadsheet or a presentation."
    ),
    "file_not_a_picture": gettext_lazy("A picture is expected here: JPEG, PNG or WebP."),
    "file_not_a_document": gettext_lazy(
        "A document is expected here, not a picture: for example a PDF."
    ),
    "file_damaged": gettext_lazy(
        "This file cannot be read: open it on your device, save it again, then send it."
    ),
    "file_locked": gettext_lazy("This file is locked with a password: save it without one."),
    "file_with_macros": gettext_lazy(
        "This file contains macros, which could harm who opens it: save it without them."
    ),
    "picture_too_large": gettext_lazy(
        "This picture has more than %(maximum)s million points: make it smaller, then send it."
    ),
}


def refusal(error: RefusedFile) -> str:
    return str(REASONS[error.reason]) % error.params
