"""A site where everything that can be found is, and what must not be found as well.

Each closed thing holds a word that nothing else holds: its canary.
"""

from datetime import date, timedelta
from functools import cache

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.document_texts import UnreadableDocument, read_document
from intranet.network.models import Association, Territory, WorkingGroup
from intranet.network.operations import save_working_group
from intranet.search.operations import rebuild
from intranet.search.queries import present, search
from intranet.search.visits import visit_of
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.charter.models import ArticlePage, CharterPage
from pages.home.operations import lay_site
from pages.information.models import InformationIndexPage, InformationPage
from pages.news.models import NewsIndexPage, NewsPage
from surveys.campaigns.models import Campaign
from surveys.questionnaires.definition import Definition, Question, Section
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import freeze_definition
from tests import documents
from tests.conftest import make_person
from tests.seeding import kept_for_a_while

CANARIES = {
    "members' page": "canarimembres",
    "group's page": "canarigroupe",
    "draft": "canaribrouillon",
    "withdrawn page": "canariretire",
    "later words of a published page": "canariavenir",
    "document of a closed collection": "canaricollection",
    "document of a group's page": "canaripiecejointe",
    "document of a draft": "canaripiecebrouillon",
    "page below a members' page": "canaridessous",
    "association": "canariassociation",
    "territory": "canariterritoire",
    "campaign of members": "canaricampagne",
    "campaign to come": "canaribientot",
}


@cache
def _read(content: bytes) -> str | UnreadableDocument:
    try:
        return read_document(content)
    except UnreadableDocument as refused:
        return refused


def read_once(content: bytes) -> str:
    read = _read(content)
    if isinstance(read, UnreadableDocument):
        raise read
    return read


def paragraph(text: str) -> dict:
    return {"type": "paragraph", "value": f"<p>{text}</p>"}


def attached(document) -> dict:
    return {"type": "document", "value": {"document": document.pk, "title": ""}}


def publish(parent, page):
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def add_document(title: str, name: str, content: bytes, collection=None):
    model = get_document_model()
    collection = collection or Collection.get_first_root_node()
    document = model(title=title, collection=collection)
    document.file.save(name, ContentFile(content), save=False)
    document._set_document_file_metadata()
    document.save()
    return document


def add_campaign(slug: str, title: str, label: str, kind: str, opens_date: date) -> Campaign:
    questionnaire = Questionnaire.objects.create(slug=slug, title=title)
    question = Question(id="q", code="q", kind="long_text", label={"fr": label})
    sections = (Section(id="s", title={"fr": "Rubrique"}, questions=(question,)),)
    freeze_definition(
        questionnaire=questionnaire,
        definition=Definition(title={"fr": title}, sections=sections),
        by=None,
        at=timezone.now(),
    )
    return Campaign.objects.create(
        slug=slug,
        title=title,
        kind=kind,
        questionnaire=questionnaire,
        opens_date=opens_date,
        threshold=1,
    )


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """The seeded site, made once for all the tests of a module, and undone after the last."""
    with pytest.MonkeyPatch.context() as patched, kept_for_a_while(django_db_blocker):
        # Every module has the same documents: each is read once.
        patched.setattr("intranet.search.documents.read_document", read_once)
        elodie = make_person("elodie@example.org", "Élodie", roles.EDITOR)
        plant(save_working_group(working_group=WorkingGroup(name="Bureau"), members=[elodie]))
        yield


@pytest.fixture
def elodie(planted, db) -> User:
    return User.objects.get(email="elodie@example.org")


@pytest.fixture
def working_group(planted, db) -> WorkingGroup:
    return WorkingGroup.objects.get(name="Bureau")


@pytest.fixture
def seeded(planted, db):
    """The seeded site, as the search knows it."""
    rebuild()


def plant(working_group: WorkingGroup) -> None:
    lay_site()
    plant_public()
    plant_charter()
    plant_closed(working_group)
    plant_network()
    plant_campaigns()


