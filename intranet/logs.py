"""Logs that say what happened without saying to whom."""

import logging
import re

ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+")
# PostgreSQL quotes the refused row: an answer, a name.
ROW = re.compile(r"^(DETAIL|CONTEXT): .*$", re.MULTILINE)
KEY = re.compile(r"(/compte/password/reset/key/|/invitation/)[^/\s]+")


class DiscreetFormatter(logging.Formatter):
    """Takes e-mail addresses, keys and quoted rows out of messages and of tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        line = ADDRESS.sub("…@…", line)
        line = KEY.sub(r"\1…", line)
        return ROW.sub(r"\1: …", line)
