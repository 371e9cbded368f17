"""The house inspects itself, so that nobody has to remember its rules."""

import ast
import re
from functools import cache
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string
from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parent.parent
APPS = ("intranet", "pages", "surveys")
FRENCH = HOUSE / "intranet" / "locale" / "fr" / "LC_MESSAGES"
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}


def sources() -> list[Path]:
    return [
        path
        for app in APPS
        for path in (HOUSE / app).rglob("*.py")
        if "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    return [
        path
        for app in APPS
        for path in (HOUSE / app / "templates").rglob("*")
        if path.suffix in {".html", ".txt", ".xml"}
    ]


@cache
def calls(path: Path) -> list[tuple[str, list[ast.expr]]]:
    """Every call of a named function in a module: the name and the arguments."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else None
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name:
                found.append((name, node.args))
    return found


def constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


Message = tuple[str | None, str]
"""A context, or none, and the English."""


def messages_of_python(path: Path) -> set[Message]:
    found: set[Message] = set()
    for name, args in calls(path):
        texts = [constant(arg) for arg in args]
        if name in GETTEXT | PLURAL and texts and texts[0]:
            found.add((None, texts[0]))
        if name in CONTEXT and len(texts) > 1 and texts[1]:
            found.add((texts[0], texts[1]))
    return found


STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(p?n?p?gettext|_)\(\s*{STRING}(?:\s*,\s*{STRING})?")


def messages_of_template(path: Path) -> set[Message]:
    found: set[Message] = set()
    for function, first, second in IN_TEMPLATE.findall(
        templatize(path.read_text(encoding="utf-8"), origin=str(path))
    ):
        if function.startswith(("p", "np")):
            found.add((ast.literal_eval(first), ast.literal_eval(second)))
        else:
            found.add((None, ast.literal_eval(first)))
    return found


@cache
def catalogue() -> list[polib.POEntry]:
    return [entry for path in FRENCH.glob("*.po") for entry in polib.pofile(str(path))]


def test_every_message_has_its_french():
    asked: dict[Message, str] = {}
    for path in sources():
        asked |= {message: str(path.relative_to(HOUSE)) for message in messages_of_python(path)}
    for path in templates():
        asked |= {message: str(path.relative_to(HOUSE)) for message in messages_of_template(path)}
    translated = {(entry.msgctxt, entry.msgid) for entry in catalogue()}

    # Django's own catalogue answers for a few words; ours has to answer for all of ours.
    missing = {f"{asked[message]}: {message[1]!r}" for message in asked.keys() - translated}

    assert asked
    assert sorted(missing) == []


def test_no_french_is_empty_fuzzy_or_without_its_placeholders():
    placeholder = re.compile(r"%\((\w+)\)|\{(\w*)\}")
    faults = []
    for entry in catalogue():
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if "fuzzy" in entry.flags or not all(text.strip() for text in texts):
            faults.append(entry.msgid)
        asked = set(placeholder.findall(entry.msgid_plural or entry.msgid))
        if any(not set(placeholder.findall(text)) <= asked for text in texts):
            faults.append(entry.msgid)

    assert faults == []


def test_french_is_read_with_the_spaces_of_french():
    call_command("compile_languages", verbosity=0)
    ordinary = re.compile(r"[ \w)](?= [;!?»])|[\w)»] :(?=\s|$)|« |[^\s;!?][;!?](?=\s|$)")
    entity = re.compile(r"&\w+;")
    read = polib.mofile(str(FRENCH / "django.mo"))

    faults = [
        text
        for entry in read
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if ordinary.search(entity.sub("", text))
    ]

    assert len(read) > 500
    assert faults == []


def test_the_same_english_has_one_french():
    seen: dict[Message, set[str]] = {}
    for entry in catalogue():
        seen.setdefault((entry.msgctxt, entry.msgid), set()).add(
            entry.msgstr or entry.msgstr_plural.get(0, "")
        )

    assert {message: texts for message, texts in seen.items() if len(texts) > 1} == {}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_no_migration_carries_blocks():
    pouring = [
        str(path.relative_to(HOUSE))
        for app in APPS
        for path in (HOUSE / app / "migrations").glob("0*.py")
        if re.search(r"wagtail\.blocks|block_lookup", path.read_text(encoding="utf-8"))
    ]

    assert pouring == []


def test_every_job_name_resolves():
    names = {
        constant(args[0])
        for path in sources()
        for name, args in calls(path)
        if name == "enqueue" and args and constant(args[0])
    }

    assert names
    for name in names:
        assert ".tasks." in name
        assert callable(import_string(name))


def test_every_template_is_used():
    # Named by Django, Wagtail or allauth, which look them up themselves.
    looked_up = re.compile(
        r"^(account|mfa|usersessions|django/forms|wagtailadmin|wagtailusers|40\d|429|500|allauth)"
    )
    everything = "\n".join(path.read_text(encoding="utf-8") for path in [*sources(), *templates()])
    unused = []
    for path in templates():
        name = str(path).split("/templates/", 1)[1]
        stem = name.rsplit(".", 1)[0]
        if not looked_up.match(name) and not re.search(re.escape(stem) + r"[\"'.]", everything):
            unused.append(name)

    assert unused == []


def test_every_template_compiles():
    for path in templates():
        get_template(str(path).split("/templates/", 1)[1])


def test_no_room_is_a_junk_drawer():
    drawers = {"utils", "common", "core", "helpers", "misc"}

    assert [str(p) for p in sources() if p.stem in drawers or p.parent.name in drawers] == []


def named_urls(resolver: URLResolver | None = None) -> list[URLPattern]:
    found: list[URLPattern] = []
    for entry in (resolver or get_resolver()).url_patterns:
        found += named_urls(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def test_every_address_of_the_surveys_has_a_name():
    ours = [url for url in named_urls() if getattr(url.callback, "__module__", "").startswith(APPS)]

    assert [str(url.pattern) for url in ours if not url.name] == []


def test_only_results_and_exports_open_the_vault():
    openers = {
        str(path.relative_to(HOUSE))
        for path in sources()
        if re.search(
            r"responses\.answers|from surveys\.responses import .*\banswers\b",
            path.read_text(encoding="utf-8"),
        )
    }

    assert openers <= {"surveys/results/queries.py", "surveys/exports/operations.py"}
