import itertools
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires import translations
from surveys.questionnaires.definition import (
    Choice,
    Definition,
    Group,
    Question,
    Row,
    Section,
    language_of,
    text_in,
)
from surveys.questionnaires.translations import Progress, State

words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
maybe = st.just("") | words


def fr(text: str) -> dict[str, str]:
    return {"fr": text} if text else {}


def question(code: str, **more) -> Question:
    return Question(
        id=f"i-{code}", code=code, kind="single", label=fr(f"Question {code} ?"), **more
    )


DEFINITION = Definition(
    title=fr("Vos besoins"),
    introduction=fr("Trois minutes."),
    sections=(
        Section(
            id="i-s1",
            code="s1",
            title=fr("Le quartier"),
            groups=(
                Group(id="i-outer", code="outer", title=fr("Dehors")),
                Group(id="i-inner", code="inner", title=fr("Les parcs"), parent="i-outer"),
            ),
            questions=(
                question(
                    "parcs",
                    hint=fr("Une seule réponse."),
                    group="i-inner",
                    choices=(Choice("i-c1", "oui", fr("Oui")), Choice("i-c2", "non", fr("Non"))),
                    check_message=fr("Relisez."),
                ),
                question("rues", group="i-inner", rows=(Row("i-r1", "jour", fr("Le jour")),)),
            ),
        ),
    ),
)

parts = st.lists(st.builds(Choice, id=words, code=words, label=st.builds(fr, maybe)), max_size=3)
questions = st.builds(
    Question,
    id=words,
    code=words,
    kind=st.just("single"),
    label=st.builds(fr, maybe),
    hint=st.builds(fr, maybe),
    unit=st.builds(fr, maybe),
    required_message=st.builds(fr, maybe),
    choices=parts.map(tuple),
)
sections = st.builds(
    Section,
    id=words,
    title=st.builds(fr, maybe),
    questions=st.lists(questions, max_size=3).map(tuple),
)
drawn = st.builds(
    Definition,
    title=st.builds(fr, words),
    introduction=st.builds(fr, maybe),
    sections=st.lists(sections, max_size=2).map(tuple),
)


def told_apart(definition: Definition) -> Definition:
    """The same definition, where no two things share an identity."""
    numbers = itertools.count()

    def choice(one: Choice) -> Choice:
        return replace(one, id=f"c{next(numbers)}")

    def asked(one: Question) -> Question:
        return replace(one, id=f"q{next(numbers)}", choices=tuple(map(choice, one.choices)))

    def section(one: Section) -> Section:
        return replace(one, id=f"s{next(numbers)}", questions=tuple(map(asked, one.questions)))

    return replace(definition, sections=tuple(map(section, definition.sections)))


definitions = drawn.map(told_apart)


def test_the_texts_to_translate_come_in_the_order_of_reading():
    found = translations.source_texts(DEFINITION)

    assert [(one.key, one.of, one.code, one.section, one.question) for one in found] == [
        ("/title", "questionnaire", "", 0, ""),
        ("/introduction", "questionnaire", "", 0, ""),
        ("i-s1/title", "section", "s1", 1, ""),
        ("i-outer/title", "group", "outer", 1, ""),
        ("i-inner/title", "group", "inner", 1, ""),
        ("i-parcs/label", "question", "parcs", 1, ""),
        ("i-parcs/hint", "question", "parcs", 1, ""),
        ("i-c1/label", "choice", "oui", 1, "parcs"),
        ("i-c2/label", "choice", "non", 1, "parcs"),
        ("i-parcs/check_message", "question", "parcs", 1, ""),
        ("i-rues/label", "question", "rues", 1, ""),
        ("i-r1/label", "row", "jour", 1, "rues"),
    ]


def test_a_text_is_missing_translated_or_to_review_when_its_source_changed():
    source = next(one for one in translations.source_texts(DEFINITION) if one.key == "i-parcs/hint")

    def state(**entry: str) -> State:
        return translations.state_of(source, {source.key: entry}, "en")

    assert translations.state_of(source, {}, "en") is State.MISSING
    assert state(text="  ", of=source.text) is State.MISSING
    assert state(text="Only one.", of=source.text) is State.TRANSLATED
    assert state(text="Only one.", of="Une réponse.") is State.TO_REVIEW


def test_how_far_a_language_is_counts_the_texts_that_there_are_now():
    stored = {
        "en": {
            "/title": {"text": "Your needs", "of": "Vos besoins"},
            "/introduction": {"text": "Two minutes.", "of": "Deux minutes."},
            "i-removed/label": {"text": "Gone", "of": "Parti"},
        }
    }

    found = translations.progress_of(DEFINITION, stored, "en")

    assert found == Progress(total=12, translated=1, missing=10, to_review=1)
    assert found.percent == 8
    assert translations.progress_of(DEFINITION, stored, "ar").percent == 0


