"""Identities survive whatever an editor does. Blocks are told by what they say."""

import copy
import uuid

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from surveys.questionnaires.identities import (
    Published,
    code_from,
    free_code,
    settle,
    settle_all,
)

KEY = "abcd1234"


def block(kind: str, **value) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def choice(label: str) -> dict:
    return block("item", label=label)


def question(label: str, *choices: str, kind: str = "") -> dict:
    if choices:
        return block(kind or "single", label=label, choices=[choice(item) for item in choices])
    return block(kind or "text", label=label)


def section(title: str, *questions: dict) -> dict:
    return block("section", title=title, questions=list(questions))


def duplicate(original: dict) -> dict:
    """What the editor's button makes: new blocks, the same values, and the very same choices."""
    copied = copy.deepcopy(original)
    copied["id"] = str(uuid.uuid4())
    if "questions" in copied["value"]:
        copied["value"]["questions"] = [duplicate(one) for one in copied["value"]["questions"]]
    return copied


def save(sections: list[dict], previous: list[dict] = (), **context) -> list[dict]:
    return settle(sections, key=KEY, previous=previous, **context)


def questions_of(sections: list[dict]) -> list[dict]:
    return [item for part in sections for item in part["value"]["questions"]]


def identities(blocks: list[dict]) -> list[str]:
    return [item["value"]["identity"] for item in blocks]


def codes(blocks: list[dict]) -> list[str]:
    return [item["value"]["code"] for item in blocks]


@pytest.fixture
def saved() -> list[dict]:
    return save(
        [
            section("Un", question("Quartier", "Nord", "Sud"), question("Rue")),
            section("Deux", question("Besoins", "Sport", "Santé", kind="multiple")),
        ]
    )


def test_everything_gets_an_identity_and_a_code(saved):
    everything = saved + questions_of(saved)
    for asked in questions_of(saved):
        everything += asked["value"].get("choices", [])

    assert len(set(identities(everything))) == len(everything) == 9
    assert all(identity.startswith("abcd1234-") for identity in identities(everything))
    assert codes(questions_of(saved)) == ["quartier", "rue", "besoins"]
    assert codes(questions_of(saved)[0]["value"]["choices"]) == ["nord", "sud"]


def test_saving_again_changes_nothing(saved):
    assert save(saved, saved) == saved


def test_a_corrected_typo_changes_no_identity_and_no_code(saved):
    edited = copy.deepcopy(saved)
    questions_of(edited)[0]["value"]["label"] = "Votre quartier"
    questions_of(edited)[0]["value"]["choices"][0]["value"]["label"] = "Le nord"

    assert save(edited, saved) == edited


def test_a_question_moved_in_its_section_stays_itself(saved):
    edited = copy.deepcopy(saved)
    edited[0]["value"]["questions"].reverse()

    assert save(edited, saved) == edited


def test_a_question_moved_to_another_section_stays_itself(saved):
    edited = copy.deepcopy(saved)
    moved = edited[0]["value"]["questions"].pop(0)
    edited[1]["value"]["questions"].append(moved)

    assert save(edited, saved) == edited


def test_a_copy_does_not_inherit_from_an_original_that_left(saved):
    edited = copy.deepcopy(saved)
    original = edited[0]["value"]["questions"].pop(0)
    edited[1]["value"]["questions"].append(duplicate(original))

    copied = save(edited, saved)[1]["value"]["questions"][1]

    assert copied["value"]["identity"] != original["value"]["identity"]


def test_reordered_choices_stay_themselves(saved):
    edited = copy.deepcopy(saved)
    questions_of(edited)[0]["value"]["choices"].reverse()

    assert save(edited, saved) == edited


def test_of_a_duplicated_question_the_original_keeps_identity_and_code(saved):
    edited = copy.deepcopy(saved)
    original = edited[0]["value"]["questions"][0]
    edited[0]["value"]["questions"].insert(0, duplicate(original))

    copied, kept = save(edited, saved)[0]["value"]["questions"][:2]

    assert kept == original
    assert copied["value"]["identity"] != original["value"]["identity"]
    assert copied["value"]["code"] == "quartier_2"
    assert not {*identities(copied["value"]["choices"])} & {*identities(kept["value"]["choices"])}
    assert codes(copied["value"]["choices"]) == ["nord", "sud"]


def test_a_duplicate_saved_again_from_the_same_screen_is_still_the_same(saved):
    edited = copy.deepcopy(saved)
    edited[0]["value"]["questions"].append(duplicate(edited[0]["value"]["questions"][0]))
    once = save(edited, saved)

    # The screen was not drawn again: it still sends what the original had.
    assert save(edited, once) == once


