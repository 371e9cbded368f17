"""The questionnaires in Wagtail's editor."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, UpdatedAtColumn
from wagtail.admin.views.generic import CreateEditViewOptionalFeaturesMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import Revision
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    IndexView,
    SnippetViewSet,
)

from intranet.accounts.models import User
from pages.charter.queries import current_commitments
from surveys.questionnaires import operations
from surveys.questionnaires.buttons import buttons_of
from surveys.questionnaires.forms import QuestionnaireForm, SelfAssessmentForm, free_slug
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.problems import summary_of
from surveys.questionnaires.queries import latest_version


class QuestionnairePermissionPolicy(ModelPermissionPolicy):
    """As Django's permissions say, but what was published stays."""

    def user_has_permission_for_instance(self, user, action, instance) -> bool:
        if action == "delete" and instance.pk and instance.versions.exists():
            return False
        return super().user_has_permission_for_instance(user, action, instance)


permission_policy = QuestionnairePermissionPolicy(Questionnaire)
register_permission_policy(Questionnaire, permission_policy)


class QuestionnaireIndexView(IndexView):
    add_item_label = gettext_lazy("New questionnaire")

    @cached_property
    def header_buttons(self):
        buttons = super().header_buttons
        if self.add_url:
            buttons.append(
                HeaderButton(
                    _("Import a questionnaire"),
                    url=reverse("questionnaire_import"),
                    icon_name="upload",
                )
            )
            buttons.append(
                HeaderButton(
                    _("Begin from a model"),
                    url=reverse("questionnaire_models"),
                    icon_name="copy",
                )
            )
            buttons.append(
                HeaderButton(
                    _("Make the self-assessment from the charter"),
                    url=reverse("questionnaire_self_assessment"),
                    icon_name="clipboard-list",
                )
            )
        return buttons

    def get_list_more_buttons(self, instance):
        own = super().get_list_more_buttons(instance)
        return [*own, *buttons_of(instance, self.request.user)]


class PlainWords(CreateEditViewOptionalFeaturesMixin):
    """What was done, or what has to be put right, in the words of the person who edits."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # Wagtail's template of a snippet's screen leaves its heading without a text.
        return {**context, "title": context["header_title"]}

    def form_invalid(self, form: QuestionnaireForm) -> HttpResponse:
        if form.problems:
            self.produced_error_message = summary_of(form.problems)
        return super().form_invalid(form)

    def get_success_message(self, instance: Questionnaire | None = None) -> str:
        questionnaire = instance or self.object
        version = latest_version(questionnaire)
        if self.action == "publish" and version:
            return _("“%(title)s” is published: version %(number)d.") % {
                "title": questionnaire.title,
                "number": version.number,
            }
        return _("The draft of “%(title)s” is saved.") % {"title": questionnaire.title}


class SavedOnceAsked(CreateEditViewOptionalFeaturesMixin):
    """A new questionnaire is made by a button.

    Made by the screen itself, it would take the address that the button then asks for when
    both are sent at once.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class QuestionnaireCreateView(SavedOnceAsked, PlainWords, CreateView):
    pass


class QuestionnaireEditView(PlainWords, EditView):
    def get_success_json(self) -> dict[str, Any]:
        return {**super().get_success_json(), "message": self.get_success_message()}

    @property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *buttons_of(self.object, self.request.user)]

    @cached_property
    def is_out_of_date(self) -> bool:
        """Whether somebody else changed what this screen shows: a translator does not."""
        if not super().is_out_of_date:
            return False
        loaded = self.object.revisions.filter(pk=self.request.POST.get("loaded_revision_id") or 0)
        return not any(self._says_the_same(revision) for revision in loaded)

    def _says_the_same(self, loaded: Revision) -> bool:
        if self.request.POST.get("overwrite_revision_id"):
            return False
        shown = self.request.POST.get("loaded_revision_created_at", "")
        now = self.latest_revision.as_object()
        before = loaded.as_object()
        return shown == loaded.created_at.isoformat() and all(
            getattr(before, name) == getattr(now, name)
            for name in ("title", "slug", "introduction", "language", "blocks")
        )


