"""The network in Wagtail's editor, and the members' circle on its pages."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.models import Page, PageViewRestriction

from intranet.network import operations
from intranet.network.forms import MembershipForm, RoleForm, WorkingGroupForm
from intranet.network.models import Association, Membership, Territory, Theme, WorkingGroup
from intranet.network.permissions import is_member
from intranet.network.queries import representatives_of

capitalised = lazy(capfirst, str)


class ProtectedDeleteView(generic.DeleteView):
    """Refuses, with a sentence, to delete what others point at."""

    def form_valid(self, form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request,
                _("Others still point at “%(name)s”: it cannot be deleted.")
                % {"name": self.object},
            )
            return redirect(self.get_success_url())


class TerritoryIndexView(generic.IndexView):
    add_item_label = _("Add a territory")


class TerritoryViewSet(ModelViewSet):
    model = Territory
    icon = "globe"
    menu_label = _("Territories")
    panels = (
        FieldPanel("code"),
        FieldPanel("name"),
        FieldPanel("commune"),
        FieldPanel("insee_codes"),
        MultiFieldPanel(
            [FieldPanel("longitude"), FieldPanel("latitude")],
            heading=_("Where it is"),
            help_text=_(
                "Degrees, with a point: 3.0586 and 50.6311. Without them, the territory is in "
                "the lists and not on the map."
            ),
        ),
    )
    list_display = ("name", "commune", "code", "department")
    list_filter = {"commune": ["icontains"], "department": ["exact"]}
    search_fields = ("name", "commune", "code")
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = TerritoryIndexView
    delete_view_class = ProtectedDeleteView


class AssociationIndexView(generic.IndexView):
    add_item_label = _("Add an association")

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("territories")


class AssociationViewSet(ModelViewSet):
    model = Association
    icon = "group"
    menu_label = _("Associations")
    panels = (
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldPanel("kind"),
                FieldPanel("presentation"),
                FieldPanel("federation"),
                FieldPanel("territories"),
            ],
            heading=_("What it is"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("email"),
                FieldPanel("phone"),
                FieldPanel("website"),
                FieldPanel("address"),
            ],
            heading=_("How to reach it"),
        ),
        MultiFieldPanel(
            [FieldPanel("rna"), FieldPanel("siret")],
            heading=_("Its numbers"),
            help_text=_("All optional: a collective is a full member without any number."),
        ),
        MultiFieldPanel(
            [FieldPanel("is_public"), FieldPanel("is_active")],
            heading=_("How the directory shows it"),
        ),
    )
    list_display = (
        "name",
        Column("kind", label=capitalised(_("kind")), accessor="get_kind_display"),
        Column(
            "territories",
            label=capitalised(_("territories")),
            accessor=lambda row: ", ".join(str(territory) for territory in row.territories.all()),
        ),
        BooleanColumn("is_public", label=capitalised(_("shown to everybody"))),
        BooleanColumn("is_active", label=capitalised(_("active"))),
    )
    list_filter = ("kind", "is_active", "is_public", "federation", "territories")
    search_fields = ("name", "slug", "email")
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = AssociationIndexView
    delete_view_class = ProtectedDeleteView


class MembershipIndexView(generic.IndexView):
    add_item_label = _("Add a membership")

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("user", "association")


def warn_of_no_representative(request: HttpRequest, association: Association) -> None:
    """An animator may leave an association without one, not without knowing."""
    if not representatives_of(association).exists():
        messages.warning(
            request,
            _("%(association)s has no representative any more.") % {"association": association},
        )


class MembershipCreateView(generic.CreateView):
    def save_instance(self) -> Membership:
        chosen = self.form.cleaned_data
        return operations.join(
            user=chosen["user"], association=chosen["association"], role=chosen["role"]
        )


class MembershipEditView(generic.EditView):
    def save_instance(self) -> Membership:
        operations.change_role(membership=self.object, role=self.form.cleaned_data["role"])
        warn_of_no_representative(self.request, self.object.association)
        return self.object


class MembershipDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        operations.leave(membership=self.object)
        warn_of_no_representative(self.request, self.object.association)


class MembershipViewSet(ModelViewSet):
    model = Membership
    icon = "user"
    menu_label = _("Memberships")
    list_display = (
        Column("user", label=capitalised(_("person")), accessor="user", sort_key="user__last_name"),
        Column(
            "association",
            label=capitalised(_("association")),
            accessor="association",
            sort_key="association__name",
        ),
        Column("role", label=capitalised(_("role")), accessor="get_role_display", sort_key="role"),
    )
    list_filter = ("role", "association")
    search_fields = ("user__first_name", "user__last_name", "user__email", "association__name")
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = MembershipIndexView
    add_view_class = MembershipCreateView
    edit_view_class = MembershipEditView
    delete_view_class = MembershipDeleteView

    def get_form_class(self, for_update: bool = False):
        return RoleForm if for_update else MembershipForm


class ThemeIndexView(generic.IndexView):
    add_item_label = _("Add a theme")


class ThemeViewSet(ModelViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Themes")
    form_fields = ("name", "slug")
    list_display = ("name",)
    search_fields = ("name",)
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ThemeIndexView
    delete_view_class = ProtectedDeleteView


class WorkingGroupIndexView(generic.IndexView):
    add_item_label = _("Add a working group")

    def get_base_queryset(self):
        return super().get_base_queryset().filter(territory=None).annotate(people=Count("members"))


def _save_working_group(form: WorkingGroupForm) -> WorkingGroup:
    # The group that Wagtail knows follows the one that people compose.
    return operations.save_working_group(
        working_group=form.save(commit=False), members=form.cleaned_data["members"]
    )


class WorkingGroupCreateView(generic.CreateView):
    def save_instance(self) -> WorkingGroup:
        return _save_working_group(self.form)


def _composed_by_people(working_group: WorkingGroup) -> WorkingGroup:
    """Memberships compose the circle of a territory: nobody changes it by hand."""
    if working_group.territory_id is not None:
        raise Http404
    return working_group


class WorkingGroupDeleteView(ProtectedDeleteView):
    def get_object(self, *args, **kwargs) -> WorkingGroup:
        return _composed_by_people(super().get_object(*args, **kwargs))


class WorkingGroupEditView(generic.EditView):
    def get_object(self, *args, **kwargs) -> WorkingGroup:
        return _composed_by_people(super().get_object(*args, **kwargs))

    def save_instance(self) -> WorkingGroup:
        return _save_working_group(self.form)


class WorkingGroupViewSet(ModelViewSet):
    model = WorkingGroup
    icon = "group"
    menu_label = _("Working groups")
    list_display = ("name", Column("people", label=capitalised(_("people")), accessor="people"))
    search_fields = ("name",)
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = WorkingGroupIndexView
    add_view_class = WorkingGroupCreateView
    edit_view_class = WorkingGroupEditView
    delete_view_class = WorkingGroupDeleteView

    def get_form_class(self, for_update: bool = False):
        return WorkingGroupForm


class NetworkViewSetGroup(ModelViewSetGroup):
    menu_label = pgettext_lazy("menu", "Network")
    menu_icon = "group"
    menu_order = 250
    items = (
        AssociationViewSet,
        TerritoryViewSet,
        MembershipViewSet,
        WorkingGroupViewSet,
        ThemeViewSet,
    )


@hooks.register("register_admin_viewset")
def register_network() -> NetworkViewSetGroup:
    return NetworkViewSetGroup()


@hooks.register("before_serve_page")
def keep_partners_outside_the_members_circle(
    page: Page, request: HttpRequest, args: list, kwargs: dict
) -> None:
    """Wagtail lets any account pass "any logged-in user"; public partners are not members."""
    if not request.user.is_authenticated or is_member(request.user):
        return
    for restriction in page.get_view_restrictions():
        if restriction.restriction_type == PageViewRestriction.LOGIN:
            raise PermissionDenied
