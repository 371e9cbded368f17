"""LimeSurvey's expressions, said in ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.expressions import parse
from surveys.questionnaires.limesurvey.relevance import (
    Name,
    NotTaken,
    in_our_language,
    whole_pattern,
)

NAMES = {
    "sexe": Name("sexe", "single"),
    "vote": Name("vote", "boolean"),
    "age": Name("age", "integer"),
    "nom": Name("nom", "text"),
    "besoins_sante": Name("besoins", "multiple", choice="sante"),
    "besoins_rien": Name("besoins", "multiple", choice="rien"),
    "avis_SQ1": Name("avis", "matrix", row="SQ1"),
    "#12": Name("age", "integer"),
    "#13SQ1": Name("besoins", "multiple", choice="SQ1"),
}


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ('sexe.NAOK == "F"', "${sexe} = 'F'"),
        ("sexe == 'F' && age > 17", "${sexe} = 'F' and ${age} > 17"),
        ("(sexe == 'F' or sexe == 'M') and !is_empty(nom)",
         "(${sexe} = 'F' or ${sexe} = 'M') and not(${nom} = '')"),
        ('vote.NAOK == "Y"', "${vote} = 'true'"),
        ('vote.NAOK != "N"', "${vote} != 'false'"),
        ('"F" == sexe', "${sexe} = 'F'"),
        ("18 <= age", "18 <= ${age}"),
        ('age >= "18"', "${age} >= 18"),
        ("sexe == '-oth-'", "${sexe} = 'other'"),
        ('besoins_sante.NAOK == "Y"', "selected(${besoins}, 'sante')"),
        ('besoins_sante != "Y"', "not(selected(${besoins}, 'sante'))"),
        ('besoins_sante == ""', "not(selected(${besoins}, 'sante'))"),
        ("is_empty(besoins_sante)", "not(selected(${besoins}, 'sante'))"),
        ("besoins_sante", "selected(${besoins}, 'sante')"),
        ("avis_SQ1.NAOK == 'A1'", "${avis/SQ1} = 'A1'"),
        ("is_empty(nom)", "${nom} = ''"),
        ("((123X4X12.NAOK ge 18))", "${age} >= 18"),
        ('123X4X13SQ1.NAOK == "Y"', "selected(${besoins}, 'SQ1')"),
        ("if(age > 17, 1, 0)", "if(${age} > 17, 1, 0)"),
        ("count(besoins_sante, besoins_rien) > 1",
         "if(selected(${besoins}, 'sante'), 1, 0) + if(selected(${besoins}, 'rien'), 1, 0) > 1"),
        ("sum(age, 3) / 2 - -1", "sum(${age}, 3) div 2 - -1"),
        ("strlen(nom) > 3", "string-length(${nom}) > 3"),
        ('regexMatch("/^a.c$/", nom)', "regex(${nom}, 'a.c')"),
        ("date('Y-m-d') > '2026-01-01'", "today() > '2026-01-01'"),
    ],
)  # fmt: skip
def test_an_expression_is_said_in_our_language(theirs, ours):
    assert in_our_language(theirs, NAMES) == ours


@pytest.mark.parametrize(
    "theirs",
    [
        "inconnu == 1",
        "age.shown",
        "sexe.value > 2",
        "rand(1, 2)",
        "that.age.NAOK",
        "besoins_sante == 'N'",
        "besoins_sante > 3",
        "vote == 'A'",
        "self > 3",
        "age >",
        "(age",
        "age)",
        "age ? 1 : 2",
        "date('H:i')",
        "is_empty()",
        "is_empty(age, nom)",
        "if(age)",
        "regexMatch(age, nom)",
        "TOKEN:FIRSTNAME == 'a'",
        "(" * 5000,
        "!" * 5000 + "age",
        "-" * 5000 + "age",
        "",
    ],
)
def test_an_expression_without_counterpart_is_refused(theirs):
    with pytest.raises(NotTaken):
        in_our_language(theirs, NAMES)


def test_a_check_is_about_the_question_itself():
    own = Name("age", "integer")

    assert (
        in_our_language("self >= 18 and this.NAOK < 120", NAMES, own=own) == ". >= 18 and . < 120"
    )


@given(st.text("sexeag vot'\"()!=<>&|+-*/,.0123YN_S", max_size=60))
def test_anything_gives_an_expression_of_ours_or_is_refused(text):
    try:
        ours = in_our_language(text, NAMES)
    except NotTaken:
        return
    assert parse(ours)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("/^a+$/", "a+"),
        ("/a/", r"[\s\S]*(?:a)[\s\S]*"),
        ("/^a/i", r"(?i)(?:a)[\s\S]*"),
        ("/^(a|b)$/", "(a|b)"),
        (r"/^\/x$/", "/x"),
    ],
)
def test_a_pattern_found_anywhere_is_one_of_the_whole_text(theirs, ours):
    assert whole_pattern(theirs) == ours


@pytest.mark.parametrize("pattern", ["abc", "/^a|b$/", "/a/x"])
def test_a_pattern_that_cannot_be_said_is_refused(pattern):
    with pytest.raises(NotTaken):
        whole_pattern(pattern)
