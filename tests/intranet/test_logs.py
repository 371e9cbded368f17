import logging

from intranet.logs import DiscreetFormatter


def line(message: str, exc_info=None) -> str:
    record = logging.LogRecord("essai", logging.ERROR, "f", 1, message, (), exc_info)
    return DiscreetFormatter("{message}", style="{").format(record)


def test_logs_name_nobody():
    assert line("Refused: aminata.sow+asso@tisserands.example") == "Refused: …@…"


def test_logs_keep_no_key_that_opens_an_account():
    assert line("Not Found: /compte/password/reset/key/1-abc-def/") == (
        "Not Found: /compte/password/reset/key/…/"
    )


def test_a_traceback_does_not_quote_the_row_that_was_refused():
    said = "duplicate key\nDETAIL:  Failing row contains (1, Aminata, santé)."
    try:
        raise ValueError(said)
    except ValueError as error:
        written = line("failed", (type(error), error, error.__traceback__))

    assert "duplicate key" in written
    assert "Aminata" not in written
    assert "DETAIL: …" in written
