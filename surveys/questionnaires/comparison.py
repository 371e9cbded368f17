"""Two drafts compared, in the words of the builder rather than Python's."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.compare import (
    BlockComparison,
    StructBlockComparison,
    diff_text,
    get_comparison_class_for_block,
)

from surveys.questionnaires.settings_blocks import controls


class WordedComparison(StructBlockComparison):
    """A section or a question: what is left empty on both sides is not shown."""

    def htmlvalue(self, val) -> SafeString:
        return _as_list(
            (block.label, _compare(block, val[name], val[name]).htmlvalue(val[name]))
            for name, block in self._fields(val, val)
        )

    def htmldiff(self) -> SafeString:
        return _as_list(
            (block.label, _compare(block, self.val_a[name], self.val_b[name]).htmldiff())
            for name, block in self._fields(self.val_a, self.val_b)
        )

    def _fields(self, before, after) -> Iterable[tuple[str, blocks.Block]]:
        for name, block in self.block.child_blocks.items():
            if before[name] or after[name]:
                yield name, block


class FieldComparison(BlockComparison):
    def htmlvalue(self, val) -> SafeString:
        return escape(in_words(self.block, val))

    def htmldiff(self) -> SafeString:
        before, after = in_words(self.block, self.val_a), in_words(self.block, self.val_b)
        return diff_text(before, after).to_html()


def _compare(block: blocks.Block, before, after) -> BlockComparison:
    is_field = isinstance(block, blocks.FieldBlock)
    comparison = FieldComparison if is_field else get_comparison_class_for_block(block)
    return comparison(block, True, True, before, after)


def _as_list(lines: Iterable[tuple[str, str]]) -> SafeString:
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", lines))


def in_words(block: blocks.Block, value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return _("Yes")
    if isinstance(value, dict):
        return settings_in_words(value)
    if isinstance(value, list):
        return ", ".join(
            one["value"]["label"] if isinstance(one, dict) else str(one) for one in value
        )
    if isinstance(block, blocks.ChoiceBlock):
        return str(dict(block.field.choices).get(value, value))
    return str(value)


def settings_in_words(value: dict[str, Any]) -> str:
    """What is set of a question, each setting with its name."""
    names = {control.get("field", name): control for name, control in controls().items()}
    lines = []
    for field, control in names.items():
        given = value.get(field)
        if given in (None, False, "", []):
            continue
        if control["type"] == "flag":
            lines.append(str(control["label"]))
        else:
            said = ", ".join(given) if isinstance(given, list) else given
            said = dict(control.get("options", [])).get(said, said)
            lines.append(
                _("%(setting)s: %(message)s") % {"setting": control["label"], "message": said}
            )
    return "\n".join(lines)
