"""What became of each question, from one year's questionnaire to the next."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.definition import Choice, Definition, Group, Question, Row, Section
from surveys.questionnaires.succession import (
    Decision,
    Link,
    comparable_questions,
    copies,
    faults,
    links_of_copy,
    renewed,
    settled,
)


def question(code: str, kind: str = "integer", prefix: str = "old", **options) -> Question:
    label = options.pop("label", f"{code} ?")
    return Question(id=f"{prefix}-{code}", code=code, kind=kind, label={"fr": label}, **options)


def choices(*codes: str, prefix: str = "old") -> tuple[Choice, ...]:
    return tuple(Choice(f"{prefix}-{code}", code, {"fr": code}) for code in codes)


def definition(*questions: Question, prefix: str = "old", **options) -> Definition:
    section = Section(id=f"{prefix}-s", title={"fr": "Vous"}, questions=questions, **options)
    return Definition(title={"fr": "Besoins"}, sections=(section,))


OLD = definition(
    question("age"),
    question("besoins", "multiple", choices=choices("sante", "emploi")),
    question("rue", "text", condition="${age} > 17"),
)


def copied(old: Definition) -> Definition:
    """The same, under other identities."""

    def other(identity: str) -> str:
        return identity.replace("old", "new")

    return replace(
        old,
        sections=tuple(
            replace(
                section,
                id=other(section.id),
                groups=tuple(
                    replace(group, id=other(group.id), parent=other(group.parent))
                    for group in section.groups
                ),
                questions=tuple(
                    replace(
                        one,
                        id=other(one.id),
                        group=other(one.group),
                        choices=tuple(replace(c, id=other(c.id)) for c in one.choices),
                        rows=tuple(replace(row, id=other(row.id)) for row in one.rows),
                    )
                    for one in section.questions
                ),
            )
            for section in old.sections
        ),
    )


NEW = copied(OLD)
BORN = links_of_copy(OLD, NEW)


def rewritten(code: str, /, **changes) -> Definition:
    [section] = NEW.sections
    questions = tuple(
        replace(one, **changes) if one.code == code else one for one in section.questions
    )
    return replace(NEW, sections=(replace(section, questions=questions),))


def without(code: str, *more: Question) -> Definition:
    [section] = NEW.sections
    kept = tuple(one for one in section.questions if one.code != code)
    return replace(NEW, sections=(replace(section, questions=(*kept, *more)),))


def kinds(links: list[Link]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(link.kind, link.origins, link.successors) for link in links]


def verdicts(new: Definition, links: list[Link], old: Definition = OLD) -> dict[str, tuple]:
    return {
        "+".join(one.code for one in (*found.origins, *found.successors)): (
            found.is_comparable,
            found.reason,
        )
        for found in comparable_questions(old, new, links)
    }


SAME = {
    "age+age": (True, ""),
    "besoins+besoins": (True, ""),
    "rue+rue": (True, ""),
}


def test_in_a_copy_every_question_is_kept_and_compares():
    assert kinds(BORN) == [
        ("kept", ("old-age",), ("new-age",)),
        ("kept", ("old-besoins",), ("new-besoins",)),
        ("kept", ("old-rue",), ("new-rue",)),
    ]
    assert verdicts(NEW, BORN) == SAME
    assert faults(BORN, OLD, NEW) == []


def test_a_copy_is_paired_with_its_original_down_to_choices_rows_and_groups():
    group = Group(id="old-g", code="chez_vous", title={"fr": "Chez vous"})
    rows = (Row("old-r", "bus", {"fr": "Bus"}),)
    old = definition(
        question("trajets", "matrix", choices=choices("jamais"), rows=rows, group="old-g"),
        groups=(group,),
    )

    assert copies(old, copied(old)) == {
        "new-s": "old-s",
        "new-g": "old-g",
        "new-trajets": "old-trajets",
        "new-jamais": "old-jamais",
        "new-r": "old-r",
    }


def test_links_are_stored_and_read_again():
    link = Link("reworded", ("a",), ("b",), True, "Plus clair", True, ("un", "deux"))

    assert Link.from_json(link.to_json()) == link
    assert BORN[0].to_json() == {"kind": "kept", "from": ["old-age"], "to": ["new-age"]}
    assert Link.from_json({"kind": "kept", "from": ["old-age"], "to": ["new-age"]}) == BORN[0]


def test_a_question_with_other_words_waits_for_somebody_to_say_whether_it_compares():
    new = rewritten("age", label={"fr": "Votre âge ?"})

    [link, *_others] = renewed(BORN, OLD, new)

    assert (link.kind, link.awaits_a_decision) == ("reworded", True)
    assert verdicts(new, BORN)["age+age"] == (False, "to_decide")


@pytest.mark.parametrize(
    ("answer", "verdict"), [(True, (True, "reworded")), (False, (False, "not_the_same"))]
)
def test_what_was_decided_of_other_words_holds(answer, verdict):
    new = rewritten("age", label={"fr": "Votre âge ?"})
    decisions = {link.successors[0]: Decision(link.origins) for link in BORN}
    decisions["new-age"] = Decision(("old-age",), is_comparable=answer, reason="Plus poli")

    links, tangles = settled(decisions, {}, OLD, new)

    assert tangles == []
    assert links[0].reason == "Plus poli"
    assert verdicts(new, links)["age+age"] == verdict
    assert verdicts(new, [Link.from_json(link.to_json()) for link in links])["age+age"] == verdict


def test_nobody_s_word_is_taken_for_what_was_rewritten_since():
    decisions = {link.successors[0]: Decision(link.origins) for link in BORN}
    decisions["new-age"] = Decision(("old-age",), is_comparable=True)
    links, _tangles = settled(decisions, {}, OLD, rewritten("age", label={"fr": "Votre âge ?"}))

    later = rewritten("age", label={"fr": "L'âge de votre voisin ?"})

    assert verdicts(later, links)["age+age"] == (False, "to_decide")


def test_a_question_that_got_its_words_back_is_kept():
    reworded = renewed(BORN, OLD, rewritten("age", label={"fr": "Votre âge ?"}))

    assert kinds(renewed(reworded, OLD, NEW)) == kinds(BORN)


def test_a_question_that_was_removed_is_dropped_and_one_that_was_added_is_new():
    new = without("rue", question("ville", "text", "new"))

    assert kinds(renewed(BORN, OLD, new))[2:] == [
        ("new", (), ("new-ville",)),
        ("dropped", ("old-rue",), ()),
    ]
    assert verdicts(new, BORN) == {
        **{pair: verdict for pair, verdict in SAME.items() if pair != "rue+rue"},
        "ville": (False, "new"),
        "rue": (False, "dropped"),
    }


def test_a_question_split_in_two_and_two_merged_in_one_are_said():
    parts = (question("age_1", prefix="new"), question("age_2", prefix="new"))
    [section] = NEW.sections
    new = replace(
        NEW, sections=(replace(section, questions=(*parts, question("tout", "text", "new"))),)
    )
    decisions = {
        "new-age_1": Decision(("old-age",)),
        "new-age_2": Decision(("old-age",)),
        "new-tout": Decision(("old-besoins", "old-rue")),
    }

    links, tangles = settled(decisions, {}, OLD, new)

    assert tangles == []
    assert kinds(links) == [
        ("split", ("old-age",), ("new-age_1", "new-age_2")),
        ("merged", ("old-besoins", "old-rue"), ("new-tout",)),
    ]
    assert verdicts(new, links) == {
        "age+age_1+age_2": (False, "split"),
        "besoins+rue+tout": (False, "merged"),
    }


def test_a_split_of_which_one_part_is_removed_is_a_question_reworded():
    split = [Link("split", ("old-age",), ("new-age", "gone"), is_settled=True)]

    [link, *_others] = renewed(split, OLD, rewritten("age", label={"fr": "Autre ?"}))

    assert (link.kind, link.successors, link.is_settled) == ("reworded", ("new-age",), False)


def test_several_questions_that_went_to_several_have_to_be_untangled():
    decisions = {
        "new-age": Decision(("old-age", "old-rue")),
        "new-besoins": Decision(("old-besoins",)),
        "new-rue": Decision(("old-rue",)),
    }

    links, tangles = settled(decisions, {}, OLD, NEW)

    assert [(one.origins, one.successors) for one in tangles] == [
        (("old-age", "old-rue"), ("new-age", "new-rue"))
    ]
    assert [fault.code for fault in faults(links, OLD, NEW)] == ["missing"] * 4


def test_a_question_in_two_links_is_a_fault():
    twice = [*BORN, Link("kept", ("old-age",), ("new-rue",))]

    assert [
        (fault.code, fault.question.code, fault.is_later) for fault in faults(twice, OLD, NEW)
    ] == [
        ("twice", "age", False),
        ("twice", "rue", True),
    ]
    assert faults(renewed(twice, OLD, NEW), OLD, NEW) == []


@pytest.mark.parametrize(
    ("code", "changes", "verdict"),
    [
        ("besoins", {"choices": choices("sante", prefix="new")}, (False, "shares")),
        ("rue", {"condition": ""}, (False, "bases")),
        ("age", {"unit": {"fr": "mois"}}, (False, "values")),
        ("age", {"kind": "rating"}, (False, "not_the_same")),
        ("age", {"required": True}, (True, "rates")),
        ("age", {"hint": {"fr": "En années"}}, (True, "care")),
        ("age", {"code": "votre_age"}, (True, "")),
    ],
)
def test_the_same_words_do_not_compare_when_something_else_changed(code, changes, verdict):
    new = rewritten(code, **changes)

    found = verdicts(new, BORN)

    assert found[f"{code}+{changes.get('code', code)}"] == verdict


def test_choices_with_the_same_code_are_the_same():
    [_age, needs, _street] = comparable_questions(OLD, NEW, BORN)

    assert needs.choices == {"new-sante": "old-sante", "new-emploi": "old-emploi"}


def test_a_condition_on_a_question_with_another_code_is_the_same_condition():
    [section] = NEW.sections
    age, needs, street = section.questions
    questions = (
        replace(age, code="votre_age"),
        needs,
        replace(street, condition="${votre_age} > 17"),
    )
    new = replace(NEW, sections=(replace(section, questions=questions),))

    assert verdicts(new, BORN)["rue+rue"] == (True, "")


CODES = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)
LINKS = st.lists(
    st.builds(
        Link,
        kind=st.sampled_from(["kept", "reworded", "split", "merged", "dropped", "new"]),
        origins=CODES.map(lambda codes: tuple(f"old-{code}" for code in codes)),
        successors=CODES.map(lambda codes: tuple(f"new-{code}" for code in codes)),
        is_settled=st.booleans(),
    ),
    max_size=4,
)


@given(CODES, CODES, LINKS)
def test_whatever_was_stored_every_question_is_in_one_link(before, after, links):
    old = definition(*(question(code) for code in before))
    new = definition(*(question(code, prefix="new") for code in after), prefix="new")

    current = renewed(links, old, new)

    assert faults(current, old, new) == []
    assert renewed(current, old, new) == current
    assert len(comparable_questions(old, new, links)) == len(current)


@given(CODES, CODES, st.data())
def test_whatever_is_decided_every_question_is_in_one_link_or_in_a_tangle(before, after, data):
    old = definition(*(question(code) for code in before))
    new = definition(*(question(code, prefix="new") for code in after), prefix="new")
    decisions = {
        f"new-{code}": Decision(
            tuple(
                f"old-{one}" for one in data.draw(st.lists(st.sampled_from("abcdef"), max_size=3))
            )
        )
        for code in after
    }

    links, tangles = settled(decisions, {}, old, new)

    tangled = {one for tangle in tangles for one in (*tangle.origins, *tangle.successors)}
    missing = {fault.question.id for fault in faults(links, old, new)}
    assert missing == tangled
