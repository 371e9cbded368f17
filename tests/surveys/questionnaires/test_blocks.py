from surveys.questionnaires.blocks import BUILDER_BLOCKS, QuestionsBlock
from surveys.questionnaires.identities import GROUP, GROUP_END
from surveys.questionnaires.question_types import KINDS


def test_every_kind_of_question_has_its_block():
    assert KINDS.keys() <= BUILDER_BLOCKS.keys()
    assert list(QuestionsBlock().child_blocks) == [*BUILDER_BLOCKS, GROUP, GROUP_END]


def test_a_question_has_choices_when_its_kind_has_some():
    with_choices = {
        kind for kind, block in BUILDER_BLOCKS.items() if "choices" in block().child_blocks
    }

    assert {kind for kind, of in KINDS.items() if of.has_choices} <= with_choices | {"scale"}


def test_every_block_says_what_it_is_with_an_icon_of_its_own():
    icons = {kind: block().meta.icon for kind, block in BUILDER_BLOCKS.items()}

    assert len(set(icons.values())) == len(BUILDER_BLOCKS)
    assert "placeholder" not in icons.values()
