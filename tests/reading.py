"""What a person reads of an answer: its words, without tags, entities and French spaces."""

from html import unescape

from django.http import HttpResponse


def words_of(response: HttpResponse) -> str:
    text = unescape(response.content.decode())
    return text.replace("\u202f", " ").replace("\u00a0", " ")
