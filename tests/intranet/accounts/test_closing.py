"""An account is closed: who it was is nowhere to be found, what it wrote stays."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Comment, ModelLogEntry

from intranet.accounts import closing, personal_data
from intranet.accounts.models import User
from intranet.accounts.traces import Traces
from intranet.digest.models import DigestPreference
from intranet.jobs.operations import enqueue
from intranet.network.models import Membership, WorkingGroup
from intranet.network.operations import join, save_working_group
from intranet.notifications.models import Letter
from intranet.notifications.operations import mark_silent, queue_letter
from intranet.search.models import SearchEntry, SearchWord
from intranet.search.operations import rebuild
from pages.contact.models import FormIndexPage
from pages.contact.operations import record_answer
from pages.news.acknowledging import acknowledge
from pages.news.models import NewsIndexPage, NewsPage
from pages.signatures.models import Signature, Step
from pages.signatures.operations import Decision, sign
from surveys.exports.models import Export
from surveys.exports.operations import build_export, request_export
from surveys.responses.models import Draft, Response
from surveys.responses.operations import Submission, record_responses, start_draft
from tests.pages.contact.conftest import add_form
from tests.pages.news.conftest import read_first
from tests.pages.signatures.conftest import first, published
from tests.people import NOW
from tests.surveys.campaigns.conftest import make_campaign, make_questionnaire

__all__ = ["add_form", "first", "published", "read_first"]

pytestmark = pytest.mark.django_db

FIRST, LAST = "Zéphyrelle", "Quetzalcanari"
NAME = f"{FIRST} {LAST}"
EMAIL = "zephyrelle.quetzalcanari@canari.example"
PHONE = "06 98 76 54 32"
PASSWORD = "un-long-mot-de-passe"
# What is left of a word once an index has shortened it; with and without accent, in JSON or not.
CANARIES = ("phyrel", "quetzalcanar", "canari.example", "06 98 76 54 32", "0698765432")


def everything_written() -> dict[str, str]:
    """Every row of every table of the database, as text."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = "\n".join(
                " ".join(_text(value) for value in row) for row in cursor.fetchall()
            ).lower()
    return found


def _text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def tables_that_say(*canaries: str) -> set[str]:
    return {
        table
        for table, text in everything_written().items()
        if any(one in text for one in canaries)
    }


def files_that_say(root: Path, *canaries: str) -> list[str]:
    return [
        path.name
        for path in root.rglob("*")
        if path.is_file()
        and any(one in f"{path}{path.read_bytes().decode('latin-1')}".lower() for one in canaries)
    ]


@pytest.fixture
def news_index(first):
    """The pages that the charter's import laid."""
    return NewsIndexPage.objects.get()


@pytest.fixture
def forms(first):
    return FormIndexPage.objects.get()


@pytest.fixture
def zephyrelle(association) -> User:
    user = User.objects.create_user(
        EMAIL, PASSWORD, first_name=FIRST, last_name=LAST, phone=PHONE, function="trésorière"
    )
    join(user=user, association=association, role=Membership.Role.CONTRIBUTOR)
    return user


@pytest.fixture
def active_life(
    client,
    zephyrelle,
    association,
    aminata,
    claire,
    first,
    news_index,
    read_first,
    add_form,
    settings,
    tmp_path,
    django_capture_on_commit_callbacks,
):
    """All that somebody can do, with their name in all of it."""
    settings.MEDIA_ROOT = tmp_path
    settings.SESSION_SEEN_EVERY = timedelta(0)
    admin = User.objects.create_superuser("admin@example.org", PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        _log_in_and_choose(client, zephyrelle)
        _write_news(client, zephyrelle, claire)
        _answer(zephyrelle, association)
        _sign(zephyrelle, association, first)
        _be_written_to(zephyrelle, claire)
        _be_looked_after(client, zephyrelle, admin, add_form)
        rebuild()
    client.logout()
    return zephyrelle


def _log_in_and_choose(client, person):
    client.post("/compte/login/", {"login": EMAIL, "password": PASSWORD})
    client.get("/compte/sessions/")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "jbswy3"})
    EmailAddress.objects.get_or_create(user=person, email=EMAIL)
    DigestPreference.objects.create(person=person, rhythm="never", changed_at=NOW)


def _write_news(client, person, claire):
    client.force_login(person)
    typed = {
        "title": f"{NAME} ouvre le jardin",
        "text": f"Écrivez à {NAME}, {EMAIL} ou {PHONE}.",
        "audience": "public",
        "confirmed": "1",
    }
    assert client.post("/actualites/ecrire/", typed).status_code == 302
    page = NewsPage.objects.get()
    page.save_revision(user=claire).publish(user=claire)
    page.title = f"Le jardin de {NAME}"
    page.save_revision(user=person)
    Comment.objects.create(page=page, user=person, text=f"Signé {NAME}", contentpath="title")
    page.refresh_from_db()
    page.acknowledge_by = date(2027, 1, 1)
    page.locked, page.locked_by = True, person
    page.save()
    acknowledge(page=page, association=person.memberships.get().association, by=person, at=NOW)


