"""LimeSurvey's tab-separated questionnaires."""

import pytest

from surveys.questionnaires.interchange import MalformedQuestionnaire
from surveys.questionnaires.limesurvey import is_limesurvey, read
from tests.surveys.questionnaires.limesurvey.files import tabs

SURVEY = tabs(
    "S||language||fr",
    "S||additional_languages||en",
    "SL||surveyls_title||Besoins||fr",
    "SL||surveyls_title||Needs||en",
    "G|0|Vous|1|Parlons de vous||fr",
    "Q|L|age|1|Votre âge ?|En années|fr||Y|Y|A2||",
    "A|0|A1|2|Moins de 30 ans||fr",
    "A|0|A2|5|Plus||fr",
    "Q|M|besoins|age.NAOK == 'A1'|Vos besoins ?||fr||N||||2",
    "SQ|0|sante|1|Santé||fr",
    "SQ|0|rien|1|Rien||fr",
    "G|0|You|1|About you||en",
    "Q|L|age|1|Your age?|In years|en||Y|Y|A2||",
    "A|0|A1|2|Under 30||en",
    "A|0|A2|5|More||en",
    "Q|M|besoins|age.NAOK == 'A1'|Your needs?||en||N||||2",
    "SQ|0|sante|1|Health||en",
    "SQ|0|rien|1|Nothing||en",
)


def test_rows_of_each_language_make_one_questionnaire():
    found = read(SURVEY)

    (section,) = found.definition.sections
    age, needs = section.questions
    assert found.definition.languages == ("fr", "en")
    assert found.definition.title == {"fr": "Besoins", "en": "Needs"}
    assert section.title == {"fr": "Vous", "en": "You"}
    assert section.introduction == {"fr": "Parlons de vous", "en": "About you"}
    assert age.label == {"fr": "Votre âge ?", "en": "Your age?"}
    assert age.hint == {"fr": "En années", "en": "In years"}
    assert (age.required, age.has_other, age.default) == (True, True, "A2")
    assert [(one.code, one.score, one.label["en"]) for one in age.choices] == [
        ("A1", 2, "Under 30"),
        ("A2", 5, "More"),
    ]
    assert (needs.condition, needs.maximum) == ("${age} = 'A1'", 2)
    assert [one.label["en"] for one in needs.choices] == ["Health", "Nothing"]
    assert found.unsupported == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_any_encoding_is_read(encoding):
    content = SURVEY.decode("utf-8-sig").encode(encoding)

    assert is_limesurvey(content)
    assert read(content).definition.sections[0].questions[0].label["fr"] == "Votre âge ?"


def test_a_class_that_is_not_taken_is_named_by_its_row():
    found = read(tabs("G|0|Vous||||fr", "Q|S|nom|1|Nom ?||fr", "QTA|1|Quota|||"))

    assert [(one.row, one.column, one.what) for one in found.unsupported] == [(4, "class", "QTA")]


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        (("Q|S|nom|1|Nom ?||fr",), 2),
        (("G|0|Vous||||fr", "A|0|A1||Oui||fr"), 3),
        (("G|0|Vous||||fr", "Q|S|nom|1|Nom ?||fr", "Q|S|nom|1|Nom ?||fr"), 4),
        (("G|0|Vous||||fr", "Q|S|mon nom|1|Nom ?||fr"), 3),
    ],
)
def test_a_malformed_text_is_refused_by_its_row(rows, row):
    with pytest.raises(MalformedQuestionnaire) as refusal:
        read(tabs(*rows))

    assert [one.row for one in refusal.value.problems] == [row]


def test_an_ordinary_text_is_not_limesurveys():
    assert not is_limesurvey(b"type\tname\tlabel\ntext\tnom\tNom ?\n")
    assert not is_limesurvey(b"\xff\xfe\x00")
    assert not is_limesurvey(b"")
