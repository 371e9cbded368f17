"""Picking territories among 1,584, with JavaScript or without."""

import re

import pytest
from django import forms
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from intranet.network.models import Territory
from intranet.network.pickers import SHOWN, EditorTerritoryPicker, TerritoriesField, numbers

pytestmark = pytest.mark.django_db


class PlaceForm(forms.Form):
    places = TerritoriesField(required=False)


@pytest.fixture
def territories(db) -> list[Territory]:
    return Territory.objects.bulk_create(
        Territory(code=f"QN0{number:04d}M", name=name, commune="Valbonne")
        for number, name in enumerate(
            ["Les Tilleuls", "Le Verger", *(f"Centre Ville {n}" for n in range(20))], start=1101
        )
    )


def sent(**fields) -> PlaceForm:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("_", "-"), value if isinstance(value, list) else [value])
    return PlaceForm(data)


def boxes(html: str) -> dict[str, bool]:
    found = re.findall(r'type="checkbox"[^>]*?( checked)?><span>([^<]+?) <', html)
    return {name: bool(checked) for checked, name in found}


def test_those_that_are_near_come_first_and_those_that_are_ticked_stay(territories):
    form = sent(places=[str(territories[1].pk)])
    form.fields["places"].widget.near = [territories[0].pk]

    assert boxes(str(form["places"])) == {"Les Tilleuls": False, "Le Verger": True}


def test_words_find_others_beside_what_is_ticked(territories):
    form = sent(places=[str(territories[0].pk)], places_search="ville", places_find="1")

    shown = boxes(str(form["places"]))

    assert next(iter(shown)) == "Les Tilleuls"
    assert len(shown) == 1 + SHOWN
    assert "20 quartiers trouvés." in str(form["places"])


def test_words_that_can_mean_one_only_are_an_answer(territories):
    form = sent(places_search="tilleuls")

    assert form.is_valid()
    assert list(form.cleaned_data["places"]) == [territories[0]]


def test_words_that_mean_several_pick_none(territories):
    form = sent(places_search="centre")

    assert form.is_valid()
    assert list(form.cleaned_data["places"]) == []


@pytest.mark.parametrize("value", ["x", "-1", "99999999999999999999", "٣", "1.5", "0"])
def test_what_is_no_key_is_left_out_or_refused(territories, value):
    form = sent(places=[value])

    assert not form.is_valid() or not form.cleaned_data["places"]
    str(form["places"])


def test_while_one_types_the_boxes_come_alone(client, territories):
    ticked = territories[1].pk
    text = client.get(
        "/reseau/territoires/places/", {"places-search": "tilleuls", "places": ticked}
    ).content.decode()

    assert boxes(text) == {"Le Verger": True, "Les Tilleuls": False}
    assert 'id="id_places_count"' in text
    assert "<html" not in text


def test_the_editor_brings_what_it_needs(territories):
    widget = EditorTerritoryPicker()

    html = widget.render("places", [territories[0].pk], {"id": "id_places"})

    assert "htmx" in str(widget.media)
    assert 'type="button"' in html
    assert boxes(html) == {"Les Tilleuls": True}


def test_it_asks_as_much_of_the_database_for_many_as_for_one(territories):
    with CaptureQueriesContext(connection) as one:
        str(sent(places=[str(territories[0].pk)], places_find="1")["places"])
    with CaptureQueriesContext(connection) as many:
        str(sent(places=[str(one.pk) for one in territories], places_find="1")["places"])

    assert len(one) == len(many)


def test_keys_are_what_a_database_can_hold():
    assert numbers(["12", 7, "x", "1" * 12]) == [12, 7]
