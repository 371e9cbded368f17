"""The words of XLSForm: names of columns and of types, as people and tools have written them."""

import re
from dataclasses import dataclass
from typing import Final

from surveys.questionnaires.definition import COMPUTED, STATEMENT
from surveys.questionnaires.interchange import gettext_noop as _

Tokens = tuple[str, ...]
"""A column: `("label",)`, `("label", "English (en)")`, `("bind", "relevant")`."""

NAME: Final[Tokens] = ("name",)
TYPE: Final[Tokens] = ("type",)
LABEL: Final[Tokens] = ("label",)
HINT: Final[Tokens] = ("hint",)
DEFAULT: Final[Tokens] = ("default",)
PARAMETERS: Final[Tokens] = ("parameters",)
CHOICE_FILTER: Final[Tokens] = ("choice_filter",)
LIST_NAME: Final[Tokens] = ("list_name",)
DISABLED: Final[Tokens] = ("disabled",)
APPEARANCE: Final[Tokens] = ("control", "appearance")
REQUIRED: Final[Tokens] = ("bind", "required")
REQUIRED_MESSAGE: Final[Tokens] = ("bind", "jr:requiredMsg")
RELEVANT: Final[Tokens] = ("bind", "relevant")
CONSTRAINT: Final[Tokens] = ("bind", "constraint")
CONSTRAINT_MESSAGE: Final[Tokens] = ("bind", "jr:constraintMsg")
CALCULATION: Final[Tokens] = ("bind", "calculate")

OWN_SHEET: Final = "maillage"
OWN: Final[Tokens] = (OWN_SHEET,)
"""The sheet and the column where an export keeps what XLSForm has no word for."""

USUAL_HEADERS: Final[dict[Tokens, str]] = {
    APPEARANCE: "appearance",
    REQUIRED: "required",
    REQUIRED_MESSAGE: "required_message",
    RELEVANT: "relevant",
    CONSTRAINT: "constraint",
    CONSTRAINT_MESSAGE: "constraint_message",
    CALCULATION: "calculation",
    ("bind", "readonly"): "read_only",
    ("control", "jr:count"): "repeat_count",
}

SHEETS: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")

SURVEY_COLUMNS: Final = frozenset(
    [
        "type",
        "name",
        "label",
        "hint",
        "default",
        "bind",
        "control",
        "media",
        "instance",
        "choice_filter",
        "parameters",
        "trigger",
        "guidance_hint",
        "itemset",
        "list_name",
        "query",
        "sms_field",
        "disabled",
    ]
)
SURVEY_ALIASES: Final[dict[str, Tokens]] = {
    "read_only": ("bind", "readonly"),
    "readonly": ("bind", "readonly"),
    "relevant": RELEVANT,
    "relevance": RELEVANT,
    "caption": LABEL,
    "appearance": APPEARANCE,
    "required": REQUIRED,
    "constraint": CONSTRAINT,
    "constraining_message": CONSTRAINT_MESSAGE,
    "constraint_message": CONSTRAINT_MESSAGE,
    "requiredmsg": REQUIRED_MESSAGE,
    "required_message": REQUIRED_MESSAGE,
    "calculation": CALCULATION,
    "calculate": CALCULATION,
    "command": TYPE,
    "tag": NAME,
    "value": NAME,
    "image": ("media", "image"),
    "big-image": ("media", "big-image"),
    "audio": ("media", "audio"),
    "video": ("media", "video"),
    "count": ("control", "jr:count"),
    "repeat_count": ("control", "jr:count"),
    "jr:count": ("control", "jr:count"),
    "autoplay": ("control", "autoplay"),
    "rows": ("control", "rows"),
    "noapperrorstring": ("bind", "jr:noAppErrorString"),
    "no_app_error_string": ("bind", "jr:noAppErrorString"),
    "body": ("control",),
    "compact_tag": ("instance", "odk:tag"),
    "save_to": ("bind", "entities:saveto"),
}
CHOICES_COLUMNS: Final = frozenset({"name", "label", "media", "sms_option"})
CHOICES_ALIASES: Final[dict[str, Tokens]] = {
    "caption": LABEL,
    "list_name": LIST_NAME,
    "value": NAME,
    **{name: ("media", name) for name in ("image", "big-image", "audio", "video")},
}
SETTINGS_COLUMNS: Final = frozenset(
    [
        "add_none_option",
        "allow_choice_duplicates",
        "attribute",
        "auto_delete",
        "auto_send",
        "clean_text_values",
        "client_editable",
        "default_language",
        "delimiter",
        "flat",
        "id_string",
        "instance_name",
        "instance_xmlns",
        "name",
        "namespaces",
        "omit_instanceID",
        "prefix",
        "public_key",
        "sms_keyword",
        "sms_separator",
        "style",
        "submission_url",
        "title",
        "version",
    ]
)
SETTINGS_ALIASES: Final[dict[str, Tokens]] = {
    "form_title": ("title",),
    "set_form_title": ("title",),
    "form_id": ("id_string",),
    "set_form_id": ("id_string",),
}

