"""Writes on trials: a questionnaire tried out by who writes it, in the steps of who answers.

A trial is never made a response; nothing that counts, exports or follows up reads one.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from intranet.accounts.models import User
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.problems import Problem, find_problems
from surveys.questionnaires.queries import draft_of
from surveys.responses.merging import Conflict, Values, merge
from surveys.responses.models import Trial
from surveys.responses.operations import DraftGone

KEPT_FOR = timedelta(days=30)


class NotReady(Exception):
    """The draft cannot be asked to anybody, not even to try it: `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = problems


def trial_with(key: UUID, by: User) -> Trial | None:
    """A trial is found by who began it, and by nobody else."""
    return Trial.objects.select_related("questionnaire").filter(pk=key, updated_by=by).first()


def latest_trial(questionnaire: Questionnaire, by: User) -> Trial | None:
    trials = Trial.objects.filter(questionnaire=questionnaire, updated_by=by)
    return trials.order_by("-updated_at").first()


def problems_of(questionnaire: Questionnaire) -> list[Problem]:
    """What forbids to try the latest draft: what forbids to publish it."""
    draft = draft_of(questionnaire)
    draft.settle_identities()
    return find_problems(draft.blocks, published=draft.published_questions())


@transaction.atomic
def start_trial(
    *, questionnaire: Questionnaire, language: str = "", by: User, at: datetime
) -> Trial:
    """A trial of the draft as it is now: what is written later is tried by another one."""
    if problems := problems_of(questionnaire):
        raise NotReady(problems)
    definition = draft_of(questionnaire).written
    known = language if language in definition.languages else definition.language
    return Trial.objects.create(
        questionnaire=questionnaire,
        definition=definition.to_json(),
        language=known,
        updated_at=at,
        updated_by=by,
    )


@transaction.atomic
def save_trial(*, trial: Trial, values: Values, base: Values, at: datetime) -> tuple[Conflict, ...]:
    """Put typed values into a trial, as `operations.save_draft` does into a draft."""
    stored = Trial.objects.select_for_update(of=("self",)).filter(pk=trial.pk).first()
    if stored is None:
        raise DraftGone
    known = {question.id for question in Definition.from_json(stored.definition).questions}
    merged = merge(
        base=base,
        mine={question_id: value for question_id, value in values.items() if question_id in known},
        theirs=stored.document,
    )
    trial.document, trial.revision = merged.document, stored.revision
    if merged.document != stored.document:
        trial.revision, trial.updated_at = stored.revision + 1, at
        trial.save(update_fields=["document", "revision", "updated_at"])
    return merged.conflicts


@transaction.atomic
def restart_trial(*, trial: Trial, language: str = "", by: User, at: datetime) -> Trial:
    """Throw the trial away for another one, of the draft as it is now."""
    questionnaire, language = trial.questionnaire, language or trial.language
    trial.delete()
    return start_trial(questionnaire=questionnaire, language=language, by=by, at=at)


def purge_trials(*, at: datetime) -> int:
    """Remove the trials that nobody went on with for thirty days; say how many."""
    removed, _by_model = Trial.objects.filter(updated_at__lt=at - KEPT_FOR).delete()
    return removed