def test_a_duplicated_choice_leaves_identity_and_code_to_the_original(saved):
    edited = copy.deepcopy(saved)
    choices = questions_of(edited)[0]["value"]["choices"]
    choices.insert(0, duplicate(choices[0]))

    copied, kept, _sud = questions_of(save(edited, saved))[0]["value"]["choices"]

    assert kept == choices[1]
    assert copied["value"]["identity"] != kept["value"]["identity"]
    assert copied["value"]["code"] == "nord_2"


def test_a_duplicated_section_asks_new_questions(saved):
    edited = copy.deepcopy(saved)
    edited.append(duplicate(edited[0]))

    after = save(edited, saved)

    assert after[:2] == saved
    assert len(set(identities(questions_of(after)))) == 5
    assert codes(questions_of(after)) == ["quartier", "rue", "besoins", "quartier_2", "rue_2"]
    assert after[2]["value"]["identity"] not in identities(saved)


def test_a_copy_of_the_whole_questionnaire_shares_codes_and_no_identity(saved):
    copied = settle(saved, key="ffff0000", previous=[])

    assert codes(questions_of(copied)) == codes(questions_of(saved))
    assert not set(identities(questions_of(copied))) & set(identities(questions_of(saved)))
    assert all(identity.startswith("ffff0000-") for identity in identities(questions_of(copied)))


def test_a_question_written_again_after_its_removal_is_another_one(saved):
    without = copy.deepcopy(saved)
    del without[0]["value"]["questions"][1]
    published = {saved[0]["value"]["questions"][1]["value"]["identity"]: Published("text", "rue")}
    without = save(without, saved, published=published)
    again = copy.deepcopy(without)
    again[0]["value"]["questions"].append(question("Rue"))

    written_again = save(again, without, published=published)[0]["value"]["questions"][1]

    assert written_again["value"]["identity"] not in identities(questions_of(saved))
    assert written_again["value"]["code"] == "rue_2"


def test_a_question_restored_from_an_older_draft_is_itself_again(saved):
    without = copy.deepcopy(saved)
    del without[0]["value"]["questions"][1]

    assert save(saved, save(without, saved)) == saved


def test_a_renamed_code_keeps_the_identity(saved):
    edited = copy.deepcopy(saved)
    questions_of(edited)[0]["value"]["code"] = "secteur"

    assert save(edited, saved) == edited


def test_another_kind_is_another_question(saved):
    edited = copy.deepcopy(saved)
    questions_of(edited)[1]["type"] = "long_text"

    changed = questions_of(save(edited, saved))[1]

    assert changed["value"]["identity"] not in identities(questions_of(saved))


def test_the_kind_that_was_published_cannot_change_under_an_identity(saved):
    identity = questions_of(saved)[1]["value"]["identity"]
    brought = question("Rue", kind="long_text")
    brought["value"]["identity"] = identity

    after = save([section("Un", brought)], published={identity: Published("text", "rue")})

    assert questions_of(after)[0]["value"]["identity"] != identity


def test_a_screen_that_saves_by_itself_sends_blocks_without_identity(saved):
    """The first save gives identities that the open screen never learns."""
    typed = [section("Un", question("Quart", "Nord", "Sud"))]
    once = save(typed)
    typed[0]["value"]["questions"][0]["value"]["label"] = "Quartier"
    typed[0]["value"]["questions"][0]["value"]["choices"][0]["value"]["label"] = "Nord-est"

    twice = save(typed, once)

    assert identities(questions_of(twice)) == identities(questions_of(once))
    assert identities(questions_of(twice)[0]["value"]["choices"]) == identities(
        questions_of(once)[0]["value"]["choices"]
    )
    assert codes(questions_of(twice)) == ["quartier"]
    assert codes(questions_of(twice)[0]["value"]["choices"]) == ["nord_est", "sud"]


def test_a_published_code_comes_back_when_it_is_erased(saved):
    edited = copy.deepcopy(saved)
    asked = questions_of(edited)[1]
    asked["value"] |= {"code": "", "label": "Dans quelle rue ?"}
    published = {asked["value"]["identity"]: Published("text", "rue")}

    assert codes(questions_of(save(edited, saved, published=published)))[1] == "rue"


