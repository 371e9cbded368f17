"""What documents say, read without trusting them. Plain Python.

`read_document` gives the words of a PDF, of a text, and of what word processors, spreadsheets
and presentations write (OOXML and OpenDocument), told apart by what they hold. Everything but
plain text is read in a process of its own, with little memory and little time (see `child`).
"""

from intranet.document_texts.guarded import Limits, UnreadableDocument, read_document

__all__ = ["Limits", "UnreadableDocument", "read_document"]
