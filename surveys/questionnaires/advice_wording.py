"""What would hurt in a questionnaire, said to the person who writes it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intranet.languages import own_name
from surveys.questionnaires.advice import Advice, Time

WORDS = {
    "too_long": _(
        "It takes up to %(minutes)d minutes: beyond %(most)d, many people stop on the way. What "
        "could be left out?"
    ),
    "too_many_questions": _("%(count)d questions are many: which ones will nobody use?"),
    "missing_translation": _(
        "%(count)d texts are not translated in this language (%(language)s): they are read in "
        "the language of the questionnaire."
    ),
    "long_section": _(
        "%(count)d questions on one page: beyond %(most)d, cut the section in two, or group them."
    ),
    "long_question": _("%(count)d words: say it in fewer, or move the details to the hint."),
    "required_matrix": _(
        "An answer is required in every row: people who cannot answer one of them are stuck."
    ),
    "sensitive_without_way_out": _(
        "A sensitive question without a way out: offer “I prefer not to say”."
    ),
    "sensitive_required": _(
        "A sensitive question is required: who does not want to answer leaves, or lies."
    ),
    "too_many_points": _("More than seven points: people no longer tell them apart."),
    "unbalanced_scale": _(
        "One side of the scale has more points than the other: answers will lean to it."
    ),
    "long_list": _("A long list: show it as a drop-down list, or group the choices."),
    "double_negation": _("Two negations: yes may be read as no. Say it the other way round."),
    "two_questions": _(
        "This may ask two things at once: who agrees with one only cannot answer. Ask two "
        "questions if so."
    ),
    "acronym": _("“%(word)s”: write it in full, everybody does not know it."),
    "asked_too_early": _(
        "It depends on “%(code)s”, which is asked further on: move one of them, or nobody will "
        "see it in time."
    ),
}


def advice_in_words(advice: Advice) -> str:
    params = dict(advice.params)
    if "language" in params:
        params["language"] = own_name(params["language"])
    return str(WORDS[advice.reason] % params)


def time_in_words(time: Time) -> str:
    """In whole minutes, rounded up: "4 to 7 minutes"."""
    shortest, longest = (max(1, -(-seconds // 60)) for seconds in (time.shortest, time.longest))
    if shortest == longest:
        return ngettext("%(count)d minute", "%(count)d minutes", longest) % {"count": longest}
    return str(_("%(shortest)d to %(longest)d minutes")) % {
        "shortest": shortest,
        "longest": longest,
    }
