import re
from pathlib import Path

from surveys.questionnaires import question_types
from surveys.responses.wording import REASONS


def test_every_reason_to_refuse_an_answer_has_its_sentence():
    sources = Path(question_types.__file__).parent.glob("*.py")
    raised = {
        reason
        for path in sources
        for reason in re.findall(r'(?:InvalidAnswer\(|_text\(raw, )"(\w+)"', path.read_text())
    }

    assert "not_a_time" in raised
    assert raised <= set(REASONS)
