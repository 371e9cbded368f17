"""Any word of a text that people may read, however they write it, finds that text."""

import unicodedata

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.search.french import tokens
from intranet.search.operations import rebuild
from intranet.search.queries import search
from intranet.search.visits import visit_of
from pages.charter.importing import import_charter
from pages.charter.markdown import read_markdown
from pages.charter.structure import read_charter
from pages.home.operations import lay_site
from surveys.demo.signatures import CHARTER

pytestmark = pytest.mark.django_db
# What stands before the names of the members is a label, which the page writes itself.
LABEL = "Membres du collectif"
TEXT = CHARTER.read_text(encoding="utf-8")
SHOWN = TEXT.replace(LABEL, "")
WORDS = sorted(
    {
        SHOWN[token.start : token.end]
        for token in tokens(SHOWN)
        if token.is_step and not token.plain.isdigit()
    }
)


def without_accents(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(one for one in letters if unicodedata.category(one) != "Mn")


def plural(word: str) -> str:
    return word if word[-1] in "sxzSXZ" else f"{word}s"


CHANGES = [str.upper, str.lower, str.title, without_accents, plural, "l'{}".format]


@pytest.fixture
def charter(db) -> None:
    home = lay_site()
    import_charter(charter=read_charter(read_markdown(TEXT)), home=home, by=None)
    rebuild()


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(word=st.sampled_from(WORDS), changes=st.lists(st.sampled_from(CHANGES), max_size=3))
def test_a_word_of_the_charter_finds_it(charter, word, changes):
    for change in changes:
        word = change(word)

    answer = search(word, visit_of(AnonymousUser()))

    assert "charter" in answer.kinds
    assert not answer.corrected