YES: Final = frozenset({"yes", "Yes", "YES", "true", "True", "TRUE", "true()"})
NO: Final = frozenset({"no", "No", "NO", "false", "False", "FALSE", "false()"})

XML_NAME: Final = re.compile(r"[^\W\d][\w.\-·]*(:[^\W\d][\w.\-·]*)?")
"""What a name may be in a file; a code is stricter (see `tree`)."""

BEGIN: Final = re.compile(
    r"begin[\s_](group|lgroup|repeat|looped group|loop)(?: (?:over )?(\S+))?", re.ASCII
)
END: Final = re.compile(r"end[\s_](group|lgroup|repeat|looped group|loop)", re.ASCII)
CONTROLS: Final = {
    "group": "group",
    "loop": "loop",
    "lgroup": "repeat",
    "repeat": "repeat",
    "looped group": "repeat",
}

SELECTS: Final = {
    "add select one prompt using": "single",
    "add select multiple prompt using": "multiple",
    "select all that apply from": "multiple",
    "select one from": "single",
    "select1": "single",
    "select_one": "single",
    "select one": "single",
    "select_multiple": "multiple",
    "select all that apply": "multiple",
    "rank": "ranking",
}
SELECTS_ELSEWHERE: Final = frozenset(
    {
        "select_one_from_file",
        "select_multiple_from_file",
        "select one from file",
        "select multiple from file",
        "select_one_external",
    }
)
SELECT: Final = re.compile(
    rf"({'|'.join([*SELECTS_ELSEWHERE, *SELECTS])}) (\S+)"
    r"( or specify other| or_other| or other)?"
)
CHOICES_FILE: Final = re.compile(r".*\.(xml|csv|geojson)")


def _prompts(kind: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, kind)


KIND_OF_TYPE: Final = {
    **_prompts("text", "text", "string", "q string", "add text prompt"),
    **_prompts("integer", "integer", "int", "q int", "add integer prompt"),
    **_prompts("decimal", "decimal", "q decimal", "add decimal prompt"),
    **_prompts("date", "date", "q date", "add date prompt"),
    **_prompts("time", "time"),
    **_prompts("phone", "phone number"),
    **_prompts("place", "geopoint", "gps", "location", "q geopoint", "q location"),
    **_prompts("place", "add location prompt"),
    **_prompts("file", "image", "photo", "q image", "q picture", "file", "add file prompt"),
    **_prompts("file", "add image prompt", "add photo prompt"),
    **_prompts("single", "acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"),
    **_prompts("rating", "range"),
    **_prompts(STATEMENT, "note", "q note", "add note prompt"),
    **_prompts(COMPUTED, "calculate", "q calculate", "add calculate prompt"),
    **_prompts("integer", "percentage", "number of days in last month"),
    **_prompts("integer", "number of days in last six months", "number of days in last year"),
}
ACKNOWLEDGED: Final = "OK"
"""The value, and the only choice, of XLSForm's "acknowledge"."""
FILES: Final = frozenset({"file", "add file prompt"})
WITHIN: Final = {
    "percentage": (0, 100),
    "number of days in last month": (0, 31),
    "number of days in last six months": (0, 183),
    "number of days in last year": (0, 365),
}
TYPE_OF_KIND: Final = {
    "text": "text",
    "long_text": "text",
    "email": "text",
    "phone": "text",
    "territory": "text",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "place": "geopoint",
    "file": "file",
    "rating": "range",
    STATEMENT: "note",
    COMPUTED: "calculate",
}
"""The type that a kind is written as, where it has no choices and brought no type."""

PICTURE: Final = "image"

NO_METADATA = _(
    "This is noted by the device without anybody being asked. Nothing about people is kept "
    "unless they say it: it is not taken."
)
NO_DATE_AND_TIME = _("A date together with a time is not asked here: ask the one, then the other.")
NO_RECORDING = _("Sound and video are not collected here: the question is not taken.")
NO_BARCODE = _("Barcodes are not read here: the question is not taken.")
NO_SHAPE = _("Lines and areas on a map are not collected here: the question is not taken.")
NO_HIDDEN = _("A hidden field is filled by other software: it is not taken.")
NO_OUTSIDE = _("Choices that are kept in another file or sheet are not read: it is not taken.")
NO_PREVIOUS_ANSWERS = _("Choices made of previous answers are not offered here: it is not taken.")
NO_OPEN_STREET_MAP = _("Objects of OpenStreetMap are not collected here: it is not taken.")

