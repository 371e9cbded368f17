"""What somebody who wishes the house ill, or a broken machine, sends."""

from urllib.parse import quote

HOSTILE = {
    "NUL": "a\x00b",
    "a lone surrogate": "%ED%A0%80",
    "bytes that are no text": "%ff%fe",
    "an endless word": "x" * 300_000,
    "a number past every column": "9" * 40,
    "a number that Python refuses": "9" * 5_000,
    "not a number": "NaN",
    "a way up": "../../../../etc/passwd",
    "a template": "{{ request }}{% debug %}",
    "a query": "' OR 1=1 --",
    "a script": "<script>alert(1)</script>",
    "a right-to-left override": "\u202e\u0007\u001b",
}


def encoded(text: str) -> str:
    """As it would stand in an address or in a form."""
    return text if text.startswith("%") else quote(text, safe="")
