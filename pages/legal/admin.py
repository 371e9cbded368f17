"""The notice on the editor's first screen, until the legal pages are complete."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component

from pages.legal.models import LegalIdentity, LegalPage, label_of, missing_facts


class MissingFactsPanel(Component):
    name = "legal_facts"
    template_name = "pages/legal/missing_facts.html"
    order = 10

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        address = reverse("wagtailsettings:edit", args=["pages", "legalidentity"])
        return {"missing": [label_of(name) for name in self.missing], "address": address}


@hooks.register("construct_homepage_panels")
def say_what_is_missing(request: HttpRequest, panels: list[Component]) -> None:
    if not request.user.has_perm("pages.change_legalidentity") or not LegalPage.objects.exists():
        return
    missing = missing_facts(LegalIdentity.load(request_or_site=request))
    if missing:
        panels.append(MissingFactsPanel(missing))
