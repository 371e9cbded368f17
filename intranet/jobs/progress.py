"""How far the running job is, told from anywhere below it."""

from contextvars import ContextVar


class Progress:
    """A percentage that the worker's lease thread writes down, outside any transaction."""

    def __init__(self) -> None:
        self.percent = 0


current_progress: ContextVar[Progress | None] = ContextVar("current_progress", default=None)


def tell_progress(done: int, total: int) -> None:
    """Say how much of the running job is done; outside a job, nobody listens."""
    progress = current_progress.get()
    if progress is not None and total > 0:
        progress.percent = max(0, min(99, done * 100 // total))
