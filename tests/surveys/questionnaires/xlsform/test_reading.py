"""What is read in a workbook is what pyxform, the reference reader, reads in it."""

from collections.abc import Iterator
from typing import Any

import pytest

from surveys.questionnaires.definition import Definition, Group, Question, Section, Text
from tests.surveys.questionnaires.xlsform.sheets import (
    Rows,
    exported,
    named,
    pyxform_form,
    pyxform_json,
    read,
    read_file,
    without_identities,
    workbook,
)

YES_NO: Rows = [
    ["list_name", "name", "label::English (en)", "label::Français (fr)"],
    ["yes_no", 1, "Yes", "Oui"],
    ["yes_no", 0, "No", "Non"],
]

FORMS: dict[str, dict[str, Rows]] = {
    "two languages, a default one, and groups with conditions": {
        "survey": [
            ["type", "name", "label::English (en)", "label::Français (fr)", "relevant"],
            ["begin_group", "home", "Home", "Chez vous", ""],
            ["select_one yes_no", "garden", "A garden?", "Un jardin ?", ""],
            ["begin group", "about", "About it", "À son propos", "${garden} = 1"],
            ["integer", "area", "Its area", "Sa surface", ""],
            ["end group", "", "", "", ""],
            ["end_group", "", "", "", ""],
            ["text", "last", "Last words", "Un dernier mot", "${area} > 10"],
        ],
        "choices": YES_NO,
        "settings": [["form_title", "default_language"], ["Jardins", "Français (fr)"]],
    },
    "languages that are called by their codes, and none by default": {
        "survey": [
            ["type", "name", "label::en", "label::fr", "hint::fr"],
            ["select_one yes_no", "garden", "A garden?", "Un jardin ?", "Même petit"],
        ],
        "choices": [["list_name", "name", "label::en", "label::fr"], ["yes_no", "y", "Yes", "Oui"]],
    },
    "headers in any case, with spaces, and columns and rows left blank": {
        "survey": [
            ["", "TYPE", " Name ", "Label", "Relevance", "notes"],
            ["", "text ", " street ", "  Which   street? ", "", "ours"],
            [],
            ["", "select_one  sides ", "side", "Which side?", "${street} != ''", ""],
        ],
        "choices": [
            ["List Name", "", "name", "label"],
            ["sides", "", 1, "Left "],
            [],
            ["sides", "", 2.0, "Right"],
        ],
    },
    "older words, and single colons": {
        "survey": [
            ["command", "tag", "label:English", "label:Swahili", "bind:relevant", "bind:required"],
            ["select1 sides", "side", "Side", "Upande", "", "yes"],
            ["select all that apply from sides", "sides", "Sides", "Pande", "${side} = 'l'", ""],
            ["add integer prompt", "floor", "Floor", "Ghorofa", "", ""],
        ],
        "choices": [
            ["list name", "value", "label:English", "label:Swahili"],
            ["sides", "l", "Left", "Kushoto"],
            ["sides", "r", "Right", "Kulia"],
        ],
    },
    "a repetition, media, parameters, filters and calculations": {
        "survey": [
            ["type", "name", "label", "calculation", "repeat_count", "media::image", "parameters"],
            ["integer", "children", "How many?", "", "", "", ""],
            ["begin repeat", "child", "A child", "", "${children}", "", ""],
            ["text", "first_name", "Name", "", "", "name.png", ""],
            ["rank sides", "order", "In which order?", "", "", "", ""],
            ["end repeat", "", "", "", "", "", ""],
            ["range", "mark", "A mark", "", "", "", "start=1 end=5 step=1"],
            ["calculate", "double", "", "${children} * 2", "", "", ""],
            ["note", "bye", "Bye ${first_name}", "", "", "", ""],
        ],
        "choices": [
            ["list_name", "name", "label"],
            ["sides", "l", "Left"],
            ["sides", "r", "Right"],
        ],
    },
    "one name in two groups, and names that are no codes": {
        "survey": [
            ["type", "name", "label"],
            ["begin group", "one", "One"],
            ["text", "same", "The first"],
            ["end group", "", ""],
            ["begin group", "two", "Two"],
            ["text", "same", "The second"],
            ["end group", "", ""],
            ["text", "été", "Summer"],
        ],
    },
}
KINDS = {
    "select one": "single",
    "select all that apply": "multiple",
    "rank": "ranking",
    "range": "rating",
    "calculate": "computed",
    "note": "statement",
    "add integer prompt": "integer",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_names_order_groups_kinds_texts_conditions_and_choices_are_those_of_pyxform(form):
    file = workbook(**form)

    assert list(said_by_us(read_file(file))) == list(said_by_pyxform(file))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_exported_it_is_the_same_form_and_imported_again_the_same_questionnaire(form):
    definition = read_file(workbook(**form))

    file = exported(definition)

    assert list(said_by_pyxform(file)) == list(said_by_pyxform(workbook(**form)))
    assert pyxform_form(file)
    assert without_identities(read_file(file)) == without_identities(definition)


def test_whatever_is_not_asked_is_named_where_it_stands():
    form: dict[str, Rows] = {
        "survey": [
            ["type", "name", "label", "calculation"],
            ["start", "start", "", ""],
            ["audit", "audit", "", ""],
            ["text", "street", "Which street?", ""],
            ["calculate", "number", "", "once(uuid())"],
            ["select_one_from_file towns.csv", "town", "Which town?", ""],
            ["barcode", "code", "Scan it", ""],
        ],
    }

    assert [question.code for question in read(**form).sections[0].questions] == ["street"]
    assert named(**form) == [
        ("survey", 2, "type"),
        ("survey", 3, "type"),
        ("survey", 5, "calculation"),
        ("survey", 6, "type"),
        ("survey", 7, "type"),
    ]


# -- The same words for what both read -----------------------------------------------------


def said_by_pyxform(file: bytes):
    form = pyxform_json(file)
    default = form["default_language"]

    def text(said: str | dict | None) -> dict[str, str]:
        return {default: said} if isinstance(said, str) and said else dict(said or {})

    def walk(children: list[dict], path: tuple[str, ...]):
        for one in children:
            name, bind = one["name"], one.get("bind", {})
            if name == "meta":
                continue
            told = (path, name, text(one.get("label")), bind.get("relevant", ""))
            if one["type"] in {"group", "repeat"}:
                yield told
                yield from walk(one["children"], (*path, name))
            else:
                choices = form.get("choices", {}).get(one.get("itemset"), [])
                yield (
                    *told,
                    KINDS.get(one["type"], one["type"]),
                    text(one.get("hint")),
                    bind.get("calculate", ""),
                    [(choice["name"], text(choice["label"])) for choice in choices],
                )

    return walk(form["children"], ())


def said_by_us(definition: Definition):
    default = "default" if "" in definition.language_names.values() else ""

    def text(said: Text) -> dict[str, str]:
        return {definition.language_names[one] or default: words for one, words in said.items()}

    def element(path: tuple[str, ...], one: Any, label: Text) -> tuple:
        return path, one.carried.get("name", one.code), text(label), one.condition

    for section in definition.sections:
        paths: dict[str, tuple[str, ...]] = {"": ()}
        if not section.is_loose:
            yield element((), section, section.title)
            paths[""] = (section.code,)
        for one in in_order(section):
            if isinstance(one, Group):
                yield element(paths[one.parent], one, one.title)
                paths[one.id] = (*paths[one.parent], one.code)
            else:
                yield (
                    *element(paths[one.group], one, one.label),
                    one.kind,
                    text(one.hint),
                    one.calculation,
                    [(choice.code, text(choice.label)) for choice in one.choices],
                )


def in_order(section: Section) -> Iterator[Group | Question]:
    """Each group before the first of its questions."""
    groups = {group.id: group for group in section.groups}
    seen: set[str] = set()
    for question in section.questions:
        around, name = [], question.group
        while name and name not in seen:
            around.append(groups[name])
            seen.add(name)
            name = groups[name].parent
        yield from reversed(around)
        yield question
