"""The synonyms of the search, in Wagtail's editor."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from intranet.search.models import Synonyms


class SynonymsIndexView(generic.IndexView):
    add_item_label = _("Add synonyms")


class SynonymsViewSet(ModelViewSet):
    model = Synonyms
    icon = "search"
    menu_label = pgettext_lazy("menu", "Search synonyms")
    menu_order = 2000
    add_to_settings_menu = True
    form_fields = ("expressions",)
    list_display = ("__str__",)
    search_fields = ("expressions",)
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = SynonymsIndexView


@hooks.register("register_admin_viewset")
def register_synonyms() -> SynonymsViewSet:
    return SynonymsViewSet()