def _answer(person, association):
    campaign = make_campaign(make_questionnaire(), associations=[association])
    participation = campaign.participations.get()
    draft = start_draft(campaign=campaign, participation=participation, at=NOW)
    Draft.objects.filter(pk=draft.pk).update(
        updated_by=person, document={"q1": f"Voir {NAME} ({EMAIL})"}
    )
    other = make_campaign(make_questionnaire("deux"), "bilan-2025", associations=[association])
    record_responses(
        campaign=other,
        version=other.questionnaire.versions.get(),
        documents=[Submission({"q1": 3}, participation=other.participations.get())],
        channel=Response.Channel.WEB,
        at=NOW,
    )
    export = request_export(campaign=other, format="xlsx", content="figures", by=person, at=NOW)
    build_export(export=export, at=NOW)
    Response.objects.update(document={"q1": f"Demandez à {NAME}, {PHONE}"})


def _sign(person, association, version):
    decision = Decision(date(2026, 3, 2), NAME, "trésorière")
    sign(association=association, version=version, decision=decision, by=person, at=NOW)
    association.email = EMAIL
    association.presentation = f"Contact : {LAST} {FIRST}."
    association.save()


def _be_written_to(person, claire):
    for number, (to, someone) in enumerate(
        [(EMAIL, person), (EMAIL, None), (claire.email, claire)]
    ):
        queue_letter(
            kind="canari",
            occasion=str(number),
            to=to,
            person=someone,
            subject=f"Au sujet de {NAME}",
            template="intranet/accounts/letters/second_factor_reset",
            context={"name": NAME, "address": EMAIL},
            at=NOW,
        )
    mark_silent(address=EMAIL, reason="refused", answer=f"<{EMAIL}> unknown", at=NOW)
    job = enqueue("intranet.search.tasks.refresh", "documents", [])
    job.arguments, job.error = ["documents", [EMAIL]], f"KeyError: {NAME}"
    job.save()


def _be_looked_after(client, person, admin, add_form):
    client.force_login(admin)
    changed = {"email": EMAIL, "first_name": FIRST, "last_name": LAST, "is_active": "on"}
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    assert client.post(address, changed).status_code == 302
    save_working_group(working_group=WorkingGroup(name="Jeunesse"), members=[person])
    membership = person.memberships.get()
    ModelLogEntry.objects.log_action(membership, "wagtail.edit", user=person)
    record_answer(page=add_form(), data={"message": f"De {NAME}, {EMAIL}"}, ticket="t", at=NOW)
    get_document_model().objects.create(
        title=f"Bilan de {NAME}",
        file=SimpleUploadedFile("bilan.txt", b"Un texte."),
        uploaded_by_user=person,
    )


def close(person, callbacks, **options):
    with callbacks(execute=True):
        return closing.close_account(user=person, at=NOW, **options)


def test_who_closed_their_account_is_nowhere_to_be_found(
    active_life, tmp_path, caplog, django_capture_on_commit_callbacks
):
    # There was something to find, in many places.
    assert len(tables_that_say(*CANARIES)) > 15
    assert SearchWord.objects.filter(plain__startswith="quetzalcanari").exists()

    close(active_life, django_capture_on_commit_callbacks)

    assert tables_that_say(*CANARIES) == set()
    assert files_that_say(tmp_path, *CANARIES) == []
    assert not any(one in caplog.text.lower() for one in CANARIES)


def test_what_they_wrote_stays_unsigned(
    active_life, association, django_capture_on_commit_callbacks
):
    close(active_life, django_capture_on_commit_callbacks)

    page = NewsPage.objects.get()
    signature = Signature.objects.get()
    unsigned = "une personne dont le compte est fermé"
    assert (page.live, page.owner, page.locked) == (True, None, False)
    assert page.title == f"{unsigned} ouvre le jardin"
    assert page.get_latest_revision_as_object().title == f"Le jardin de {unsigned}"
    assert signature.signatory_name == unsigned
    assert Step.objects.get().by is None
    assert page.acknowledgements.get().by is None
    assert Response.objects.get().document == {"q1": f"Demandez à {unsigned}, "}
    assert Draft.objects.get().updated_by is None
    association.refresh_from_db()
    assert (association.name, association.email) == ("Les Tisserands", "")
    assert association.presentation == f"Contact : {unsigned}."
    assert SearchEntry.objects.filter(title=f"{unsigned} ouvre le jardin").exists()


