from django import forms
from django.utils.translation import pgettext_lazy

from intranet.digest.models import DigestPreference


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=pgettext_lazy("digest", "How often do you want the letter of the network?"),
        choices=[(value, str_label) for value, str_label in DigestPreference.Rhythm.choices],
        widget=forms.RadioSelect,
    )
