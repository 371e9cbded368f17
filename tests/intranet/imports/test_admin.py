"""Imports in Wagtail's editor, from the file to the result."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from intranet.accounts.models import User
from intranet.imports import operations
from intranet.imports.kinds import COLUMNS, Kind
from intranet.imports.models import ImportRun
from intranet.imports.operations import import_table
from intranet.imports.personal_data import Imports
from intranet.imports.tables import read_table
from intranet.imports.wording import EXAMPLES, TITLES
from intranet.jobs.models import Job
from intranet.network.models import Association, Membership, Territory
from tests.people import NOW

pytestmark = pytest.mark.django_db

ROWS = "nom;siret\nLa Ruche;\nLes Abeilles;12\nLe Rucher;\n"


def send(client, kind: str, content: str | bytes, *, name: str = "fichier.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(
        reverse("import_start", args=[kind]), {"file": SimpleUploadedFile(name, content)}
    )


@pytest.fixture
def sent(client, claire, django_capture_on_commit_callbacks):
    """Claire's file, checked."""

    def send_it(content: str = ROWS, kind: str = "associations") -> ImportRun:
        client.force_login(claire)
        with django_capture_on_commit_callbacks(execute=True):
            send(client, kind, content)
        return ImportRun.objects.get()

    return send_it


def test_a_preview_says_what_would_be_and_writes_nothing(sent, client):
    run = sent()

    page = client.get(reverse("import_run", args=[run.pk])).content.decode()

    assert run.state == ImportRun.State.READY
    assert "Confirmer l'import" in page
    assert "SIRET (14 chiffres)" in page
    assert not Association.objects.exists()


def test_a_confirmed_import_goes_in_and_tells_what_it_did(
    sent, client, django_capture_on_commit_callbacks
):
    run = sent()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_run", args=[run.pk]))

    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE
    assert run.table == {}
    assert sorted(Association.objects.values_list("name", flat=True)) == ["La Ruche", "Le Rucher"]
    page = client.get(reverse("import_run", args=[run.pk]) + "?voir=new").content.decode()
    assert "Le Rucher" in page
    assert "Confirmer l'import" not in page


