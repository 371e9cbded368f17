"""In Wagtail's editor: the languages of a questionnaire, and the translator's page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail import hooks

from intranet.languages import own_name
from surveys.questionnaires import operations
from surveys.questionnaires.admin_renewal import OfOneQuestionnaire
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.translation_forms import LanguageForm, name_in_french
from surveys.questionnaires.translation_page import (
    ALL,
    FILTERS,
    Line,
    lines_of,
    sent_texts,
    sheets_of,
)
from surveys.questionnaires.translations import Clash, Entries, Progress, State, progress_of


class OfTranslations(OfOneQuestionnaire):
    permission_required = "change"
    header_icon = "globe"

    @cached_property
    def definition(self) -> Definition:
        return self.questionnaire.written

    def name_of(self, language: str) -> str:
        return own_name(language, self.questionnaire.language_names.get(language, ""))

    def progress(self, language: str) -> Progress:
        return progress_of(self.definition, self.questionnaire.translations, language)

    @property
    def languages_url(self) -> str:
        return reverse("questionnaire_languages", args=[self.questionnaire.pk])


class LanguagesView(OfTranslations, FormView):
    """The languages of a questionnaire, how far each is, and one more to add."""

    form_class = LanguageForm
    template_name = "surveys/questionnaires/languages.html"
    page_title = gettext_lazy("Languages")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "known": self.definition.languages}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        written_in = self.definition.language
        languages = [
            {
                "tag": language,
                "name": self.name_of(language),
                "french": name_in_french(language),
                "progress": self.progress(language),
            }
            for language in self.questionnaire.translations
        ]
        return super().get_context_data(
            questionnaire=self.questionnaire,
            languages=languages,
            written_in=written_in,
            written_in_name=self.name_of(written_in),
            **kwargs,
        )

    def form_valid(self, form: LanguageForm) -> HttpResponse:
        language, name = form.cleaned_data["language"], form.cleaned_data["name"]
        try:
            operations.add_language(
                questionnaire=self.questionnaire,
                language=language,
                name=name,
                by=self.by,
                at=timezone.now(),
            )
        except operations.AlreadyALanguage:
            messages.info(self.request, _("This language was there already."))
        return redirect("questionnaire_translation", self.questionnaire.pk, language)


class TranslationView(OfTranslations, TemplateView):
    """Every text beside its translation."""

    template_name = "surveys/questionnaires/translation.html"

    @cached_property
    def language(self) -> str:
        return self.kwargs["language"]

    @cached_property
    def showing(self) -> str:
        asked = self.request.GET.get("montrer", ALL)
        return asked if asked in FILTERS else ALL

    @property
    def page_title(self) -> str:
        return _("Translation: %(language)s") % {"language": self.name_of(self.language)}

    @property
    def entries(self) -> Entries:
        return self.questionnaire.translations.get(self.language, {})

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        return [*before, {"url": self.languages_url, "label": _("Languages")}, here]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.language not in self.questionnaire.translations:
            raise Http404
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = request.POST.dict()
        texts = sent_texts(sent, self.definition, self.entries, self.language)
        typed = {key: translation.text for key, translation in texts.items()}
        try:
            clashes = operations.translate(
                questionnaire=self.questionnaire,
                language=self.language,
                texts=texts,
                by=self.by,
                at=timezone.now(),
            )
        except operations.NotALanguage:
            messages.error(
                request,
                _(
                    "This language was removed meanwhile: nothing is saved. What you typed is "
                    "below. Add the language again in another window, then save."
                ),
            )
            return self.render_to_response(self.get_context_data(typed=typed), status=409)
        del self.questionnaire
        self.__dict__.pop("definition", None)
        if clashes:
            return self._show_clashes(clashes, typed)
        self._say_what_was_saved()
        return redirect(self._where_the_person_was(sent.get("at", "")))

    def _show_clashes(self, clashes: tuple[Clash, ...], typed: dict[str, str]) -> HttpResponse:
        message = ngettext(
            "Somebody else translated %(count)d text while you were typing: both are shown. "
            "Everything else is saved.",
            "Somebody else translated %(count)d texts while you were typing: both are shown. "
            "Everything else is saved.",
            len(clashes),
        )
        messages.warning(self.request, message % {"count": len(clashes)})
        mine = {clash.key: typed[clash.key] for clash in clashes}
        context = self.get_context_data(typed=mine, clashes=clashes)
        return self.render_to_response(context, status=409)

    def _say_what_was_saved(self) -> None:
        left = self.progress(self.language)
        if left.is_complete:
            messages.success(self.request, _("Saved. Everything is translated."))
            return
        said = _("Saved. %(missing)d to translate, %(to_review)d to review.")
        counts = {"missing": left.missing, "to_review": left.to_review}
        messages.success(self.request, said % counts)

    def _where_the_person_was(self, at: str) -> str:
        """The same text, or the next one that the filter still shows."""
        number = int(at[1:]) if at[:1] == "t" and at[1:].isdecimal() else 0
        shown = [line for line in self.lines() if self._is_shown(line)]
        here = next((line for line in shown if line.number >= number), shown[-1] if shown else None)
        query = f"?{urlencode({'montrer': self.showing})}" if self.showing != ALL else ""
        return f"{self.request.path}{query}{f'#{here.id}' if here and number else ''}"

    def _is_shown(self, line: Line) -> bool:
        return self.showing == ALL or line.state is FILTERS[self.showing]

    def lines(self, **more: Any) -> list[Line]:
        return lines_of(self.definition, self.entries, self.language, **more)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed, clashes = kwargs.pop("typed", None), kwargs.pop("clashes", ())
        lines = self.lines(typed=typed, clashes=clashes)
        progress = self.progress(self.language)
        return super().get_context_data(
            questionnaire=self.questionnaire,
            language=self.language,
            language_name=self.name_of(self.language),
            source_language=self.definition.language,
            source_name=self.name_of(self.definition.language),
            sheets=list(sheets_of(self.definition, lines, self.showing)),
            progress=progress,
            showing=self.showing,
            filters=[
                (ALL, _("Everything"), progress.total),
                ("manquant", _("To translate"), progress.missing),
                ("a-relire", _("To review"), progress.to_review),
            ],
            warned=[line for line in lines if line.lost],
            to_review=State.TO_REVIEW,
            **kwargs,
        )


class RemoveLanguageView(OfTranslations, TemplateView):
    """Asks before the translations into a language are thrown away."""

    template_name = "surveys/questionnaires/remove_language.html"
    page_title = gettext_lazy("Remove a language")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        language = self.kwargs["language"]
        if language not in self.questionnaire.translations:
            raise Http404
        return super().get_context_data(
            name=self.name_of(language),
            progress=self.progress(language),
            back=self.languages_url,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = self.kwargs["language"]
        try:
            operations.remove_language(
                questionnaire=self.questionnaire, language=language, by=self.by, at=timezone.now()
            )
        except operations.NotALanguage:
            messages.info(request, _("This language was removed already."))
        else:
            said = _("%(language)s is removed from the draft. What is published does not change.")
            messages.success(request, said % {"language": self.name_of(language)})
        return redirect(self.languages_url)


@hooks.register("register_admin_urls")
def register_translation_urls():
    begin = "questionnaires/<int:pk>/traductions/"
    return [
        path(begin, LanguagesView.as_view(), name="questionnaire_languages"),
        path(
            f"{begin}<str:language>/",
            TranslationView.as_view(),
            name="questionnaire_translation",
        ),
        path(
            f"{begin}<str:language>/retirer/",
            RemoveLanguageView.as_view(),
            name="questionnaire_remove_language",
        ),
    ]
