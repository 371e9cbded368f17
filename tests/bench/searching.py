"""The same words searched among the same pages: by our search, and by Wagtail's own backend."""

from random import Random

from django.contrib.auth.models import AnonymousUser
from wagtail.signal_handlers import disable_reference_index_auto_update

from intranet.search.operations import rebuild
from intranet.search.queries import present, search
from intranet.search.visits import visit_of
from pages.information.models import InformationIndexPage, InformationPage

WORDS = [
    "logement",
    "santé",
    "transports",
    "école",
    "emploi",
    "écoute",
    "jardin",
    "fête",
    "réunion",
    "quartier",
    "association",
    "habitants",
    "projet",
    "subvention",
    "bénévole",
    "atelier",
    "enfants",
    "jeunesse",
    "mairie",
    "budget",
    "verger",
    "permanence",
    "médiation",
    "culture",
    "sport",
    "numérique",
    "accueil",
    "formation",
    "insertion",
    "solidarité",
]
QUERIES = ("subvention", "réunion jardin", "verger médiation numérique")


def plant(count: int) -> None:
    draw = Random(5)
    index = InformationIndexPage.objects.get()
    with disable_reference_index_auto_update():
        for number in range(count):
            said = " ".join(draw.choices(WORDS, k=60))
            index.add_child(
                instance=InformationPage(
                    title=f"{draw.choice(WORDS).capitalize()} {number}",
                    body=[{"type": "paragraph", "value": f"<p>{said}</p>"}],
                )
            )


def build() -> None:
    rebuild()


def ours() -> None:
    """With who may read, the figures of each kind, and ten extracts."""
    for typed in QUERIES:
        request = visit_of(AnonymousUser())
        answer = search(typed, request)
        assert present(answer.ranked[:10], answer.groups, request)


def peer() -> None:
    for typed in QUERIES:
        found = InformationPage.objects.live().public().search(typed, operator="and")
        assert found.count()
        assert list(found[:10])