def test_a_job_that_is_started_again_tells_the_same(sent, monkeypatch):
    monkeypatch.setattr(operations, "AT_A_TIME", 2)
    run = sent("nom\n" + "".join(f"Atelier {number}\n" for number in range(7)))
    operations.confirm_import(run=run)
    take, calls = operations.Importer.take, []

    def die_at_the_third(self, lines, **how):
        calls.append(lines)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return take(self, lines, **how)

    monkeypatch.setattr(operations.Importer, "take", die_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        operations.carry_out_import(run_id=run.pk, at=NOW)
    assert Association.objects.count() == 4

    operations.carry_out_import(run_id=run.pk, at=NOW)
    operations.carry_out_import(run_id=run.pk, at=NOW)

    run.refresh_from_db()
    assert Association.objects.count() == 7
    assert [one["line"] for one in run.report["new"]] == [2, 3, 4, 5, 6, 7, 8]
    assert run.report["unchanged"] == 0
    assert run.state == ImportRun.State.DONE


def test_what_happened_since_the_preview_is_told(sent):
    run = sent()
    Association.objects.create(name="La Ruche", slug="ruche")

    operations.confirm_import(run=run)
    operations.carry_out_import(run_id=run.pk, at=NOW)

    run.refresh_from_db()
    assert [one["name"] for one in run.report["new"]] == ["Le Rucher"]
    assert run.report["unchanged"] == 1


def test_an_import_is_confirmed_once(sent, client):
    run = sent()
    operations.confirm_import(run=run)

    with pytest.raises(operations.AlreadyConfirmed):
        operations.confirm_import(run=run)
    assert client.post(reverse("import_run", args=[run.pk])).status_code == 302


def test_an_import_that_failed_can_be_started_again(sent, client):
    run = sent()
    operations.confirm_import(run=run)
    Job.objects.filter(pk=run.job_id).update(state=Job.State.FAILED)

    assert "Recommencez" in client.get(reverse("import_run", args=[run.pk])).content.decode()
    client.post(reverse("import_run", args=[run.pk]))

    run.refresh_from_db()
    assert run.is_working


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "pas un tableur"),
        (b"prenom;ville\nA;B\n", "manque à ce fichier"),
        (b"nom\n", "aucune ligne en dessous"),
        (b"x" * (10 * 1024 * 1024 + 1), "dépasse 10"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(client, claire, content, said):
    client.force_login(claire)

    answer = send(client, "associations", content)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("person", ["aminata", "benoit", "elodie", "farid"])
def test_who_does_not_keep_the_directory_imports_nothing(client, request, sent, person):
    run = sent()
    client.force_login(request.getfixturevalue(person))

    for name, args in [("imports", []), ("import_start", ["members"]), ("import_run", [run.pk])]:
        assert client.get(reverse(name, args=args)).status_code in {302, 403}
    assert client.get(reverse("import_xlsx", args=["members"])).status_code in {302, 403}


def test_an_unknown_kind_is_not_found(client, claire):
    client.force_login(claire)

    assert client.get("/admin/imports/autre-chose/").status_code == 404


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", Kind)
def test_a_model_can_be_filled_in_and_read_again(client, claire, kind, suffix):
    client.force_login(claire)

    content = client.get(reverse(f"import_{suffix}", args=[kind])).content

    table = read_table(content, COLUMNS[kind])
    assert table.columns == tuple(TITLES[kind])
    assert {name: said for name, said in table.lines[0].values.items() if said} == EXAMPLES[kind]


def test_the_lists_ask_as_much_for_one_as_for_three(
    client, claire, django_assert_max_num_queries, django_assert_num_queries
):
    client.force_login(claire)
    table = read_table(b"nom\nA\n", COLUMNS[Kind.ASSOCIATIONS])
    begin = {"kind": Kind.ASSOCIATIONS, "table": table, "by": claire, "at": timezone.now()}
    operations.begin_import(file_name="un.csv", **begin)
    client.get(reverse("imports"))
    with django_assert_max_num_queries(40) as one:
        client.get(reverse("imports"))
    for name in ("deux.csv", "trois.csv"):
        operations.begin_import(file_name=name, **begin)

    with django_assert_num_queries(len(one)):
        client.get(reverse("imports"))


def test_what_a_file_held_is_kept_seven_days(sent):
    run = sent()

    operations.purge_imports(at=run.asked_at + timedelta(days=6))
    run.refresh_from_db()
    assert run.table["lines"]

    operations.purge_imports(at=run.asked_at + timedelta(days=8))
    run.refresh_from_db()
    assert (run.table, run.report) == ({}, {})


def test_a_line_of_history_stays_without_what_the_file_held(
    sent, client, claire, django_capture_on_commit_callbacks
):
    run = sent()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_run", args=[run.pk]))
    operations.purge_imports(at=run.asked_at + timedelta(days=8))

    for address in (reverse("imports"), reverse("import_run", args=[run.pk])):
        page = client.get(address).content.decode()
        assert "fichier.csv" in page
        assert str(claire) in page
        assert "Le Rucher" not in page
    run.refresh_from_db()
    assert run.counts == {"new": 2, "changed": 0, "unchanged": 0, "doubles": 0, "refused": 1}


def test_a_forgotten_file_can_no_longer_be_confirmed(sent, client):
    run = sent()
    operations.purge_imports(at=run.asked_at + timedelta(days=8))

    client.post(reverse("import_run", args=[run.pk]))

    run.refresh_from_db()
    assert run.state == ImportRun.State.READY
    assert "jamais confirmé" in client.get(reverse("imports")).content.decode()
    with pytest.raises(operations.AlreadyConfirmed):
        operations.retry_import(run=run)


def test_who_closes_their_account_leaves_the_figures_only(sent, association):
    run = sent(
        f"courriel;association;rôle\nines@example.org;{association.name};membre\n", "members"
    )
    ines = User(email="ines@example.org")

    Imports().erase(ines, NOW)

    run.refresh_from_db()
    assert (run.table, run.report, run.forgotten_at) == ({}, {}, NOW)
    assert run.counts["new"] == 1


# -- Possible doubles --------------------------------------------------------------------


def test_a_possible_double_goes_in_when_it_is_ticked(
    sent, client, django_capture_on_commit_callbacks
):
    Association.objects.create(name="Les Tisserands", slug="les-tisserands")
    run = sent("nom\nLes Tisserants\nTisserands\nLa Ruche\n")
    address = reverse("import_run", args=[run.pk])

    page = client.get(address).content.decode()
    assert page.count('type="checkbox"') == 2
    client.post(address, {"shown": ["2", "3"], "kept": ["2"], "action": "keep"})
    assert not Association.objects.filter(name="La Ruche").exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"action": "confirm"})

    run.refresh_from_db()
    assert [one["name"] for one in run.report["new"]] == ["Les Tisserants", "La Ruche"]
    assert [one["line"] for one in run.report["possible"]] == [3]


