import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.languages import (
    INTERFACE_LANGUAGES,
    OWN_NAMES,
    best_language,
    direction,
    interface_language,
    own_name,
    tidy,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("pt_br", "pt-BR"),
        ("zh-hans", "zh-Hans"),
        ("sr-latn-rs", "sr-Latn-RS"),
        ("es-419", "es-419"),
        (" wo ", "wo"),
        ("français", ""),
        ("f", ""),
        ("", ""),
        ("fr-", ""),
        ("fr\nen", ""),
        ("fr" + "-abcde" * 9, ""),
    ],
)
def test_a_tag_is_written_as_it_is_usually_written_or_refused(written, expected):
    assert tidy(written) == expected


@given(st.text(max_size=40))
def test_a_tidy_tag_stays_as_it_is(text):
    tag = tidy(text)

    assert tidy(tag) == tag


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "rtl"),
        ("ar-DZ", "rtl"),
        ("fa", "rtl"),
        ("prs", "rtl"),
        ("ar-Latn", "ltr"),
        ("ku-Arab", "rtl"),
        ("kmr", "ltr"),
        ("fr", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_language_is_written_in_its_direction(language, expected):
    assert direction(language) == expected


def test_a_language_is_called_by_its_own_name():
    assert own_name("ar") == "العربية"
    assert own_name("pt-BR") == "Português (BR)"
    assert own_name("srr", "Seereer (srr)") == "Seereer"
    assert own_name("srr") == "srr"
    assert set(INTERFACE_LANGUAGES) <= OWN_NAMES.keys()


def test_the_page_speaks_the_language_of_the_questions_or_french():
    assert [interface_language(one) for one in ("ar-MA", "pt-BR", "wo", "fr")] == [
        "ar",
        "pt",
        "fr",
        "fr",
    ]


tags = st.sampled_from(["fr", "ar", "ar-DZ", "pt", "pt-BR", "wo", "", "de"])


@given(st.lists(tags.filter(bool), min_size=1, unique=True), st.lists(tags))
def test_the_best_language_is_always_one_that_is_offered(offered, wanted):
    best = best_language(offered, wanted)

    assert best in offered
    if not {one[:2] for one in wanted if one} & {one[:2] for one in offered}:
        assert best == offered[0]
    if wanted and wanted[0] in offered:
        assert best == wanted[0]