class QuestionnaireDeleteView(DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.get_object().versions.exists():
            message = _("This questionnaire was published: it stays, with what people answered.")
            messages.error(request, message)
            return redirect(viewset.get_url_name("list"))
        return super().dispatch(request, *args, **kwargs)


class SelfAssessmentView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """The charter's commitments, and the button that makes a questionnaire of them."""

    permission_policy = permission_policy
    permission_required = "add"
    form_class = SelfAssessmentForm
    template_name = "surveys/questionnaires/self_assessment.html"
    page_title = gettext_lazy("Self-assessment from the charter")
    header_icon = "clipboard-list"

    @cached_property
    def commitments(self) -> list:
        return list(current_commitments())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(viewset.get_url_name("list")), "label": _("Questionnaires")},
            {"url": "", "label": self.page_title},
        ]

    def get_initial(self) -> dict[str, Any]:
        year = timezone.localdate().year
        return {"title": _("Self-assessment %(year)d") % {"year": year}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(commitments=self.commitments, **kwargs)

    def form_valid(self, form: SelfAssessmentForm) -> HttpResponse:
        if not self.commitments:
            return self.get(self.request)
        title = form.cleaned_data["title"]
        made = operations.make_self_assessment(
            title=title,
            slug=free_slug(title),
            commitments=self.commitments,
            by=cast(User, self.request.user),
            at=timezone.now(),
        )
        count = len(self.commitments)
        message = ngettext(
            "The questionnaire asks three questions about %(count)d commitment. Read it, change "
            "what you want, then publish it.",
            "The questionnaire asks three questions about each of the %(count)d commitments. Read "
            "it, change what you want, then publish it.",
            count,
        )
        messages.success(self.request, message % {"count": count})
        return redirect(viewset.get_url_name("edit"), made.pk)


class QuestionnaireViewSet(SnippetViewSet):
    model = Questionnaire
    icon = "clipboard-list"
    menu_label = gettext_lazy("Questionnaires")
    menu_name = "questionnaires"
    menu_order = 210
    add_to_admin_menu = True
    url_prefix = "questionnaires"
    index_view_class = QuestionnaireIndexView
    add_view_class = QuestionnaireCreateView
    edit_view_class = QuestionnaireEditView
    # Copying asks for a title first (see `admin_renewal`).
    copy_view_enabled = False
    delete_view_class = QuestionnaireDeleteView
    list_per_page = 50
    list_display = [
        "title",
        # Wagtail's own asks for a scheduled publication, a query a row.
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            primary=lambda questionnaire: questionnaire.live,
        ),
        Column(
            "latest_number",
            label=gettext_lazy("Version"),
            accessor=lambda questionnaire: questionnaire.latest_number or "–",
        ),
        NumberColumn("campaign_count", label=gettext_lazy("Campaigns")),
        UpdatedAtColumn(),
    ]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("title", placeholder=gettext_lazy("Title of the questionnaire")),
            FieldPanel("introduction"),
            FieldPanel("sections", heading=gettext_lazy("Sections and questions")),
            MultiFieldPanel(
                [FieldPanel("slug", widget=SlugInput)],
                heading=gettext_lazy("Address"),
                classname="collapsed",
            ),
        ],
        base_form_class=QuestionnaireForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Questionnaire]:
        return Questionnaire.objects.annotate(
            latest_number=Max("versions__number"),
            campaign_count=Count("campaigns", distinct=True),
        )


viewset = QuestionnaireViewSet()
register_snippet(viewset)


@hooks.register("register_admin_urls")
def register_self_assessment_url():
    return [
        path(
            "questionnaires/charte/",
            SelfAssessmentView.as_view(),
            name="questionnaire_self_assessment",
        )
    ]


@hooks.register("construct_snippet_action_menu")
def keep_published(menu_items: list, request, context: dict) -> None:
    """Campaigns ask the frozen versions: to withdraw the questionnaire would stop nothing."""
    if context.get("model") is Questionnaire:
        menu_items[:] = [item for item in menu_items if item.name != "action-unpublish"]


@hooks.register("register_home_task")
def make_a_questionnaire(request: HttpRequest) -> MenuItem | None:
    if not permission_policy.user_has_permission(request.user, "add"):
        return None
    address = reverse(viewset.get_url_name("add"))
    return MenuItem(_("Make a questionnaire"), address, icon_name="clipboard-list", order=30)
