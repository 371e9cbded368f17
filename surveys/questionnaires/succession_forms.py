"""What an editor says of last year's questions, from strings to decisions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.questionnaires.definition import Definition, Question, text_in
from surveys.questionnaires.succession import Decision, Link, Tangle, linkable, settled

MEANS_THE_SAME = {"yes": True, "no": False}
REASON_LENGTH = 500


class TitleForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)


@dataclass
class SuccessionForm:
    """`typed` is what a page sent: `from-<id>`, `means-<id>` and `reason-<id>` by question.

    Nothing typed is lost: what cannot be understood is said in `errors`, by question.
    """

    old: Definition
    new: Definition
    typed: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def is_valid(self) -> bool:
        decisions = {one: self._decision(one) for one in linkable(self.new)}
        reasons = {one: self._reason(one) for one in linkable(self.old)}
        self.links, tangles = settled(decisions, reasons, self.old, self.new)
        for tangle in tangles:
            self._refuse(tangle)
        return not self.errors

    def _decision(self, later: str) -> Decision:
        codes = re.split(r"[\s,;]+", self.typed.get(f"from-{later}", "").strip())
        by_code = {question.code: one for one, question in linkable(self.old).items()}
        unknown = [code for code in codes if code and code not in by_code]
        if unknown:
            message = _("No question of the earlier questionnaire has the code “%(code)s”.")
            self.errors[later] = message % {"code": unknown[0][:100]}
        return Decision(
            origins=tuple(by_code[code] for code in codes if code in by_code),
            is_comparable=MEANS_THE_SAME.get(self.typed.get(f"means-{later}", "")),
            reason=self._reason(later),
        )

    def _reason(self, identity: str) -> str:
        said = self.typed.get(f"reason-{identity}", "").replace("\0", "")
        return " ".join(said.split())[:REASON_LENGTH]

    def _refuse(self, tangle: Tangle) -> None:
        before = linkable(self.old)
        codes = ", ".join(before[one].code for one in tangle.origins)
        message = _(
            "Several questions (%(codes)s) became several at once: nobody could tell which became "
            "which. Leave one code on one of the two sides."
        )
        for later in tangle.successors:
            self.errors.setdefault(later, message % {"codes": codes})


def typed_of(links: list[Link], old: Definition) -> dict[str, str]:
    """What a page shows that says these links."""
    before: Mapping[str, Question] = linkable(old)
    typed = {}
    for link in links:
        for later in link.successors:
            typed[f"from-{later}"] = ", ".join(before[one].code for one in link.origins)
            typed[f"reason-{later}"] = link.reason
            if link.is_settled:
                typed[f"means-{later}"] = "yes" if link.is_comparable else "no"
        if not link.successors:
            typed[f"reason-{link.origins[0]}"] = link.reason
    return typed


def labels(definition: Definition) -> list[tuple[str, str]]:
    """Every code that can be typed, with its question."""
    return [
        (question.code, str(text_in(question.label, definition.language)))
        for question in linkable(definition).values()
    ]