def test_a_tick_taken_away_is_taken_away(sent, client):
    Association.objects.create(name="Les Tisserands", slug="les-tisserands")
    run = sent("nom\nLes Tisserants\nTisserands\n")
    address = reverse("import_run", args=[run.pk])
    client.post(address, {"shown": ["2", "3"], "kept": ["2", "3"], "action": "keep"})

    client.post(address, {"shown": ["3"], "kept": ["99", "x"], "action": "keep"})

    run.refresh_from_db()
    assert run.kept == [2]


# -- What changes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "before", "after", "told"),
    [
        (
            "territories",
            "code;nom;commune\nQN00101M;Avant;Bourg\n",
            "code;nom;commune\nQN00101M;Après;Bourg\n",
            ("Avant", "Après"),
        ),
        (
            "associations",
            "nom;téléphone\nLa Ruche;0102030405\n",
            "nom;téléphone\nLa Ruche;0504030201\n",
            ("0102030405", "0504030201"),
        ),
        (
            "members",
            "courriel;association;rôle\nines@example.org;Les Tisserands;membre\n",
            "courriel;association;rôle\nines@example.org;Les Tisserands;référente\n",
            ("contributeur·rice", "référent·e"),
        ),
    ],
)
def test_what_changes_is_shown_before_and_after(
    sent, client, association, kind, before, after, told
):
    import_table(kind=Kind(kind), table=read_table(before.encode(), COLUMNS[Kind(kind)]))
    run = sent(after, kind)

    page = client.get(reverse("import_run", args=[run.pk]) + "?voir=changed").content.decode()

    assert f"<del>{told[0]}</del> → <ins>{told[1]}</ins>" in page


def test_what_the_columns_accept_is_told_beside_them(client, claire):
    client.force_login(claire)

    assert "contributrice" in client.get(reverse("import_start", args=["members"])).content.decode()
    page = client.get(reverse("import_start", args=["associations"])).content.decode()
    assert "collectif ou fédération" in page


def test_a_member_and_a_territory_are_imported_on_screen(
    sent, client, association, django_capture_on_commit_callbacks
):
    run = sent(
        f"courriel;association;rôle\nines@example.org;{association.name};référente\n", "members"
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_run", args=[run.pk]))

    assert Membership.objects.get().user.email == "ines@example.org"
    with django_capture_on_commit_callbacks(execute=True):
        send(client, "territories", "code;nom;commune\nQN00101M;A;B\n")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_run", args=[ImportRun.objects.latest("asked_at").pk]))
    assert Territory.objects.filter(code="QN00101M").count() == 1