def test_a_language_without_translations_is_a_language_all_the_same():
    applied = translations.apply(DEFINITION, {"ar": {}, "en": {}})

    assert applied.languages == ("fr", "ar", "en")
    assert replace(applied, languages=("fr",)) == DEFINITION


@given(definitions, st.data())
def test_every_text_is_read_in_the_language_asked_or_in_its_own_and_never_blank(definition, data):
    keys = [source.key for source in translations.source_texts(definition)]
    entry = st.builds(lambda text: {"text": text, "of": "?"}, maybe)
    said = data.draw(st.dictionaries(st.sampled_from(keys), entry))

    applied = translations.apply(definition, {"ar": said})

    read = {source.key: source.text for source in translations.source_texts(definition)}
    written = dict(translations._said(applied))
    for key, source in read.items():
        asked = text_in(written[key], "ar")
        translated = said.get(key, {}).get("text", "")
        assert asked == (translated or source)
        assert language_of(asked) == ("ar" if translated else "fr")


@given(definitions)
def test_what_is_taken_out_of_a_definition_is_what_is_put_back(definition):
    keys = {source.key: source.text for source in translations.source_texts(definition)}
    stored = {"en": {key: {"text": f"<{text}>", "of": text} for key, text in keys.items()}}

    applied = translations.apply(definition, stored)

    assert translations.translations_in(applied) == stored
    assert translations.apply(definition, translations.translations_in(applied)) == applied


@pytest.mark.parametrize("written_in", ["en", "tr"])
def test_a_text_falls_back_on_the_language_of_its_questionnaire_however_it_was_stored(written_in):
    title = {"ar": "ع", "en": "Needs", "fr": "Besoins", "tr": "İhtiyaçlar"}
    definition = Definition(title=title, languages=(written_in, "ar", "fr"))
    stored = json.loads(json.dumps(definition.to_json(), sort_keys=True))

    read = Definition.from_json(stored)

    assert read == definition
    assert text_in(read.title, "pt") == title[written_in]
    assert language_of(text_in(read.title, "pt")) == written_in


def test_a_copy_says_what_its_original_says_in_every_language():
    entry = {"text": "Agree", "of": "D'accord"}
    stored = {"en": {"i-q/label": {"text": "Q", "of": "Q ?"}, "i-q.agree/label": entry}, "ar": {}}

    copied = translations.copy_translations(stored, {"i-new": "i-q", "i-other": "i-q"})

    assert copied == {
        "en": {
            **stored["en"],
            "i-new/label": {"text": "Q", "of": "Q ?"},
            "i-other/label": {"text": "Q", "of": "Q ?"},
            "i-new.agree/label": entry,
            "i-other.agree/label": entry,
        },
        "ar": {},
    }


def test_a_copy_that_was_translated_since_keeps_what_it_says():
    stored = {
        "en": {
            "i-q/label": {"text": "Q", "of": "Q ?"},
            "i-new/label": {"text": "Mine", "of": "Q ?"},
        }
    }

    assert translations.copy_translations(stored, {"i-new": "i-q"}) == stored


def test_the_points_of_our_scales_are_translated_by_themselves():
    points = (Choice("i-q.plutot", "plutot", {"fr": "Plutôt", "en": "Rather"}),)
    asked = Question("i-q", "q", "scale", fr("Et vous ?"), choices=points)
    definition = Definition(fr("Titre"), sections=(Section("s", {}, questions=(asked,)),))

    assert translations.progress_of(definition, {"en": {}}, "en").missing == 2
    assert translations.progress_of(definition, {"en": {}}, "ar").missing == 3


def test_what_was_translated_once_is_proposed_where_it_is_said_again():
    twice = tuple(Choice(f"c{n}", f"c{n}", fr("Oui")) for n in (1, 2))
    asked = Question("q", "q", "single", fr("Et vous ?"), choices=twice)
    definition = translations.apply(
        Definition(fr("Titre"), sections=(Section("s", {}, questions=(asked,)),)),
        {"ar": {"c1/label": {"text": "نعم", "of": "Oui"}}},
    )

    assert translations.proposals(definition, "ar") == {"Oui": "نعم"}


@pytest.mark.parametrize(
    ("source", "translation", "lost"),
    [
        ("Bonjour ${prenom} !", "Hello ${prenom}!", []),
        ("Bonjour ${prenom} !", "Hello!", ["${prenom}"]),
        ("De {a} à {b}", "From {a} to b", ["{b}"]),
        ("Sans rien", "Nothing", []),
    ],
)
def test_a_translation_that_loses_a_placeholder_is_noticed(source, translation, lost):
    assert translations.lost_placeholders(source, translation) == lost