def test_blocks_that_a_program_wrote_without_ids_stay_themselves():
    written = [section("Besoins", question("Premier"), question("Second"))]
    for item in [*written, *written[0]["value"]["questions"]]:
        del item["id"]

    saved_once = settle(written, key=KEY)

    everything = [*saved_once, *questions_of(saved_once)]
    assert len({item["id"] for item in everything}) == 3
    assert settle(saved_once, key=KEY, previous=saved_once) == saved_once


def test_two_codes_typed_alike_are_left_for_the_editor_to_settle():
    twice = [question("Rue"), question("Avenue")]
    for asked in twice:
        asked["value"]["code"] = "voie"

    assert codes(questions_of(save([section("Un", *twice)]))) == ["voie", "voie"]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Vos besoins ?", "vos_besoins"),
        ("Où habitez-vous, cœur de ville ?", "ou_habitez_vous_coeur_de_ville"),
        ("3 mots pour le dire", "q_3_mots_pour_le_dire"),
        ("Habitant·e·s", "habitants"),
        ("Que pensez-vous de l'offre culturelle du quartier ?", "que_pensez_vous_de_l_offre"),
        ("???", "q"),
        ("Anticonstitutionnellementanticonstitutionnellement", "anticonstitutionnellementantic"),
    ],
)
def test_a_code_is_proposed_from_the_label(label, code):
    assert code_from(label) == code


def test_a_proposed_code_is_free():
    assert free_code("Rue", taken={"rue", "rue_2"}) == "rue_3"


# -- Expressions follow -------------------------------------------------------------------


@pytest.fixture
def conditional() -> list[dict]:
    """A condition on each section, on a question, on a group, and a check."""
    age = question("Âge")
    rue = question("Rue")
    rue["value"] |= {"condition": "${quartier} = 'nord' and ${age} > 17", "check": ". != ''"}
    group = block("group", title="Besoins", condition="selected(${quartier}, 'sud')")
    table = block(
        "matrix", label="Avis", rows=[choice("Parc")], choices=[choice("Oui"), choice("Non")]
    )
    sections = [
        section("Un", question("Quartier", "Nord", "Sud"), age, rue, group),
        section("Deux", table, question("Pourquoi")),
    ]
    sections[1]["value"]["condition"] = "${rue} != ''"
    sections[1]["value"]["questions"][1]["value"]["condition"] = "${avis/parc} = 'non'"
    return save(sections)


def conditions(sections: list[dict]) -> list[str]:
    blocks = [*sections, *questions_of(sections)]
    return [one["value"]["condition"] for one in blocks if one["value"].get("condition")]


def test_expressions_follow_the_codes_of_questions_choices_and_rows(conditional):
    edited = copy.deepcopy(conditional)
    quartier, age, rue, _group, avis, _why = questions_of(edited)
    quartier["value"]["code"] = "secteur"
    quartier["value"]["choices"][0]["value"]["code"] = "n"
    age["value"]["code"] = "annees"
    rue["value"]["code"] = "voie"
    avis["value"]["rows"][0]["value"]["code"] = "jardin"

    assert conditions(save(edited, conditional)) == [
        "${voie} != ''",
        "${secteur} = 'n' and ${annees} > 17",
        "selected(${secteur}, 'sud')",
        "${avis/jardin} = 'non'",
    ]


def test_two_codes_that_change_places_take_their_expressions_along(conditional):
    edited = copy.deepcopy(conditional)
    quartier, age = questions_of(edited)[:2]
    quartier["value"]["code"], age["value"]["code"] = "age", "quartier"

    assert conditions(save(edited, conditional))[1] == "${age} = 'nord' and ${quartier} > 17"


def test_an_expression_that_the_screen_renamed_itself_is_left_as_it_came(conditional):
    edited = copy.deepcopy(conditional)
    quartier, age, rue = questions_of(edited)[:3]
    quartier["value"]["code"], age["value"]["code"] = "age", "quartier"
    rue["value"]["condition"] = "${age} = 'nord' and ${quartier} > 17"

    assert conditions(save(edited, conditional))[1] == "${age} = 'nord' and ${quartier} > 17"


def test_the_expressions_of_a_copied_section_name_the_copies(conditional):
    edited = copy.deepcopy(conditional)
    edited.insert(1, duplicate(edited[0]))

    after = save(edited, conditional)

    assert conditions([after[0]]) == conditions([conditional[0]])
    assert conditions([after[1]]) == [
        "${quartier_2} = 'nord' and ${age_2} > 17",
        "selected(${quartier_2}, 'sud')",
    ]
    assert conditions([after[2]]) == ["${rue} != ''", "${avis/parc} = 'non'"]
    assert save(edited, after) == after


