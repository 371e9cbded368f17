"""What the types of LimeSurvey are here, and what is said of what has no place. Plain Python."""

import re

from surveys.questionnaires.interchange import gettext_noop

KINDS = {
    "L": "single",
    "!": "single",
    "O": "single",
    "G": "single",
    "M": "multiple",
    "P": "multiple",
    "F": "matrix",
    "H": "matrix",
    "A": "matrix",
    "B": "matrix",
    "C": "matrix",
    "E": "matrix",
    "R": "ranking",
    "Y": "boolean",
    "5": "rating",
    "N": "decimal",
    "S": "text",
    "T": "long_text",
    "U": "long_text",
    "D": "date",
    "X": "statement",
    "|": "file",
    "*": "computed",
}
"""Those that are one question; `1`, `K` and `Q` are several."""

NOT_TAKEN = {
    "I": gettext_noop("The choice of a language is offered on every page: no question is needed."),
    ";": gettext_noop("A table of texts is not taken: make a question of each row."),
    ":": gettext_noop("A table of numbers is not taken: make a question of each row."),
}
UNKNOWN_TYPE = gettext_noop("This type of question is not known: make the question again.")
CODE_TWICE = gettext_noop("Two questions have this code: rename one of them.")
CODE_TWICE_IN_ONE = gettext_noop("Two answers of this question have this code: rename one.")
LEFT_OUT = gettext_noop(
    "This expression names what is not there, or depends on itself: write it again in the editor."
)
BAD_CODE = gettext_noop(
    "This code is not possible: write a letter first, then letters, figures, “_”, “.” or “-”."
)
BAD_CHOICE = gettext_noop("The code of an answer may not be empty, nor hold a space.")
NO_CHOICE = gettext_noop("This question has no answers to choose from: add rows for them.")
NO_ROW = gettext_noop("This table has no rows: add subquestions to it.")
NOTHING = gettext_noop("This file holds no question.")
CONDITION_NOT_TAKEN = gettext_noop(
    "This condition is not taken because of “%(part)s”: write it again in the editor."
)
CHECK_NOT_TAKEN = gettext_noop(
    "This check is not taken because of “%(part)s”: write it again in the editor."
)
CALCULATION_NOT_TAKEN = gettext_noop(
    "This calculation is not taken because of “%(part)s”: add it again in the editor."
)
ROW_CONDITION = gettext_noop("The condition of a single row or answer is not taken.")
INSERTS = gettext_noop("This text inserts an answer or a value: it is kept as it is written.")
PICTURES = gettext_noop("Pictures and films in a text are not taken: put its words instead.")
COMMENT = gettext_noop("The comment beside each answer is not taken: add a question for it.")
TWO_SCALES = gettext_noop("The two scales of this table have become two tables.")
SOFT_MANDATORY = gettext_noop("An answer that is only asked for insistently is optional here.")
ROW_RENAMED = gettext_noop("This row is now called %(code)s, since a code begins with a letter.")
ATTRIBUTE = gettext_noop("This setting of the question is not taken.")
DATE_AND_TIME = gettext_noop("Only the date is asked: add a question for the time.")
DEFAULT_NOT_TAKEN = gettext_noop("This default answer is worked out: it is not taken.")
UNTRANSLATED_SCORE = gettext_noop("This score is not a number.")

CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,254}")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
PICTURE_TYPES = frozenset(
    ["png", "gif", "jpg", "jpeg", "webp", "heic", "heif", "bmp", "tif", "tiff"]
)
WHOLE_BRACES = re.compile(r"\s*\{(.*)\}\s*", re.DOTALL)
