"""A questionnaire made out of another one: nothing is lost, and the link is kept."""

from dataclasses import replace

from surveys.questionnaires import queries, renewal
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import publish_questionnaire
from surveys.questionnaires.succession import Link, copies
from tests.people import NOW


def named(definition: Definition, names: dict[str, str]) -> str:
    """A definition as text, under other identities."""
    text = str(definition.to_json())
    for identity, name in sorted(names.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(identity, name)
    return text


def copy_of(questionnaire: Questionnaire, **options) -> Questionnaire:
    given = {"title": questionnaire.title, "slug": "copie", "by": None, "at": NOW} | options
    return renewal.copy_questionnaire(questionnaire=questionnaire, **given)


def next_of(questionnaire: Questionnaire) -> Questionnaire:
    return renewal.make_next(
        questionnaire=questionnaire, title="Besoins 2027", slug="besoins-2027", by=None, at=NOW
    )


def translate(questionnaire: Questionnaire) -> None:
    """Into Arabic, one translation being of an older text."""
    draft = queries.draft_of(questionnaire)
    question = next(draft.written.questions)
    choice = question.choices[0]
    draft.translations = {
        "ar": {
            "/title": {"text": "احتياجاتكم", "of": draft.title},
            f"{question.id}/label": {"text": "حيكم؟", "of": "Ancien texte"},
            f"{choice.id}/label": {"text": "الشمال", "of": "Nord"},
        }
    }
    draft.save()
    draft.save_revision()
    questionnaire.refresh_from_db()


def test_a_copy_says_the_same_under_other_identities(questionnaire):
    translate(questionnaire)
    source = queries.draft_of(questionnaire)

    copy = queries.draft_of(copy_of(questionnaire))

    paired = copies(source.written, copy.written)
    assert named(copy.written, paired) == named(source.written, {})
    assert not paired.keys() & set(paired.values())
    assert copy.live is False


def test_a_translation_to_review_is_still_to_review_in_the_copy(questionnaire):
    translate(questionnaire)

    copy = queries.draft_of(copy_of(questionnaire))

    label = f"{next(copy.written.questions).id}/label"
    assert copy.translations["ar"][label] == {"text": "حيكم؟", "of": "Ancien texte"}
    assert len(copy.translations["ar"]) == 3


def test_the_next_questionnaire_knows_where_its_questions_come_from(questionnaire, elodie):
    publish_questionnaire(questionnaire=questionnaire, by=elodie, at=NOW)

    following = next_of(questionnaire)

    assert following.previous == questionnaire
    assert [link.kind for link in queries.links_of(following)] == ["kept"] * 3
    assert [found.is_comparable for found in queries.comparisons_with_previous(following)] == [
        True
    ] * 3


def test_what_links_two_years_outlives_drafts_and_publication(questionnaire, elodie):
    following = next_of(questionnaire)
    open_screen = queries.draft_of(Questionnaire.objects.get(pk=following.pk))
    [age] = [
        one
        for one in queries.links_of(following)
        if one.successors[0] in str(open_screen.blocks[1])
    ]
    settled = replace(age, is_settled=True, reason="Relu")
    others = [link for link in queries.links_of(following) if link != age]

    renewal.keep_succession(questionnaire=following, links=[*others, settled])
    open_screen.title = "Besoins de 2027"
    open_screen.save_revision()
    publish_questionnaire(
        questionnaire=Questionnaire.objects.get(pk=following.pk), by=elodie, at=NOW
    )

    stored = Questionnaire.objects.get(pk=following.pk)
    assert stored.title == "Besoins de 2027"
    assert stored.previous == questionnaire
    assert settled.to_json() in stored.succession


def test_a_question_removed_while_writing_is_dropped(questionnaire):
    following = next_of(questionnaire)
    draft = queries.draft_of(following)
    blocks = draft.blocks
    del blocks[0]["value"]["questions"][0]
    draft.sections = draft.sections.stream_block.to_python(blocks)
    draft.save_revision()
    following.refresh_from_db()

    assert [link.kind for link in queries.links_of(following)] == ["kept", "kept", "dropped"]


def test_a_questionnaire_made_from_nothing_compares_with_nothing(questionnaire):
    assert queries.links_of(questionnaire) == []
    assert queries.comparisons_with_previous(questionnaire) == []


def test_the_link_outlives_neither_side(questionnaire):
    following = next_of(questionnaire)
    assert Link.from_json(following.succession[0]).kind == "kept"

    questionnaire.delete()

    following.refresh_from_db()
    assert following.previous is None
    assert queries.links_of(following) == []
