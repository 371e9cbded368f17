from types import SimpleNamespace

from surveys.demo import campaigns
from surveys.demo.texts import needs_in_other_languages
from surveys.questionnaires.translations import source_texts


def test_the_needs_survey_of_the_demo_says_everything_in_all_its_languages(monkeypatch):
    charter = [SimpleNamespace(anchor=f"engagement-{number}") for number in range(9)]
    monkeypatch.setattr(campaigns, "current_commitments", lambda: charter)

    texts = source_texts(campaigns._needs_definition())

    assert len(texts) > 60
    assert [text.text for text in texts if set(text.said) != set(campaigns.LANGUAGES)] == []
    assert {text.text for text in texts} >= needs_in_other_languages.keys()