def test_what_was_copied_is_known_with_its_original(conditional):
    edited = copy.deepcopy(conditional)
    table = questions_of(edited)[4]
    edited[1]["value"]["questions"].append(duplicate(table))

    settled = settle_all(edited, key=KEY, previous=conditional)

    copied = questions_of(settled.sections)[-1]
    pairs = [(copied, table)]
    for name in ("choices", "rows"):
        pairs += zip(copied["value"][name], table["value"][name], strict=True)
    assert settled.copies == {
        new["value"]["identity"]: old["value"]["identity"] for new, old in pairs
    }
    assert codes(copied["value"]["rows"]) == ["parc"]


class EditingScreen(RuleBasedStateMachine):
    """An editor at work; every question carries, as its hint, who it really is."""

    def __init__(self):
        super().__init__()
        self.stored = save([section("Un", self.written("A", "x", "y")), section("Deux")])
        self.screen = copy.deepcopy(self.stored)
        self.known: dict[str, str] = {}
        self.drafts = [copy.deepcopy(self.stored)]

    def written(self, label: str, *choices: str) -> dict:
        new = question(label, *choices)
        self.sign(new)
        return new

    def sign(self, new: dict) -> None:
        new["value"]["hint"] = str(uuid.uuid4())
        for item in new["value"].get("choices", []):
            item["value"]["sign"] = str(uuid.uuid4())

    def somewhere(self, data) -> list[dict]:
        return data.draw(st.sampled_from(self.screen))["value"]["questions"]

    @rule(data=st.data(), label=st.sampled_from("ABC"))
    def write(self, data, label):
        self.somewhere(data).append(self.written(label, "x", "y"))

    @precondition(lambda self: questions_of(self.screen))
    @rule(data=st.data(), label=st.sampled_from("ABC"))
    def reword(self, data, label):
        data.draw(st.sampled_from(questions_of(self.screen)))["value"]["label"] = label

    @precondition(lambda self: questions_of(self.screen))
    @rule(data=st.data())
    def move(self, data):
        moved = data.draw(st.sampled_from(questions_of(self.screen)))
        for part in self.screen:
            if moved in part["value"]["questions"]:
                part["value"]["questions"].remove(moved)
        self.somewhere(data).insert(0, moved)

    @precondition(lambda self: questions_of(self.screen))
    @rule(data=st.data())
    def remove(self, data):
        questions = data.draw(st.sampled_from([part["value"]["questions"] for part in self.screen]))
        if questions:
            questions.pop()

    # The editor puts a copy after its original and saves by itself. When both come back from
    # an older draft at once, the first is taken for the original.
    @precondition(lambda self: 0 < len(questions_of(self.screen)) < 12)
    @rule(data=st.data())
    def duplicate_question(self, data):
        questions = self.somewhere(data)
        if questions:
            copied = duplicate(questions[-1])
            self.sign(copied)
            questions.append(copied)
            self.autosave()

    @precondition(lambda self: len(self.screen) < 4)
    @rule()
    def duplicate_section(self):
        copied = duplicate(self.screen[-1])
        for asked in copied["value"]["questions"]:
            self.sign(asked)
        self.screen.append(copied)
        self.autosave()

    @precondition(lambda self: questions_of(self.screen))
    @rule(data=st.data())
    def reorder_choices(self, data):
        asked = data.draw(st.sampled_from(questions_of(self.screen)))
        asked["value"].get("choices", []).reverse()

    @rule()
    def autosave(self):
        self.stored = save(self.screen, self.stored)
        self.check(self.stored)

    @rule()
    def save_and_reload(self):
        self.autosave()
        self.screen = copy.deepcopy(self.stored)
        self.drafts.append(copy.deepcopy(self.stored))

    @rule(data=st.data())
    def restore(self, data):
        self.screen = copy.deepcopy(data.draw(st.sampled_from(self.drafts)))

    def check(self, sections: list[dict]) -> None:
        for asked in questions_of(sections):
            signed = [(asked["value"]["hint"], asked["value"]["identity"])]
            signed += [
                (item["value"]["sign"], item["value"]["identity"])
                for item in asked["value"].get("choices", [])
            ]
            for sign, identity in signed:
                assert self.known.setdefault(sign, identity) == identity
        assert len(set(self.known.values())) == len(self.known)

    @invariant()
    def codes_are_unique(self):
        given = codes(questions_of(self.stored))
        assert len(set(given)) == len(given)


EditingScreen.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestEditing = EditingScreen.TestCase