def test_what_was_theirs_alone_is_erased(active_life, tmp_path, django_capture_on_commit_callbacks):
    assert UserSession.objects.filter(user=active_life).exists()
    assert [path.suffix for path in (tmp_path / "exports").iterdir()] == [".xlsx"]

    user = close(active_life, django_capture_on_commit_callbacks)

    assert (user.is_active, user.has_usable_password(), user.closed_at) == (False, False, NOW)
    assert str(user) == "une personne dont le compte est fermé"
    assert not user.memberships.exists()
    assert not user.groups.exists()
    assert not Authenticator.objects.filter(user=user).exists()
    assert not UserSession.objects.filter(user=user).exists()
    assert not Export.objects.exists()
    assert list((tmp_path / "exports").iterdir()) == []
    assert Letter.objects.filter(kind="canari").count() == 1


def test_their_session_is_over_at_once(client, zephyrelle, django_capture_on_commit_callbacks):
    client.force_login(zephyrelle)
    assert client.get("/compte/").status_code == 200

    close(zephyrelle, django_capture_on_commit_callbacks)

    assert client.get("/compte/").status_code == 302


def test_other_people_keep_their_names(zephyrelle, association, django_capture_on_commit_callbacks):
    namesake = User.objects.create_user(
        f"marie-{EMAIL}", PASSWORD, first_name=FIRST, last_name="Quetzal", phone=PHONE
    )
    association.presentation = f"{FIRST} Quetzal, {FIRST} {LAST}ne et marie-{EMAIL}"
    association.save()

    close(zephyrelle, django_capture_on_commit_callbacks)

    namesake.refresh_from_db()
    association.refresh_from_db()
    assert (namesake.get_full_name(), namesake.phone) == (f"{FIRST} Quetzal", PHONE)
    assert association.presentation == f"{FIRST} Quetzal, {FIRST} {LAST}ne et marie-{EMAIL}"


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (f"Écrivez à {EMAIL}.", "Écrivez à ."),
        (f"<a href='mailto:{EMAIL}'>", "<a href='mailto:'>"),
        (f"x.{EMAIL}", f"x.{EMAIL}"),
        (f"{EMAIL}.fr", f"{EMAIL}.fr"),
        ("06.98.76.54.32", ""),
        ("Tél. +33 6 98 76 54 32, le soir", "Tél. , le soir"),
        ("0033698765432", ""),
        ("106 98 76 54 32", "106 98 76 54 32"),
        ("QUETZALCANARI Zéphyrelle", "personne"),
        ("Zéphyrelle&nbsp;Quetzalcanari", "personne"),
        ("/actualites/zephyrelle-quetzalcanari-parle/", "/actualites/compte-parle/"),
        ("Zéphyrelle Quetzalcanarienne", "Zéphyrelle Quetzalcanarienne"),
    ],
)
def test_a_name_is_found_however_it_is_written(written, left):
    traces = Traces(EMAIL, FIRST, LAST, PHONE, "personne", "compte")

    assert traces.taken_out_of(written) == left
    if left != written:
        text = written.lower()
        assert any(word.lower() in text for word in traces.words)


def test_a_first_name_alone_is_left_in_the_texts_of_others():
    claire = Traces("claire@example.org", "Claire", "", "", "personne", "personne")

    assert claire.taken_out_of("L'eau est claire. claire@example.org") == "L'eau est claire. "


def test_the_only_representative_hands_the_role_over_first(aminata, association):
    with pytest.raises(closing.CannotClose) as refused:
        closing.close_account(user=aminata, at=NOW)

    [reason] = refused.value.reasons
    assert reason.startswith("Les Tisserands n'a pas d'autre référente ou référent")
    aminata.refresh_from_db()
    assert aminata.is_active


def test_a_representative_of_a_deactivated_association_may_leave(aminata, association):
    association.is_active = False
    association.save()

    assert closing.close_account(user=aminata, at=NOW).closed_at == NOW


def test_the_last_administrator_stays(db):
    admin = User.objects.create_superuser("admin@example.org", PASSWORD)

    with pytest.raises(closing.CannotClose, match="administration"):
        closing.close_account(user=admin, at=NOW)


def test_an_account_is_closed_once(zephyrelle):
    closed = closing.close_account(user=zephyrelle, at=NOW)

    with pytest.raises(closing.AlreadyClosed):
        closing.close_account(user=closed, at=NOW)


def columns_that_point_at_people() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is get_user_model()
    }


