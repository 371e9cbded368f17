"""What the search keeps of texts that named somebody is read again once they no longer do."""

from collections import defaultdict
from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.search import index

from intranet.accounts.personal_data import Holdings
from intranet.accounts.traces import Changed, Traces
from intranet.search.french import clean, tokens
from intranet.search.fulltext import forget_what_was_removed
from intranet.search.models import SearchEntry, SearchWord
from intranet.search.operations import refresh

TEXTS = ("title", "summary", "text")


class Search(Holdings):
    columns = {}

    def settle(self, traces: Traces, changed: Changed) -> None:
        _read_again(traces)
        _forget_words(traces)
        _index_again(changed)
        forget_what_was_removed()


def _read_again(traces: Traces) -> None:
    named = reduce(
        or_, (Q(**{f"{field}__icontains": word}) for field in TEXTS for word in traces.words)
    )
    keys: dict[str, list[str]] = defaultdict(list)
    for source, key in SearchEntry.objects.filter(named).values_list("source", "key"):
        keys[source].append(key)
    for source, some in keys.items():
        refresh(source=source, keys=some)


def _forget_words(traces: Traces) -> None:
    """The words of a name leave the vocabulary, unless something else says them."""
    said = clean(f"{traces.first_name} | {traces.last_name} | {traces.email}")
    forms = {token.plain: token.forms[0] for token in tokens(said)}
    for plain, form in forms.items():
        if not SearchEntry.objects.filter(words__contains=form).exists():
            SearchWord.objects.filter(plain=plain).delete()


def _index_again(changed: Changed) -> None:
    """Wagtail's own index, of what its screens search."""
    for model, pk in changed:
        if index.class_is_indexed(model):
            index.insert_or_update_object(model._default_manager.get(pk=pk))
