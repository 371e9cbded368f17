from django.urls import path

from pages.agenda import views

urlpatterns = [
    path("calendriers/agenda.ics", views.whole_calendar, name="calendar"),
    path("calendriers/themes/<slug:slug>.ics", views.theme_calendar, name="theme_calendar"),
    path(
        "calendriers/territoires/<slug:code>.ics",
        views.territory_calendar,
        name="territory_calendar",
    ),
    path("calendriers/evenements/<uuid:uid>.ics", views.event_calendar, name="event_calendar"),
    path(
        "calendriers/personnel/<str:token>.ics", views.personal_calendar, name="personal_calendar"
    ),
    path("mon-agenda/", views.my_calendar, name="my_calendar"),
    path("mon-agenda/adresse/", views.change_my_calendar, name="change_my_calendar"),
    path("flux/agenda.xml", views.AgendaFeed(), name="agenda_feed"),
    path("flux/agenda/themes/<slug:slug>.xml", views.AgendaFeed(), name="theme_agenda_feed"),
    path(
        "flux/agenda/territoires/<slug:code>.xml",
        views.AgendaFeed(),
        name="territory_agenda_feed",
    ),
]
