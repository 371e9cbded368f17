"""What people find, and what nobody may."""

from urllib.parse import quote_plus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intranet.network.models import Association
from intranet.search.models import SearchEntry, SearchWord, Synonyms
from intranet.search.operations import refresh
from intranet.search.queries import present, search
from intranet.search.visits import visit_of
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.information.models import InformationIndexPage, InformationPage
from pages.news.models import NewsPage
from tests.intranet.search.conftest import CANARIES, paragraph, publish

pytestmark = pytest.mark.django_db

FETE = "Fête de quartier aux Tilleuls"
APPEL = "Appel à projets 2026"
BENEVOLES = "Soutenir les bénévoles"
EVALUATION = "L'auto-évaluation annuelle"
GUIDE = "Guide de la subvention"
COMITE = "Compte rendu du comité"

TWENTY = {
    "accents left out": ("fete des tilleuls", FETE),
    "accents too many": ("quârtiér", FETE),
    "a plural for a singular": ("fêtes", FETE),
    "a singular for a plural": ("école", EVALUATION),
    "a plural in x": ("travail", EVALUATION),
    "a ligature": ("oeuvre", FETE),
    "an elision": ("l’été", FETE),
    "habitants for habitant·e·s": ("habitants", FETE),
    "habitantes for habitant·e·s": ("habitantes", FETE),
    "habitant·e·s for habitant·e·s": ("habitant·e·s", FETE),
    "actrices for acteur·rice": ("actrices", BENEVOLES),
    "adhérentes for adhérent(e)": ("adhérentes", BENEVOLES),
    "référents for référent.e.s": ("référents", BENEVOLES),
    "initials for the whole": ("AAP", APPEL),
    "initials with full stops": ("A.A.P. 2026", APPEL),
    "the board": ("CA", APPEL),
    "a priority neighbourhood": ("dossiers QPV", APPEL),
    "a compound in one word": ("autoévaluation", EVALUATION),
    "a mistyped word": ("auto-evalaution annuele", EVALUATION),
    "two letters exchanged": ("bénévloes", BENEVOLES),
    "inside a PDF": ("échéancier", GUIDE),
    "inside a PDF, without accents": ("tresorerie associations", GUIDE),
    "inside a Word document": ("médiatrices budgets", COMITE),
    "inside an OpenDocument text": ("ludotheque", "Plan"),
    "words between quotation marks": ("« maison de l'œuvre »", FETE),
    "in Arabic": ("السلام", EVALUATION),
    "a commitment": ("locaux inoccupés", "Partager nos locaux inoccupés"),
    "a value": ("réciprocité", "Réciprocité"),
    "a question": ("transport", "Vos besoins"),
}


# The legal pages of every site say these as well.
ELSEWHERE = {"a plural in x", "an elision"}


def test_a_visitor_finds_first_what_they_meant(seeded, found_by):
    found = {what: found_by(typed, AnonymousUser()) for what, (typed, _) in TWENTY.items()}

    assert len(found) >= 20
    places = {what: found[what].index(title) for what, (_, title) in TWENTY.items()}
    assert {what for what, place in places.items() if place > 0} <= ELSEWHERE
    assert max(places.values()) < 3


def test_everybody_finds_the_public_associations(association, seeded, found_by, farid):
    assert found_by("tisserand", AnonymousUser()) == []
    Association.objects.filter(pk=association.pk).update(is_public=True)

    assert found_by("tisserand", AnonymousUser()) == ["Les Tisserands"]
    assert found_by("tisserand", farid) == ["Les Tisserands"]


def test_members_find_the_people_of_the_directory(seeded, found_by, benoit, aminata, farid):
    benoit.last_name, benoit.in_directory = "Charpentier", True
    benoit.save()
    refresh(source="people", keys=[str(benoit.pk)])

    assert found_by("charpentier", aminata) == ["Benoît Charpentier"]
    assert found_by("charpentier", farid) == []
    assert found_by("charpentier", AnonymousUser()) == []
    benoit.in_directory = False
    benoit.save()
    assert found_by("charpentier", aminata) == []


def test_members_find_the_directory_and_the_campaigns(aminata, seeded, found_by):
    assert found_by("tisserand", aminata) == ["Les Tisserands"]
    assert found_by("qn07501m", aminata)[0] == "Les Tilleuls"
    assert "Les Tisserands" in found_by("valbonne", aminata)
    assert found_by("garder des enfants", aminata)[0].startswith("Bilan ")


# -- Nothing private ----------------------------------------------------------------------------

# Where the network is, is told to everybody.
FOR_ALL = {"territory"}
FOR_MEMBERS = {
    "members' page", "page below a members' page", "association", "territory",
    "campaign of members",
}  # fmt: skip
FOR_THE_GROUP = {
    "group's page", "document of a group's page", "document of a closed collection",
}  # fmt: skip
SEES = {
    "nobody": FOR_ALL,
    "farid": FOR_ALL,
    "aminata": FOR_MEMBERS,
    "claire": FOR_MEMBERS | {"campaign to come"},
    "elodie": FOR_MEMBERS | FOR_THE_GROUP,
}


def test_a_canary_is_found_by_those_alone_who_may_read_it(
    seeded, found_by, farid, aminata, claire, elodie
):
    people = {
        "nobody": AnonymousUser(),
        "farid": farid,
        "aminata": aminata,
        "claire": claire,
        "elodie": elodie,
    }

    found = {
        name: {what for what, canary in CANARIES.items() if found_by(canary, person)}
        for name, person in people.items()
    }

    assert found == SEES


