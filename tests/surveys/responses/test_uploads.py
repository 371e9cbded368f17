"""Files sent as answers: through both doors, beside a draft, with a response, then gone."""

import os
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from time import localtime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from surveys.questionnaires.definition import Section
from surveys.responses import operations, uploads
from surveys.responses.models import Draft, Response, Upload
from surveys.responses.uploads import Cabinet
from tests.people import NOW, TODAY
from tests.sent_files import REFUSED, SECRET, pdf, photograph, picture
from tests.surveys.responses.conftest import DEFINITION, make_version, question
from tests.surveys.responses.test_views_survey import hidden, text_of

HOME = "/enquete/besoins-2026/"
PAGE = f"{HOME}rubrique/1/"
SUMMARY = f"{HOME}resume/"
PROOF = "q-piece"

ASKED = replace(
    DEFINITION,
    sections=(
        Section(
            id="s-1",
            title={"fr": "Pièces"},
            questions=(
                question("piece", "file", "Envoyez une photo ou un document", required=True),
                question("age", "integer", "Quel âge ?", minimum=0, maximum=120),
            ),
        ),
    ),
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def asked(questionnaire, survey):
    return make_version(questionnaire, ASKED)


@pytest.fixture
def phone(asked) -> Client:
    client = Client()
    client.post(HOME)
    return client


def sent(content: bytes | None = None, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photograph() if content is None else content)


def send(client: Client, address: str = PAGE, action: str = "later", **typed):
    page = hidden(client.get(address))
    return client.post(address, {**typed, "page": page, "action": action})


def kept_in(response) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    found = page.select_one(f"input[name={PROOF}-kept]")
    return found["value"] if found else ""


def files_in(media: Path) -> list[Path]:
    return [one for one in media.rglob("*") if one.is_file()]


def test_a_file_is_kept_with_the_draft_and_told_on_the_page(phone, media):
    response = send(phone, action="next", **{PROOF: sent()})

    assert response.status_code == 302
    upload, draft = Upload.objects.get(), Draft.objects.get()
    assert draft.document == {
        "q-piece": {
            "file": str(upload.pk),
            "name": "image.jpg",
            "type": "image/jpeg",
            "size": upload.size,
        }
    }
    assert (upload.key, upload.response, upload.kept_since) == (draft.pk, None, TODAY)
    assert "Déjà envoyé : image.jpg" in text_of(phone.get(PAGE))
    assert "image.jpg" in text_of(phone.get(SUMMARY))
    (file,) = files_in(media)
    assert SECRET not in file.read_bytes()


def test_a_file_stays_when_something_else_on_the_page_is_wrong(phone):
    response = send(phone, action="next", **{PROOF: sent(), "q-age": "mille"})

    identity = kept_in(response)
    assert "Écrivez un nombre" in text_of(response)
    assert identity == str(Upload.objects.get().pk)

    page = hidden(response)
    again = {"page": page, "action": "next", "q-age": "40", f"{PROOF}-kept": identity}
    assert phone.post(PAGE, again).status_code == 302
    assert Draft.objects.get().document["q-piece"]["file"] == identity


def test_a_page_saved_again_without_a_file_keeps_the_one_that_was_sent(phone):
    send(phone, **{PROOF: sent()})
    before = Draft.objects.get().document

    send(phone, **{f"{PROOF}-kept": before["q-piece"]["file"], "q-age": "40"})

    assert Draft.objects.get().document == before | {"q-age": 40}


def test_another_file_replaces_it(phone):
    send(phone, **{PROOF: sent()})
    first = Draft.objects.get().document["q-piece"]["file"]

    send(phone, **{f"{PROOF}-kept": first, PROOF: sent(pdf(), "cv.pdf")})

    value = Draft.objects.get().document["q-piece"]
    assert value["file"] != first
    assert value["type"] == "application/pdf"


def test_a_file_can_be_removed(phone):
    send(phone, **{PROOF: sent()})
    kept = Draft.objects.get().document["q-piece"]["file"]

    send(phone, **{f"{PROOF}-kept": kept, f"{PROOF}-remove": "1"})

    assert Draft.objects.get().document == {}


def test_a_bad_file_is_refused_in_words_and_the_good_one_stays(phone):
    send(phone, **{PROOF: sent()})
    kept = Draft.objects.get().document["q-piece"]["file"]
    name, content, _reason = REFUSED["a page"]

    response = send(phone, **{f"{PROOF}-kept": kept, PROOF: sent(content, name)})

    assert "Ce genre de fichier n'est pas accepté" in text_of(response)
    assert kept_in(response) == kept
    assert Draft.objects.get().document["q-piece"]["file"] == kept


def test_the_file_of_another_draft_cannot_be_taken(phone, asked):
    send(phone, **{PROOF: sent()})
    stolen = str(Upload.objects.get().pk)
    other = Client()
    other.post(HOME)

    send(other, **{f"{PROOF}-kept": stolen})

    assert Draft.objects.exclude(document={}).count() == 1
    assert other.get(f"{HOME}fichier/{stolen}/").status_code == 404


@pytest.mark.parametrize("kept", ["x", "'; DROP TABLE", "\x00", "0" * 5000])
def test_what_is_no_file_is_no_answer(phone, kept):
    assert send(phone, **{f"{PROOF}-kept": kept}).status_code == 302
    assert Draft.objects.get().document == {}


def test_the_person_answering_reads_the_file_again_and_no_browser_runs_it(phone):
    send(phone, **{PROOF: sent()})
    upload = Upload.objects.get()

    response = phone.get(f"{HOME}fichier/{upload.pk}/")

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == upload.file.read()
    assert response["Content-Disposition"] == 'attachment; filename="image.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Type"] == "image/jpeg"


def test_a_file_is_never_served_by_its_name(phone):
    send(phone, **{PROOF: sent()})

    assert phone.get(f"/media/{Upload.objects.get().file.name}").status_code == 404


def submit(phone: Client) -> Response:
    phone.post(SUMMARY, {"page": hidden(phone.get(SUMMARY))})
    return Response.objects.get()


def test_an_anonymous_response_keeps_its_file_and_nothing_that_says_when(
    phone, media, django_capture_on_commit_callbacks
):
    send(phone, **{PROOF: sent()})
    send(phone, **{PROOF: sent(pdf(), "Diallo.pdf")})

    with django_capture_on_commit_callbacks(execute=True):
        response = submit(phone)

    upload = Upload.objects.get()
    assert (upload.response, upload.key) == (response, None)
    assert upload.kept_since == response.week
    assert upload.name == "document.pdf"
    (file,) = files_in(media)
    assert localtime(file.stat().st_mtime)[:3] == response.week.timetuple()[:3]
    assert phone.get(f"{HOME}fichier/{upload.pk}/").status_code == 404


def test_the_files_of_a_response_go_with_it(phone, media, django_capture_on_commit_callbacks):
    send(phone, **{PROOF: sent()})
    response = submit(phone)

    with django_capture_on_commit_callbacks(execute=True):
        response.delete()

    assert not Upload.objects.exists()
    assert files_in(media) == []


def test_animators_read_the_files_of_responses_and_it_is_written_down(phone, claire, caplog):
    send(phone, **{PROOF: sent()})
    submit(phone)
    address = f"/reponses/fichiers/{Upload.objects.get().pk}/"
    client = Client()
    client.force_login(claire)

    with caplog.at_level("INFO"):
        response = client.get(address)

    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"


def test_nobody_else_reads_the_files_of_responses(phone, aminata, denis, elodie):
    send(phone, **{PROOF: sent()})
    draft_file = f"/reponses/fichiers/{Upload.objects.get().pk}/"
    submit(phone)

    for person in (aminata, denis, elodie):
        client = Client()
        client.force_login(person)
        assert client.get(draft_file).status_code == 404
    assert phone.get(draft_file).status_code == 302


def test_the_file_of_a_draft_is_its_author_s_alone(phone, claire):
    send(phone, **{PROOF: sent()})
    client = Client()
    client.force_login(claire)

    assert client.get(f"/reponses/fichiers/{Upload.objects.get().pk}/").status_code == 404


def test_an_association_keeps_the_name_and_finds_its_file_after_sending(
    questionnaire, assessment, participation, aminata, denis
):
    make_version(questionnaire, ASKED)
    home = "/campagnes/autoevaluation-2026/repondre/les-tisserands/"
    client = Client()
    client.force_login(aminata)
    client.post(home)
    send(client, f"{home}rubrique/1/", **{PROOF: sent(name="Bilan 2026.jpg")})
    upload = Upload.objects.get()
    client.post(f"{home}resume/", {"page": hidden(client.get(f"{home}resume/"))})

    address = f"{home}fichier/{upload.pk}/"
    assert client.get(address)["Content-Disposition"].endswith("Bilan%202026.jpg") or (
        'filename="Bilan 2026.jpg"' in client.get(address)["Content-Disposition"]
    )
    client.force_login(denis)
    assert client.get(address).status_code == 404


def test_a_closed_campaign_keeps_no_file(phone, survey):
    page = hidden(phone.get(PAGE))
    survey.closes_date = TODAY - timedelta(days=1)
    survey.save()

    response = phone.post(PAGE, {"page": page, PROOF: sent(), "action": "next"})

    assert response.status_code == 409
    assert not Upload.objects.exists()


def purge(days: int) -> int:
    return uploads.purge_unused_uploads(on=TODAY + timedelta(days=days))


def test_files_that_no_answer_names_any_more_are_purged(
    phone, media, django_capture_on_commit_callbacks
):
    send(phone, **{PROOF: sent()})
    send(phone, **{PROOF: sent(pdf(), "cv.pdf")})

    assert purge(days=2) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert purge(days=3) == 1

    assert Upload.objects.get().type == "application/pdf"
    assert len(files_in(media)) == 1


def test_the_files_of_a_draft_that_is_gone_are_purged(phone):
    send(phone, **{PROOF: sent()})
    Draft.objects.all().delete()

    assert purge(days=3) == 1
    assert not Upload.objects.exists()


def test_the_files_of_responses_are_never_purged(phone):
    send(phone, **{PROOF: sent()})
    submit(phone)

    assert purge(days=400) == 0
    assert Upload.objects.exists()


def test_a_draft_takes_no_endless_number_of_files(phone, survey):
    draft = Draft.objects.get()
    cabinet = Cabinet(draft.pk, TODAY, survey)
    asked = ASKED.sections[0].questions[0]
    for _ in range(uploads.MOST_BESIDE_A_DRAFT):
        cabinet.keep(asked, sent(picture(size=(2, 2))))

    response = send(phone, **{PROOF: sent()})

    assert "Trop de fichiers" in text_of(response)


def test_a_response_refused_leaves_the_files_with_the_draft(phone):
    send(phone, **{PROOF: sent()})
    draft = Draft.objects.get()
    draft.document = {}
    draft.save()

    with pytest.raises(operations.Incomplete):
        operations.submit_response(key=draft.pk, at=NOW)

    assert Upload.objects.get().key == draft.pk


def test_a_file_cannot_be_imported_from_a_table(asked, tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("piece;age\nphoto.jpg;12\n;13\n")

    with pytest.raises(CommandError):
        call_command("import_responses", "besoins-2026", str(path), stdout=StringIO())
    out = StringIO()
    call_command(
        "import_responses", "besoins-2026", str(path), "--keep-good", stdout=out, stderr=out
    )

    assert "Un fichier ne peut pas être repris depuis un tableau" in out.getvalue()
    assert [one.document for one in Response.objects.all()] == [{"q-age": 13}]


def test_an_upload_belongs_to_a_draft_or_to_a_response(phone):
    from django.db import IntegrityError, transaction

    send(phone, **{PROOF: sent()})
    response = submit(phone)
    upload = Upload.objects.get()
    upload.key = response.pk

    with pytest.raises(IntegrityError), transaction.atomic():
        upload.save()


def test_the_file_on_the_disk_has_a_name_that_says_nothing(phone, media):
    send(phone, **{PROOF: sent(name="../../Aminata.jpg")})

    (file,) = files_in(media)
    assert file.name == Upload.objects.get().pk.hex
    assert os.access(file, os.R_OK)
