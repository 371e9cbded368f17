import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from intranet.jobs.models import Job
from surveys.exports import operations, tasks
from surveys.exports.models import Export
from surveys.results import queries
from tests.people import NOW
from tests.surveys.exports.sheets import expected_in_sheet, figures_of_sheet


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def made(campaign, file_format="xlsx", content="figures"):
    stream = io.BytesIO()
    operations.write(stream, campaign=campaign, format=file_format, content=content, at=NOW)
    stream.seek(0)
    return load_workbook(stream) if file_format == "xlsx" else stream.read().decode("utf-8-sig")


def ask(campaign, user, **options):
    options = {"format": "xlsx", "content": "figures", **options}
    return operations.request_export(campaign=campaign, by=user, at=NOW, **options)


def test_request_export_leaves_a_job_for_later(needs_survey, claire):
    export = ask(needs_survey, claire)

    assert export.state == Export.State.WAITING
    [job] = Job.objects.filter(name="surveys.exports.tasks.build_export")
    assert job.arguments == [str(export.pk)]


def test_the_job_builds_the_file_and_bears_running_twice(needs_survey, claire):
    export = ask(needs_survey, claire)

    tasks.build_export(str(export.pk))
    export.refresh_from_db()
    first = export.file
    tasks.build_export(str(export.pk))
    export.refresh_from_db()

    assert (export.state, export.progress) == (Export.State.READY, 100)
    assert export.file == first
    assert default_storage.listdir("exports")[1] == [first.removeprefix("exports/")]


def test_two_workers_that_build_at_once_leave_one_file(needs_survey, claire):
    export = ask(needs_survey, claire)
    seen_waiting = Export.objects.get(pk=export.pk)

    operations.build_export(export=export, at=NOW)
    operations.build_export(export=seen_waiting, at=NOW)

    assert len(default_storage.listdir("exports")[1]) == 1


def test_a_file_that_fails_says_so_and_can_be_tried_again(needs_survey, claire, monkeypatch):
    export = ask(needs_survey, claire)
    with monkeypatch.context() as broken:
        broken.setattr(default_storage, "save", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            operations.build_export(export=export, at=NOW)
    export.refresh_from_db()
    assert export.state == Export.State.FAILED

    operations.retry_export(export=export, at=NOW)
    tasks.build_export(str(export.pk))

    export.refresh_from_db()
    assert export.state == Export.State.READY


def test_the_job_of_an_export_thrown_away_meanwhile_does_nothing(needs_survey, claire):
    export = ask(needs_survey, claire)
    export_id = str(export.pk)
    export.delete()

    tasks.build_export(export_id)

    assert not default_storage.exists("exports")


def test_old_files_are_thrown_away_and_recent_ones_stay(
    needs_survey, claire, django_capture_on_commit_callbacks
):
    old, recent = ask(needs_survey, claire), ask(needs_survey, claire)
    for export in (old, recent):
        operations.build_export(export=export, at=NOW)
    Export.objects.filter(pk=old.pk).update(requested_at=NOW - timedelta(days=8))

    with django_capture_on_commit_callbacks(execute=True):
        thrown = operations.purge_exports(at=NOW)

    assert thrown == 1
    recent.refresh_from_db()
    assert default_storage.listdir("exports")[1] == [recent.file.removeprefix("exports/")]


def test_the_workbook_presents_the_campaign(self_assessment, commitments):
    sheet = made(self_assessment)["Présentation"]

    facts = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=3) if row[0].value}

    assert sheet["A1"].value == "Campagne bilan-2026"
    assert facts["Nombre de réponses"] == 6
    assert facts["Taux de participation"] == 0.75
    assert facts["Plus petit groupe montré"] == 3
    assert facts["Produit le"] == "12 mars 2026, 19:30"


def test_the_workbooks_figures_are_those_of_the_screen(needs_survey):
    figures = queries.figures(needs_survey)

    sheet = made(needs_survey)["Chiffres"]

    assert figures["hidden"]
    assert figures_of_sheet(sheet) == {
        question["code"]: expected_in_sheet(question) for question in figures["questions"]
    }


def test_the_workbook_of_a_campaign_nobody_answered_opens(empty_survey):
    workbook = made(empty_survey, content="rows")

    assert workbook["Présentation"]["B7"].value == 0
    assert workbook["Réponses"].max_row == 2


def test_figures_are_grouped_by_commitment(self_assessment, commitments):
    sheet = made(self_assessment)["Engagements"]

    headings = [
        row[0] for row in sheet.iter_rows(values_only=True) if row[0] and "Article" in row[0]
    ]
    codes = [row[1] for row in sheet.iter_rows(values_only=True, min_row=2) if row[5] is not None]

    assert headings == [
        "Article 3\xa0: Le territoire : Partager debat",
        "Article 3\xa0: Le territoire : Partager veille",
    ]
    assert codes == ["degree", "degree", "done"]


def test_the_code_book_explains_every_code(self_assessment, commitments):
    rows = list(made(self_assessment)["Dictionnaire"].iter_rows(min_row=2, values_only=True))

    assert rows[0][:6] == ("degree", None, "Question degree", "échelle", "Votre quartier", "1")
    assert rows[0][6] == "Partager veille\nPartager debat"
    assert rows[1][:3] == ("degree", "c0", "Choix 0")


def test_figures_carry_no_answer(needs_survey):
    workbook = made(needs_survey)

    assert workbook.sheetnames == ["Présentation", "Chiffres", "Graphiques", "Dictionnaire"]
    assert "Une phrase" not in made(needs_survey, "csv")


def test_rows_of_a_self_assessment_are_nominative(self_assessment):
    workbook = made(self_assessment, content="rows")

    sheet = workbook["Réponses"]
    assert [cell.value for cell in sheet[2]] == [
        "_association", "_week", "_territory", "_language", "_channel", "_version",
        "degree", "done", "apart",
    ]  # fmt: skip
    assert {sheet.cell(row, 1).value for row in range(3, 9)} == {f"Asso {n}" for n in range(6)}
    assert sheet["H3"].value.startswith("=Nous avons fait")
    assert sheet["H3"].data_type == "s"


def test_rows_of_a_needs_survey_name_nobody_and_come_in_random_order(needs_survey):
    lines = made(needs_survey, "csv", "rows").splitlines()

    assert lines[0].startswith("_week;_territory;_language;_channel;_version;single;")
    assert lines[1].startswith("2026-03-09;;fr;web;1;")
    assert len(lines) == 61


def test_long_figures_have_one_figure_a_line(needs_survey):
    lines = made(needs_survey, "csv").splitlines()

    assert lines[0] == "question;label;kind;measure;choice;choice_label;value"
    assert lines[1] == "single;Question single;single;asked;;;60"


def test_no_more_queries_for_more_rows(self_assessment, django_assert_num_queries):
    with django_assert_num_queries(4):
        made(self_assessment, "csv", "rows")
    self_assessment.responses.filter(participation__association__slug__gte="asso-3").delete()

    with django_assert_num_queries(4):
        made(self_assessment, "csv", "rows")