def test_a_closed_word_is_not_told_by_a_figure_an_extract_or_a_suggestion(seeded, client):
    for what, canary in CANARIES.items():
        if what in FOR_ALL:
            continue
        mistyped = canary[:-3] + canary[-2:]
        for typed in (canary, mistyped, f"{canary} quartier", f"quartier {mistyped}"):
            page = client.get("/recherche/", {"q": typed}).content.decode()

            told = page.replace(typed, "").replace(quote_plus(typed), "")
            assert canary not in told
            assert search(typed, visit_of(AnonymousUser())).corrected == ""
    # There was something to tell.
    assert SearchWord.objects.filter(plain__startswith="canari").count() > 5


def test_figures_count_what_may_be_read_alone(seeded, aminata, found_by):
    index = InformationIndexPage.objects.get()
    for number in range(12):
        page = publish(index, InformationPage(title=f"Potager {number}"))
        if number % 3:
            give_circle(page=page, circle=Circle.MEMBERS)
        refresh(source="pages", keys=[str(page.pk)])

    assert search("potager", visit_of(AnonymousUser())).kinds == {"page": 4}
    assert search("potager", visit_of(aminata)).kinds == {"page": 12}
    assert len(found_by("potager", AnonymousUser())) == 4


def test_a_page_that_closes_is_no_longer_found_at_once(seeded, found_by):
    page = NewsPage.objects.get(title=FETE)

    give_circle(page=page, circle=Circle.MEMBERS)

    assert FETE not in found_by("fête", AnonymousUser())


def test_a_suggestion_is_spelt_as_an_open_text_spells_it(seeded, aminata):
    index = InformationIndexPage.objects.get()
    closed = publish(index, InformationPage(title="Ludothécaires anonymes"))
    give_circle(page=closed, circle=Circle.MEMBERS)
    refresh(source="pages", keys=[str(closed.pk)])

    assert search("ludotheqeu", visit_of(AnonymousUser())).corrected == "ludothèque"


# -- What is said of an answer -------------------------------------------------------------------


def test_a_compound_is_corrected_whole(seeded):
    assert search("auto-evalaution", visit_of(AnonymousUser())).corrected == "auto-évaluation"


def test_who_insists_is_believed(seeded, found_by):
    assert search("bénévloes", visit_of(AnonymousUser())).corrected == "bénévoles"
    assert found_by("bénévloes", AnonymousUser(), is_exact=True) == []


def test_a_word_that_is_found_is_not_corrected(seeded):
    assert search("verger", visit_of(AnonymousUser())).corrected == ""


def test_a_code_is_not_taken_for_another(seeded, aminata):
    assert search("QN07503M", visit_of(aminata)).corrected == ""


def test_when_nothing_holds_all_the_words_some_of_them_do(seeded):
    request = visit_of(AnonymousUser())

    answer = search("trésorerie verger", request)

    assert answer.is_partial
    assert {one.title for one in present(answer.ranked, answer.groups, request)} == {GUIDE, "Plan"}


def test_synonyms_serve_as_soon_as_they_are_written(seeded, found_by):
    assert found_by("kermesse", AnonymousUser()) == []

    Synonyms.objects.create(expressions="kermesse\nfête de quartier")

    assert found_by("kermesse", AnonymousUser()) == [FETE]
    assert found_by("kermesses", AnonymousUser()) == [FETE]


def test_an_expression_is_not_found_where_its_words_are_apart(seeded, found_by):
    Synonyms.objects.create(expressions="kermesse\nfête Tilleuls")

    assert found_by("kermesse", AnonymousUser()) == []


def test_the_title_weighs_more_than_the_summary_and_the_summary_than_the_text(seeded, found_by):
    index = InformationIndexPage.objects.get()
    for number, fields in enumerate(
        [
            {"title": "Un", "body": [paragraph("zinnia")]},
            {"title": "Deux", "summary": "Un zinnia"},
            {"title": "Zinnia"},
        ]
    ):
        page = publish(index, InformationPage(slug=f"z{number}", **fields))
        refresh(source="pages", keys=[str(page.pk)])

    assert found_by("zinnias", AnonymousUser()) == ["Zinnia", "Deux", "Un"]


def test_extracts_mark_what_was_asked_for(seeded):
    request = visit_of(AnonymousUser())
    answer = search("habitants fete", request)
    result = present(answer.ranked, answer.groups, request)[0]

    assert [piece.text for piece in result.title_pieces if piece.is_match] == ["Fête"]
    assert [piece.text for piece in result.pieces if piece.is_match] == ["habitant·e·s", "fête"]


def test_a_document_that_cannot_be_read_inside_says_so(seeded):
    request = visit_of(AnonymousUser())
    answer = search("affiche illisible", request)

    assert [one.is_closed for one in present(answer.ranked, answer.groups, request)] == [True]


def test_one_more_result_asks_no_more_of_the_database(seeded, aminata):
    def asked(typed: str) -> int:
        request = visit_of(aminata)
        with CaptureQueriesContext(connection) as queries:
            answer = search(typed, request)
            present(answer.ranked, answer.groups, request)
        return len(queries)

    asked("fête")
    index = InformationIndexPage.objects.get()
    for number in range(4):
        page = publish(index, InformationPage(title=f"Capucine {number}"))
        refresh(source="pages", keys=[str(page.pk)])
        if number == 0:
            one = asked("capucine")

    assert asked("capucine") == one


def test_what_was_deleted_a_moment_ago_is_not_shown(seeded, found_by):
    NewsPage.objects.get(title=FETE).delete()

    assert SearchEntry.objects.filter(title=FETE).exists()
    assert FETE not in found_by("fête", AnonymousUser())
