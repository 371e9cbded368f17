"""The way to a new event, on the editor's first screen."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pages.agenda.models import AgendaPage, EventPage


@hooks.register("register_home_task")
def add_an_event(request: HttpRequest) -> MenuItem | None:
    agenda = AgendaPage.objects.first()
    if agenda is None or not agenda.permissions_for_user(request.user).can_add_subpage():
        return None
    model_name = EventPage._meta.model_name
    address = reverse("wagtailadmin_pages:add", args=["pages", model_name, agenda.pk])
    return MenuItem(_("Announce an event"), address, icon_name="calendar-alt", order=50)