REASON_OF_TYPE: Final = {
    **_prompts(
        NO_METADATA,
        *[
            "start",
            "end",
            "today",
            "deviceid",
            "imei",
            "subscriberid",
            "simserial",
            "phonenumber",
            "username",
            "email",
        ],
        *["audit", "start-geopoint", "background-audio", "background-geopoint", "uri:deviceid"],
        *["uri:subscriberid", "uri:simserial", "uri:phonenumber", "uri:username", "uri:email"],
        *("start time", "end time", "device id", "sim id", "subscriber id", "get start time"),
        *("get end time", "get today", "get device id", "get sim id", "get subscriber id"),
        "get phone number",
    ),
    **_prompts(
        NO_DATE_AND_TIME,
        *("dateTime", "datetime", "date time", "q dateTime", "q date time"),
        *("add date time prompt", "add dateTime prompt"),
    ),
    **_prompts(NO_RECORDING, "audio", "video", "q audio", "q video"),
    **_prompts(NO_RECORDING, "add audio prompt", "add video prompt"),
    **_prompts(NO_BARCODE, "barcode", "q barcode", "add barcode prompt"),
    **_prompts(NO_SHAPE, "geotrace", "geoshape", "q geotrace", "q geoshape"),
    **_prompts(NO_HIDDEN, "hidden"),
    **_prompts(NO_OUTSIDE, "xml-external", "csv-external"),
    **_prompts(NO_OPEN_STREET_MAP, "osm"),
}

PARAMETERS_OF_TYPE: Final = {
    "text": frozenset({"rows"}),
    "select": frozenset({"randomize", "seed"}),
    "range": frozenset({"start", "end", "step", "tick_interval", "placeholder", "tick_labelset"}),
    "image": frozenset({"app", "max-pixels"}),
    "geopoint": frozenset(
        {"allow-mock-accuracy", "capture-accuracy", "reference-geometry", "warning-accuracy"}
    ),
}
"""The parameters that a type takes; the types that are not here take any."""


@dataclass(frozen=True)
class RowType:
    """What the type of a row means.

    `kind` is a kind of question, or nothing where it is not taken, for `reason`; `written` is
    the type as the file has it. `control` is "group", "repeat" or "loop".
    """

    written: str
    kind: str = ""
    list_name: str = ""
    or_other: bool = False
    reason: str = ""
    control: str = ""
    ends: str = ""

    @property
    def is_select(self) -> bool:
        return bool(self.list_name) and not self.control


def row_type(written: str) -> RowType | None:
    """What a type means, or None if nobody knows it."""
    if begin := BEGIN.fullmatch(written):
        return RowType(written, control=CONTROLS[begin[1]], list_name=begin[2] or "")
    if end := END.fullmatch(written):
        return RowType(written, ends=CONTROLS[end[1]])
    if select := SELECT.fullmatch(written):
        return _select(written, *select.groups())
    if written in KIND_OF_TYPE:
        return RowType(written, kind=KIND_OF_TYPE[written])
    if written in REASON_OF_TYPE or written.startswith("osm "):
        return RowType(written, reason=REASON_OF_TYPE.get(written, NO_OPEN_STREET_MAP))
    return None


def _select(written: str, command: str, list_name: str, other: str | None) -> RowType:
    if command in SELECTS_ELSEWHERE or CHOICES_FILE.fullmatch(list_name):
        return RowType(written, reason=NO_OUTSIDE)
    if "${" in list_name:
        return RowType(written, reason=NO_PREVIOUS_ANSWERS)
    return RowType(written, SELECTS[command], list_name, or_other=other is not None)


def column_named(header: str, *, double: bool, aliases: dict, known: frozenset[str]) -> Tokens:
    """The column that a header names. `double`: some header of the sheet uses `::`, so that a
    simple `:` separates nothing."""
    for name in (header, _snake(header)):
        if name in known and name not in aliases:
            return (name,)
    if double or "::" in header:
        parts = [part.strip() for part in header.split("::")]
    else:
        parts = _split_at_colons(header)
    first = _snake(parts[0])
    if first in aliases:
        return (*aliases[first], *parts[1:])
    if first in known:
        return (first, *parts[1:])
    return tuple(parts)


def _split_at_colons(header: str) -> list[str]:
    parts = [part.strip() for part in header.split(":")]
    if "jr" in parts[:-1]:
        at = parts.index("jr")
        parts[at : at + 2] = [f"jr:{parts[at + 1]}"]
    return parts


def _snake(name: str) -> str:
    return "_".join(name.split()).lower()


def parameters_in(text: str) -> dict[str, str] | None:
    """`start=0 end=10` as a dictionary; None where it is not written like that."""
    pairs = re.findall(r"([^\s=,;]+)\s*=\s*([^\s=,;]+)", text)
    rest = re.sub(r"([^\s=,;]+)\s*=\s*([^\s=,;]+)", "", text)
    if rest.strip(" \t\r\n,;"):
        return None
    return {name.lower(): value for name, value in pairs}


def are_in_order(parameters: dict[str, str]) -> bool:
    """Whether each parameter has a value that its type takes."""
    whole = (parameters.get(name, "0") for name in ("rows", "max-pixels", "location-max-age"))
    flags = (parameters.get(name, "true") for name in ("randomize", *AUDIT_FLAGS))
    seed = parameters.get("seed", "0")
    return (
        all(re.fullmatch(r"[+-]?\d+", number) for number in whole)
        and all(flag.lower() in {"true", "false"} for flag in flags)
        and ("seed" not in parameters or "randomize" in parameters)
        and (seed.startswith("${") or re.fullmatch(r"[+-]?\d+(\.\d*)?", seed) is not None)
    )


AUDIT_FLAGS: Final = ("track-changes", "identify-user", "allow-mock-accuracy")
