"""The values and the commitments of the charter in the search, each with its own address."""

from collections.abc import Collection, Iterator

from django.http import HttpRequest

from intranet.search.kinds import Kind
from intranet.search.sources import Findable, stamp_of
from pages.audience.queries import visible_to
from pages.charter.models import ArticlePage, CharterText, Commitment, Value


class CommitmentSource:
    name = "commitments"
    model: type[CharterText] = Commitment

    def stamps(self) -> dict[str, str]:
        rows = self.model._default_manager.filter(is_current=True, article__isnull=False)
        return {row.anchor: self._stamp(row) for row in rows}

    def read(self, keys: Collection[str]) -> Iterator[Findable]:
        rows = self.model._default_manager.filter(
            anchor__in=keys, is_current=True, article__isnull=False
        )
        for row in rows:
            yield Findable(
                key=row.anchor,
                kind=Kind.CHARTER,
                title=self._title(row),
                summary=self._summary(row),
                stamp=self._stamp(row),
            )

    def visible(self, keys: Collection[str], request: HttpRequest) -> set[str]:
        articles = visible_to(ArticlePage.objects.all(), request)
        rows = self.model._default_manager.filter(
            anchor__in=keys, is_current=True, article__in=articles
        )
        return set(rows.values_list("anchor", flat=True))

    def addresses(self, keys: Collection[str], request: HttpRequest) -> dict[str, str]:
        rows = self.model._default_manager.filter(anchor__in=keys).select_related("article")
        return {
            row.anchor: f"{url}#{row.anchor}"
            for row in rows
            if row.article and (url := row.article.get_url(request))
        }

    def _title(self, row) -> str:
        return row.alone

    def _summary(self, row) -> str:
        return f"{row.article_number}. {row.article_title} — {row.group_introduction}"

    def _stamp(self, row) -> str:
        return stamp_of(self._title(row), self._summary(row))


class ValueSource(CommitmentSource):
    name = "values"
    model = Value

    def _title(self, row) -> str:
        return row.name

    def _summary(self, row) -> str:
        return row.text
