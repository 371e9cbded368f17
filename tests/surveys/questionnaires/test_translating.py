"""Translators and editors at work together: nothing that either of them wrote is lost."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires import operations
from surveys.questionnaires.definition import text_in
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.queries import latest_version
from surveys.questionnaires.translations import (
    Clash,
    Translation,
    copy_translations,
    merge,
    written_into,
)
from tests.people import NOW
from tests.surveys.questionnaires.test_admin import editing, sent, url

__all__ = ["editing"]


def latest(questionnaire: Questionnaire) -> Questionnaire:
    return Questionnaire.objects.get(pk=questionnaire.pk).get_latest_revision_as_object()


def translate(questionnaire: Questionnaire, text: str = "Your needs", **changes):
    sentence = Translation(**{"text": text, "shown": "", "of": "Vos besoins"} | changes)
    return operations.translate(
        questionnaire=questionnaire, language="en", texts={"/title": sentence}, by=None, at=NOW
    )


@pytest.fixture
def in_english(questionnaire) -> Questionnaire:
    operations.add_language(questionnaire=questionnaire, language="en", by=None, at=NOW)
    return questionnaire


def test_what_is_translated_is_in_the_draft_and_in_the_next_version(in_english):
    assert translate(in_english) == ()

    assert latest(in_english).written.languages == ("fr", "en")
    version = operations.publish_questionnaire(questionnaire=latest(in_english), by=None, at=NOW)
    assert version.definition.title == {"fr": "Vos besoins", "en": "Your needs"}


def test_what_is_published_does_not_change_when_it_is_translated(questionnaire, elodie):
    published = operations.publish_questionnaire(questionnaire=questionnaire, by=elodie, at=NOW)

    operations.add_language(questionnaire=questionnaire, language="en", by=elodie, at=NOW)
    translate(questionnaire)

    questionnaire.refresh_from_db()
    assert latest_version(questionnaire) == published
    assert published.definition.languages == ("fr",)
    assert questionnaire.live_revision != questionnaire.latest_revision
    assert questionnaire.live_revision.content["translations"] == {}
    assert questionnaire.has_unpublished_changes


def test_a_language_is_added_once(in_english):
    for language in ("en", "fr"):
        with pytest.raises(operations.AlreadyALanguage):
            operations.add_language(questionnaire=in_english, language=language, by=None, at=NOW)


def test_a_language_is_removed_from_the_draft_and_stays_in_the_versions(in_english):
    translate(in_english)
    version = operations.publish_questionnaire(questionnaire=latest(in_english), by=None, at=NOW)

    operations.remove_language(questionnaire=in_english, language="en", by=None, at=NOW)

    assert latest(in_english).written.languages == ("fr",)
    assert latest_version(in_english) == version
    assert version.definition.languages == ("fr", "en")
    with pytest.raises(operations.NotALanguage):
        translate(in_english)


def test_two_translators_keep_both_texts_and_the_second_sees_what_differs(in_english):
    assert translate(in_english, "Your needs") == ()
    assert translate(in_english, "What you need", shown="") == (
        Clash("/title", "What you need", "Your needs"),
    )

    assert latest(in_english).translations["en"]["/title"]["text"] == "Your needs"
    assert translate(in_english, "What you need", shown="Your needs") == ()
    assert latest(in_english).translations["en"]["/title"]["text"] == "What you need"


def test_a_page_that_says_nothing_new_takes_nothing_back(in_english):
    translate(in_english, "Your needs")

    assert translate(in_english, "", shown="") == ()
    assert translate(in_english, "Old", shown="Old") == ()

    assert latest(in_english).translations["en"]["/title"]["text"] == "Your needs"


def test_a_translation_is_taken_away_by_a_blank(in_english):
    translate(in_english, "Your needs")

    translate(in_english, "  ", shown="Your needs")

    assert latest(in_english).translations == {"en": {}}
    assert text_in(latest(in_english).written.title, "en") == "Vos besoins"


def test_a_translation_is_confirmed_after_its_source_changed(in_english):
    translate(in_english, "Your needs", of="Tes besoins")

    translate(in_english, "Your needs", shown="Your needs")
    assert latest(in_english).translations["en"]["/title"]["of"] == "Tes besoins"

    translate(in_english, "Your needs", shown="Your needs", still_right=True)
    assert latest(in_english).translations["en"]["/title"]["of"] == "Vos besoins"


# -- With an editor ----------------------------------------------------------------------


def form_of(questionnaire: Questionnaire, **more) -> dict:
    shown = latest(questionnaire)
    revision = shown.latest_revision
    return sent(
        *shown.blocks,
        slug=shown.slug,
        **{"title": shown.title} | more,
        loaded_revision_id=str(revision.pk),
        loaded_revision_created_at=revision.created_at.isoformat(),
    )


def test_an_editor_who_saves_after_a_translator_loses_nothing(editing, in_english):
    form = form_of(in_english, title="Vos envies")
    translate(in_english)

    assert editing.post(url("edit", in_english.pk), form).status_code == 302

    saved = latest(in_english)
    assert saved.title == "Vos envies"
    assert saved.translations["en"]["/title"] == {"text": "Your needs", "of": "Vos besoins"}


def test_a_translator_who_saves_after_an_editor_loses_nothing(editing, in_english):
    editing.post(url("edit", in_english.pk), form_of(in_english, title="Vos envies"))

    translate(in_english)

    saved = latest(in_english)
    assert saved.title == "Vos envies"
    assert saved.translations["en"]["/title"]["text"] == "Your needs"


def test_an_editor_who_read_the_draft_before_a_translator_saved_loses_nothing(in_english):
    read_before = latest(in_english)
    translate(in_english)

    read_before.title = "Vos envies"
    read_before.save_revision()

    saved = latest(in_english)
    assert saved.title == "Vos envies"
    assert saved.translations["en"]["/title"]["text"] == "Your needs"


@pytest.mark.parametrize("is_published", [False, True])
def test_a_screen_that_saves_by_itself_goes_on_while_somebody_translates(
    editing, in_english, elodie, is_published
):
    if is_published:
        operations.publish_questionnaire(questionnaire=latest(in_english), by=elodie, at=NOW)
    address = url("edit", in_english.pk)
    form = form_of(in_english, title="Vos envies")

    translate(in_english)
    first = editing.post(address, form, headers={"accept": "application/json"})
    assert first.json()["success"], first.json()
    translate(in_english, "What you need", shown="Your needs")
    form |= {
        "title": "Vos rêves",
        "overwrite_revision_id": str(first.json()["revision_id"]),
        "loaded_revision_id": str(first.json()["revision_id"]),
        "loaded_revision_created_at": first.json()["revision_created_at"],
    }
    again = editing.post(address, form, headers={"accept": "application/json"})

    assert again.json()["success"], again.json()
    saved = latest(in_english)
    assert saved.title == "Vos rêves"
    assert saved.translations["en"]["/title"]["text"] == "What you need"


def test_a_screen_that_saves_by_itself_still_stops_for_another_editor(editing, in_english):
    form = form_of(in_english, title="Vos envies")
    other = latest(in_english)
    other.title = "Tout autre chose"
    other.save_revision()

    refused = editing.post(url("edit", in_english.pk), form, headers={"accept": "application/json"})

    assert refused.json()["error_code"] == "invalid_revision"
    assert latest(in_english).title == "Tout autre chose"


def test_going_back_to_an_older_draft_keeps_what_was_translated_since(in_english):
    older = latest(in_english).latest_revision
    newer = latest(in_english)
    newer.title = "Vos envies"
    newer.save_revision()
    translate(in_english)

    older.as_object().save_revision(previous_revision=older)

    saved = latest(in_english)
    assert saved.title == "Vos besoins"
    assert saved.translations["en"]["/title"]["text"] == "Your needs"


# -- The rule of merging -----------------------------------------------------------------

keys = st.sampled_from(["/title", "a/label", "b/label"])
entries = st.dictionaries(
    keys, st.fixed_dictionaries({"text": st.sampled_from("xyz"), "of": st.just("o")})
)
stored = st.dictionaries(st.sampled_from(["en", "ar", "tr"]), entries)


@given(stored, stored)
def test_who_changed_nothing_changes_nothing(base, theirs):
    assert merge(base, base, theirs) == theirs
    assert merge(base, theirs, base) == theirs


@given(stored, stored, stored)
def test_what_only_i_changed_is_kept(base, mine, theirs):
    merged = merge(base, mine, theirs)

    for language, said in mine.items():
        if language in base and language not in theirs:
            assert language not in merged
            continue
        for key, entry in said.items():
            if entry != base.get(language, {}).get(key):
                assert merged[language][key] == entry


@given(entries, st.dictionaries(keys, st.sampled_from(["", "x", "y", "z"])), entries)
def test_a_save_writes_a_text_or_says_that_it_did_not(shown, typed, stored_now):
    page = {
        key: Translation(text, shown.get(key, {}).get("text", ""), "o")
        for key, text in typed.items()
    }

    written, clashes = written_into(stored_now, page)

    for key, translation in page.items():
        now = stored_now.get(key, {}).get("text", "")
        if translation.text == translation.shown:
            assert written.get(key) == stored_now.get(key)
        elif key in {clash.key for clash in clashes}:
            assert now not in (translation.text, translation.shown)
            assert written[key]["text"] == now if now else key not in written
        else:
            assert written.get(key, {}).get("text", "") == translation.text
    assert {key: entry for key, entry in written.items() if key not in page} == {
        key: entry for key, entry in stored_now.items() if key not in page
    }


def test_copies_survive_a_merge_with_what_was_translated_meanwhile():
    base = {"en": {"q/label": {"text": "Q", "of": "Q ?"}}}
    mine = copy_translations(base, {"copy": "q"})
    theirs = json.loads(json.dumps(base)) | {"ar": {}}
    theirs["en"]["r/label"] = {"text": "R", "of": "R ?"}

    assert set(merge(base, mine, theirs)["en"]) == {"q/label", "copy/label", "r/label"}