def test_every_column_that_points_at_a_person_says_what_becomes_of_it():
    spoken_for = [name for room in personal_data.holdings() for name in room.columns]

    assert len(spoken_for) == len(set(spoken_for))
    assert columns_that_point_at_people() - set(spoken_for) == set()
    for model, field, fate in personal_data.columns():
        column = model._meta.get_field(field)
        assert column.null or fate is not personal_data.Fate.UNSIGNED, f"{model} {field}"


# -- Commands ------------------------------------------------------------------------------


def run(name, *arguments):
    out, err = StringIO(), StringIO()
    call_command(name, *arguments, stdout=out, stderr=err)
    return out.getvalue()


def test_person_data_tells_all_that_is_held(active_life):
    data = json.loads(run("person_data", EMAIL.upper(), "--json"))

    assert data["person"]["phone"] == PHONE
    assert data["held"]["intranet.Membership.user"][0]["role"] == "contributor"
    assert data["mentions"]["pages.Signature.signatory_name"] == 1
    assert data["mentions"]["surveys.Response.document"] == 1
    assert "password" not in str(data)
    assert "jbswy3" not in str(data)


def test_erase_person_says_first_what_it_would_do(active_life, tmp_path):
    checked = json.loads(run("erase_person", EMAIL, "--check", "--json"))

    active_life.refresh_from_db()
    assert active_life.email == EMAIL
    assert len(files_that_say(tmp_path, "pk")) > 0
    assert checked["mentions"]["pages.Signature.signatory_name"] == 1

    assert json.loads(run("erase_person", EMAIL, "--json")) == checked
    assert tables_that_say(*CANARIES) == set()


@pytest.mark.parametrize("command", ["person_data", "erase_person", "reset_second_factor"])
def test_commands_refuse_an_address_that_nobody_has(command, db):
    with pytest.raises(CommandError, match="Personne n'a de compte"):
        run(command, "inconnue@example.org")


# -- On screen -----------------------------------------------------------------------------


def reauthenticated(client, person):
    client.post("/compte/login/", {"login": person.email, "password": PASSWORD})
    client.post("/compte/reauthenticate/?next=/compte/fermer/", {"password": PASSWORD})
    return client


def test_a_person_closes_their_own_account(client, zephyrelle):
    reauthenticated(client, zephyrelle)
    assert "Fermer mon compte" in client.get("/compte/fermer/").content.decode()

    kept = client.post("/compte/fermer/", {})
    closed = client.post("/compte/fermer/", {"confirmed": "on"}, follow=True)

    assert "Cochez cette case" in kept.content.decode()
    assert "Votre compte est fermé" in closed.content.decode()
    zephyrelle.refresh_from_db()
    assert zephyrelle.closed_at


def test_closing_asks_once_more_who_it_is(client, zephyrelle):
    client.force_login(zephyrelle)

    response = client.post("/compte/fermer/", {"confirmed": "on"})

    assert response.url.startswith("/compte/reauthenticate/")
    zephyrelle.refresh_from_db()
    assert not zephyrelle.closed_at


def test_the_page_says_why_an_account_cannot_be_closed_yet(client, aminata):
    reauthenticated(client, aminata)

    response = client.post("/compte/fermer/", {"confirmed": "on"})

    assert response.status_code == 409
    assert "Les Tisserands n" in response.content.decode()


def test_an_administrator_closes_instead_of_deleting(client, admin_client, zephyrelle):
    address = reverse("wagtailusers_users:delete", args=[zephyrelle.pk])
    assert "sans retour" in admin_client.get(address).content.decode()

    admin_client.post(address)

    zephyrelle.refresh_from_db()
    assert zephyrelle.closed_at
    log = ModelLogEntry.objects.filter(action="intranet.account_closed").get()
    assert log.label == "une personne dont le compte est fermé"
    people = admin_client.get(reverse("wagtailusers_users:index")).content.decode()
    assert "compte-ferme" not in people


def test_several_people_are_closed_not_deleted(admin_client, zephyrelle, aminata, benoit):
    address = reverse("wagtail_bulk_action", args=["intranet", "user", "delete"])
    chosen = "next=/admin/users/&" + "&".join(f"id={one.pk}" for one in (zephyrelle, aminata))

    assert "sans retour" in admin_client.get(f"{address}?{chosen}").content.decode()
    answer = admin_client.post(f"{address}?{chosen}", follow=True)

    zephyrelle.refresh_from_db()
    aminata.refresh_from_db()
    assert zephyrelle.closed_at
    assert not aminata.closed_at
    assert "1 compte est fermé." in answer.content.decode()


def test_nobody_else_may_close_an_account(client, claire, zephyrelle):
    client.force_login(claire)

    client.post(reverse("wagtailusers_users:delete", args=[zephyrelle.pk]))

    zephyrelle.refresh_from_db()
    assert not zephyrelle.closed_at