def plant_public() -> None:
    news, information = NewsIndexPage.objects.get(), InformationIndexPage.objects.get()
    publish(
        news,
        NewsPage(
            title="Fête de quartier aux Tilleuls",
            date=date(2026, 3, 1),
            summary="Les habitant·e·s préparent la fête d'été.",
            body=[paragraph("Réunions chaque jeudi à la maison de l'Œuvre sociale.")],
        ),
    )
    publish(
        news,
        NewsPage(
            title="Appel à projets 2026",
            date=date(2026, 2, 1),
            body=[
                paragraph("Les associations des quartiers prioritaires déposent leur dossier."),
                paragraph("Le conseil d'administration le relit."),
            ],
        ),
    )
    publish(
        information,
        InformationPage(
            title="Soutenir les bénévoles",
            body=[
                paragraph("Chaque adhérent(e) peut devenir acteur·rice du réseau."),
                paragraph("Les référent.e.s accompagnent les nouveaux venus. Aujourd'hui, 12."),
            ],
        ),
    )
    publish(
        information,
        InformationPage(
            title="L'auto-évaluation annuelle",
            summary="Pourquoi, quand et comment.",
            body=[paragraph("Les travaux des écoles. حي السلام"), attached(guide())],
        ),
    )
    add_document(
        "Compte rendu du comité",
        "comite.docx",
        documents.docx("La médiatrice présente le budget participatif."),
    )
    add_document("Plan", "plan.odt", documents.odt("Le verger pédagogique et la ludothèque."))
    add_document("Affiche illisible", "affiche.pdf", documents.pdf("x", password="clef"))


def guide():
    return add_document(
        "Guide de la subvention",
        "guide.pdf",
        documents.pdf("La trésorerie des associations", "Un échéancier pour chaque subvention"),
    )


def plant_charter() -> None:
    home = lay_site()
    charter = publish(home, CharterPage(title="Charte de coopération", slug="charte"))
    commitment = {"text": "Partager nos locaux inoccupés ;", "anchor": ""}
    publish(
        charter,
        ArticlePage(
            title="Mutualiser",
            number=1,
            body=[
                {"type": "value", "value": {"name": "Réciprocité", "text": "<p>Donner.</p>"}},
                {
                    "type": "commitments",
                    "value": {
                        "introduction": "Nous voulons :",
                        "commitments": [{"type": "item", "value": commitment}],
                    },
                },
            ],
        ),
    )


def plant_closed(working_group: WorkingGroup) -> None:
    news, information = NewsIndexPage.objects.get(), InformationIndexPage.objects.get()

    def page(canary: str, *more: dict) -> InformationPage:
        word = CANARIES[canary]
        body = [paragraph(f"Un {word} dans le texte."), *more]
        return InformationPage(title=f"Titre {word}", summary=f"Résumé {word}", body=body)

    members = publish(information, page("members' page"))
    give_circle(page=members, circle=Circle.MEMBERS)
    publish(members, page("page below a members' page"))
    secret = CANARIES["document of a group's page"]
    joined = add_document("Pièce jointe", "piece.docx", documents.docx(f"Secret {secret}"))
    group = publish(information, page("group's page", attached(joined)))
    give_circle(page=group, circle=Circle.GROUP, group=working_group)
    drafted = add_document(
        "Pièce du brouillon", "b.docx", documents.docx(CANARIES["document of a draft"])
    )
    draft = page("draft", attached(drafted))
    draft.live = False
    information.add_child(instance=draft)
    draft.save_revision()
    publish(information, page("withdrawn page")).unpublish()
    changed = publish(news, NewsPage(title="Repas partagé", date=date(2026, 1, 1)))
    changed.title = f"Repas {CANARIES['later words of a published page']}"
    changed.save_revision()
    closed = Collection.get_first_root_node().add_child(name="Bureau")
    restriction = CollectionViewRestriction.objects.create(
        collection=closed, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(working_group.group)
    add_document(
        CANARIES["document of a closed collection"],
        "secret.pdf",
        documents.pdf(CANARIES["document of a closed collection"]),
        collection=closed,
    )


def plant_network() -> None:
    territory = Territory.objects.create(
        code="QN07502M", name=f"Bas {CANARIES['territory']}", commune="Valbonne"
    )
    association = Association.objects.create(
        slug="canari", name=f"Amis du {CANARIES['association']}"
    )
    association.territories.add(territory)


def plant_campaigns() -> None:
    today = timezone.localdate()
    add_campaign("besoins", "Vos besoins", "Quels transports prenez-vous ?", "needs-survey", today)
    add_campaign(
        "bilan", f"Bilan {CANARIES['campaign of members']}", "Gardez-vous des enfants ?",
        "self-assessment", today,
    )  # fmt: skip
    add_campaign(
        "plus-tard", f"Plus tard {CANARIES['campaign to come']}", "Plus tard ?",
        "self-assessment", today + timedelta(days=30),
    )  # fmt: skip


@pytest.fixture
def found_by():
    """The titles that somebody finds, best first."""

    def find(typed: str, user: User, **how) -> list[str]:
        request = visit_of(user)
        answer = search(typed, request, **how)
        return [one.title for one in present(answer.ranked, answer.groups, request)]

    return find
