"""What the search keeps: what there is to find, the words in it, and those that mean the same."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SearchEntry(models.Model):
    """One thing to find, as it was last read from its source (see `sources.Findable`).

    Who may find it is not written here. The full-text index lies beside this table and is
    kept by the database itself (see `fulltext`): a migration that changes this table calls
    `fulltext.lay_index` again.
    """

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    # A value of `kinds.Kind`: a new kind is no migration.
    kind = models.CharField(max_length=20)
    title = models.TextField()
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    date = models.DateField(null=True)
    is_closed = models.BooleanField(default=False)
    # The forms of its words in the order of reading, and what each of them weighs.
    words = models.TextField()
    weights = models.TextField()
    stamp = models.CharField(max_length=120)

    class Meta:
        verbose_name = pgettext_lazy("search", "entry of the search")
        verbose_name_plural = pgettext_lazy("search", "entries of the search")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"],
                name="one_search_entry_per_thing",
                violation_error_message=_("This is already in the search."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that some entry holds, without its accents: what a typing error is compared with."""

    plain = models.CharField(max_length=40, unique=True)
    form = models.CharField(max_length=40)
    length = models.PositiveSmallIntegerField(db_index=True)

    class Meta:
        verbose_name = pgettext_lazy("search", "word of the search")
        verbose_name_plural = pgettext_lazy("search", "words of the search")

    def __str__(self) -> str:
        return self.plain


class Synonyms(models.Model):
    """Words and expressions that mean the same to whoever searches."""

    expressions = models.TextField(
        _("words and expressions"),
        help_text=_(
            "One a line, two at least: whoever searches one of them also finds the others. "
            "Plurals and accents are understood by themselves."
        ),
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["expressions"]

    def __str__(self) -> str:
        return " = ".join(self.lines)

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.expressions.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        if len(self.lines) < 2:
            message = _("Write two words or expressions at least, each on a line of its own.")
            raise ValidationError({"expressions": message})
