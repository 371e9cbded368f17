import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from intranet.accounts import roles
from surveys.exports import operations
from surveys.exports.models import Export
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("files_of_the_test", "on_the_day")


@pytest.fixture
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def as_claire(client, claire):
    client.force_login(claire)
    return client


def ask(campaign, user, content="figures", *, build=True):
    export = operations.request_export(
        campaign=campaign, format="csv", content=content, by=user, at=NOW
    )
    if build:
        operations.build_export(export=export, at=NOW)
        export.refresh_from_db()
    return export


def test_an_animator_asks_for_a_workbook_and_downloads_it(
    as_claire, needs_survey, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        asked = as_claire.post(
            reverse("exports", args=["besoins-2026"]), {"format": "xlsx", "content": "rows"}
        )
    page = as_claire.get(asked.url)
    download = as_claire.get(f"{asked.url}fichier/")

    assert "Le fichier est prêt" in page.content.decode()
    assert "besoins-2026-r%C3%A9ponses.xlsx" in download["Content-Disposition"]
    assert download["Cache-Control"] == "private, no-store"
    assert download.streaming
    assert b"".join(download.streaming_content).startswith(b"PK")
    assert ModelLogEntry.objects.get().data["what"] == (
        "les réponses, emportées dans un fichier (xlsx)"
    )


def test_waiting_shows_progress_and_works_without_javascript(as_claire, claire, needs_survey):
    export = ask(needs_survey, claire, build=False)
    Export.objects.filter(pk=export.pk).update(progress=45)
    address = reverse("export", args=[export.pk])

    page = as_claire.get(address).content.decode()
    piece = as_claire.get(address, headers={"HX-Request": "true"}).content.decode()

    assert f'<a href="{address}">Actualiser</a>' in page
    assert 'value="45"' in page
    assert "<html" not in piece
    assert "hx-get" in piece


def test_a_failed_file_is_started_again_by_a_button(
    as_claire, claire, needs_survey, django_capture_on_commit_callbacks
):
    export = ask(needs_survey, claire, build=False)
    Export.objects.filter(pk=export.pk).update(state=Export.State.FAILED)
    address = reverse("export", args=[export.pk])
    assert "pas pu être préparé" in as_claire.get(address).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        as_claire.post(address)

    export.refresh_from_db()
    assert export.state == Export.State.READY


def test_a_member_takes_figures_and_is_not_offered_responses(client, denis, needs_survey):
    client.force_login(denis)
    address = reverse("exports", args=["besoins-2026"])

    page = client.get(address).content.decode()
    refused = client.post(address, {"format": "csv", "content": "rows"})
    taken = client.post(address, {"format": "csv", "content": "figures"})

    assert 'value="rows"' not in page
    assert refused.status_code == 200
    assert taken.status_code == 302
    assert [export.content for export in Export.objects.all()] == ["figures"]


def test_somebody_elses_export_does_not_exist(client, claire, denis, needs_survey):
    export = ask(needs_survey, claire)
    client.force_login(denis)

    assert client.get(reverse("export", args=[export.pk])).status_code == 404
    assert client.get(reverse("export_download", args=[export.pk])).status_code == 404


def test_the_right_is_checked_again_at_download(as_claire, claire, needs_survey):
    export = ask(needs_survey, claire, content="rows")
    claire.groups.filter(name=roles.ANIMATOR).delete()

    assert as_claire.get(reverse("export_download", args=[export.pk])).status_code == 404
    assert not ModelLogEntry.objects.exists()


def test_a_file_that_is_not_ready_cannot_be_downloaded(as_claire, claire, needs_survey):
    export = ask(needs_survey, claire, build=False)

    assert as_claire.get(reverse("export_download", args=[export.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_many_queries_for_three_files_as_for_one(
    as_claire, claire, needs_survey, django_assert_max_num_queries, count
):
    for _file in range(count):
        ask(needs_survey, claire, build=False)

    with django_assert_max_num_queries(20) as captured:
        page = as_claire.get(reverse("exports", args=["besoins-2026"])).content.decode()

    assert page.count('class="badge badge--wait"') == count
    listed = [query for query in captured.captured_queries if '"surveys_export"' in query["sql"]]
    assert len(listed) == 2
