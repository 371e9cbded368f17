"""Addresses that only tests have: one page that shows every piece of the house."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

import intranet.urls


class EveryField(forms.Form):
    name = forms.CharField(label="Nom de votre association")
    email = forms.EmailField(
        label="Adresse électronique", help_text="Nous n'écrivons que pour cette campagne."
    )
    people = forms.IntegerField(label="Nombre de bénévoles", required=False, min_value=0)
    since = forms.ChoiceField(
        label="Depuis quand agissez-vous ici ?",
        choices=[("", "Choisir"), ("1", "Moins d'un an"), ("2", "Plus d'un an")],
        required=False,
    )
    degree = forms.ChoiceField(
        label="Nous préparons nos réponses aux appels à projets avec les habitantes et habitants",
        help_text="Pensez aux douze derniers mois.",
        widget=forms.RadioSelect,
        choices=[
            ("1", "Pas du tout"),
            ("2", "Un peu"),
            ("3", "Assez souvent"),
            ("4", "Toujours, c'est notre manière de faire"),
        ],
    )
    rating = forms.ChoiceField(
        label="Quelle note donnez-vous à la coopération sur votre territoire ?",
        widget=forms.RadioSelect,
        choices=[(n, n) for n in range(11)],
        required=False,
    )
    means = forms.MultipleChoiceField(
        label="Que pouvez-vous partager ?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("s", "Une salle"), ("v", "Un véhicule"), ("t", "Du temps")],
        required=False,
    )
    story = forms.CharField(label="Racontez", widget=forms.Textarea, required=False)
    document = forms.FileField(label="Un document", required=False)
    agreed = forms.BooleanField(label="Le bureau de l'association a relu ces réponses")


EveryField.base_fields["rating"].widget.attrs["class"] = "rating"


def stylesheet(request: HttpRequest) -> HttpResponse:
    for level, text in [
        (messages.SUCCESS, "La campagne est ouverte. 42 associations ont été invitées."),
        (messages.INFO, "Votre brouillon date d'hier soir."),
        (messages.WARNING, "Il reste deux questions sans réponse."),
        (messages.ERROR, "Ce fichier n'a pas pu être lu. Enregistrez-le en CSV, puis réessayez."),
    ]:
        messages.add_message(request, level, text)
    pages = Paginator(range(90), 10)
    context = {
        "form": EveryField({"people": "beaucoup"} if "errors" in request.GET else None),
        "page_obj": pages.page(3),
        "trail": [("Campagnes", "/campagnes/"), ("Autoévaluation 2026", "")],
        "total": 12,
        "done": 5,
    }
    return render(request, "stylesheet.html", context)


urlpatterns = [path("feuille/", stylesheet, name="stylesheet"), path("", include(intranet.urls))]
handler404 = "django.views.defaults.page_not_found"
