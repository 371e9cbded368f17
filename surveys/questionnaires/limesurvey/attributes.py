"""Attributes of LimeSurvey's questions: those taken, those that say something. Plain Python."""

import re

TAKEN = frozenset(
    [
        "min_answers",
        "max_answers",
        "exclude_all_others",
        "assessment_value",
        "num_value_int_only",
        "min_num_value_n",
        "max_num_value_n",
        "prefix",
        "suffix",
        "numbers_only",
        "date_format",
        "date_min",
        "date_max",
        "allowed_filetypes",
        "dualscale_headerA",
        "dualscale_headerB",
        "hidden",
        "em_validation_q",
        "em_validation_q_tip",
        "maximum_chars",
        "equation",
    ]
)

NOTHING = frozenset({"", "0", "N", "I", "inherit", "default", "none", "None"})

USUAL = {
    "statistics_showgraph": {"1"},
    "statistics_graphtype": {"0"},
    "time_limit_action": {"1"},
    "time_limit_warning_style": {"1"},
    "other_position": {"end"},
    "answer_order": {"normal"},
    "max_filesize": {"10240"},
    "max_num_of_files": {"1", "10"},
    "show_title": {"1"},
    "show_comment": {"1"},
    "multiflexible_max": {"10"},
    "multiflexible_min": {"1"},
    "multiflexible_step": {"1"},
    "date_max": {"2037-12-31"},
    "date_min": {"1900-01-01"},
    "dropdown_dates_minute_step": {"1"},
    "dropdown_prepostfix": {"0"},
    "reverse": {"0"},
    "slider_middlestart": {"1"},
    "slider_showminmax": {"0"},
    "slider_separator": {"|"},
    "slider_orientation": {"0"},
    "slider_handle": {"0"},
    "slider_default_set": {"1"},
    "showpopups": {"1"},
    "samechoiceheight": {"1"},
    "samelistheight": {"1"},
    "use_dropdown": {"0"},
    "category_separator": {"-"},
    "label_input_columns": {"12"},
    "text_input_columns": {"12"},
    "display_type": {"0"},
    "location_mapheight": {"300"},
    "location_mapwidth": {"500"},
    "location_mapzoom": {"11"},
    "location_defaultcoordinates": set(),
    "rank_title": set(),
    "choice_title": set(),
    "keep_aspect": {"0"},
}
LOOKS = re.compile(
    r"statistics_|time_limit_(style|timer|warning_style|message_style|message_delay)|cssclass$"
    r"|.*_width$|display_(rows|columns)$|input_size$|page_break$|hide_tip$|printable_help$"
    r"|scale_export$|public_statistics$|save_as_default$|repeat_headings$|alphasort$"
    r"|input_boxes$|placeholder$|horizontal_scroll$|question_theme"
)
"""How a question looks or is exported in LimeSurvey: it says nothing about what is asked."""


def is_worth_naming(name: str, value: str) -> bool:
    """Whether the value of an attribute says something that its default does not."""
    if LOOKS.match(name) or value in NOTHING:
        return False
    return value not in USUAL.get(name, set())
