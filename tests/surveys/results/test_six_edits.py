"""Six edits of a questionnaire that people have begun to answer: no answer lost, none doubled.

Every edit is made as an editor makes it, and every total compared: the figures, the screen, the
workbook, the rows, what is stored, and a count that knows nothing of the product.
"""

import csv
import html
import json
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from intranet.management.reporting import Refused
from surveys.campaigns.models import Campaign
from surveys.questionnaires import operations
from surveys.questionnaires.models import Questionnaire
from surveys.responses.models import Response
from surveys.responses.operations import record_responses
from tests.journeys.reading import (
    as_counted,
    as_on_screen,
    by_code,
    counted_apart,
    in_workbook,
    on_screen,
    printed,
)
from tests.people import NOW, TODAY
from tests.surveys.questionnaires.conftest import choices, question, section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]

BEFORE = [
    {"district": "nord", "needs": ["bus", "sante"], "age": 30, "words": "Un banc"},
    {"district": "nord", "needs": ["bus"], "age": 41},
    {"district": "sud", "words": "Rien"},
    {"district": "centre", "needs": ["ecole", "sante", "bus"]},
]


@pytest.fixture
def campaign():
    questionnaire = operations.create_questionnaire(
        title="Vos besoins",
        slug="besoins",
        blocks=[
            section(
                "Le quartier",
                question(
                    "single", "Où ?", code="district", choices=choices("Nord", "Sud", "Centre")
                ),
                question("integer", "Votre âge ?", code="age"),
            ),
            section(
                "Vous",
                question(
                    "multiple", "Quoi ?", code="needs", choices=choices("Bus", "Sante", "Ecole")
                ),
                question("text", "Autre chose ?", code="words"),
            ),
        ],
        by=None,
        at=NOW - timedelta(days=30),
    )
    campaign = Campaign.objects.create(
        slug="besoins",
        title="Besoins",
        kind=Campaign.Kind.NEEDS_SURVEY,
        questionnaire=questionnaire,
        opens_date=TODAY - timedelta(days=20),
        closes_date=TODAY + timedelta(days=20),
        threshold=1,
    )
    publish(campaign)
    answer(campaign, *BEFORE)
    return campaign


def publish(campaign):
    questionnaire = Questionnaire.objects.get(pk=campaign.questionnaire_id)
    return operations.publish_questionnaire(
        questionnaire=questionnaire, by=None, at=NOW - timedelta(days=1)
    )


def edit(campaign, change):
    """What an editor does: open the draft, change it, save it, publish it."""
    questionnaire = Questionnaire.objects.get(pk=campaign.questionnaire_id)
    draft = questionnaire.get_latest_revision_as_object()
    blocks = draft.blocks
    change(blocks)
    draft.sections = draft.sections.stream_block.to_python(blocks)
    draft.save_revision()
    return publish(campaign)


def answer(campaign, *people):
    """Answers to the latest version, by the codes of questions and choices."""
    version = campaign.questionnaire.versions.order_by("number").last()
    questions = {one.code: one for one in version.definition.questions}
    documents = []
    for person in people:
        document = {}
        for code, given in person.items():
            asked = questions[code]
            ids = {choice.code: choice.id for choice in asked.choices}
            if asked.kind == "single":
                given = {"choice": ids[given]}
            elif asked.kind == "multiple":
                given = {"choices": [ids[one] for one in given]}
            document[asked.id] = given
        documents.append(document)
    record_responses(campaign=campaign, version=version, documents=documents, channel="web", at=NOW)


def find(blocks, code):
    """The section of a question, and its place there."""
    for one in blocks:
        for position, item in enumerate(one["value"]["questions"]):
            if item["value"]["code"] == code:
                return one["value"]["questions"], position
    raise LookupError(code)


def counts(campaign, code):
    figures = by_code(printed(campaign.slug))[code]
    return {choice: said["count"] for choice, said in figures["choices"].items() if said["count"]}


@pytest.fixture
def everywhere(client, aminata, tmp_path: Path):
    """Compares every total of a campaign, and gives how many answers were counted."""

    def compare(campaign) -> int:
        figures = printed(campaign.slug)
        told = by_code(figures)
        apart = counted_apart(campaign.slug)
        assert figures["responses"] == apart["responses"]
        assert {code: as_counted(said) for code, said in told.items()} == apart["questions"]

        workbook = tmp_path / "chiffres.xlsx"
        call_command(
            "export", campaign.slug, format="xlsx", output=str(workbook), stderr=StringIO()
        )
        assert in_workbook(workbook) == told

        client.force_login(aminata)
        page = client.get(reverse("results", args=[campaign.slug]))
        assert list(on_screen(page.content)) == [
            as_on_screen(question) for question in figures["questions"]
        ]

        answered = {code: said["answered"] for code, said in told.items()}
        assert {code: number for code, number in in_rows(campaign, tmp_path).items() if number} == {
            code: number for code, number in answered.items() if number
        }
        stored = sum(len(response.document) for response in campaign.responses.all())
        assert sum(answered.values()) + figures["unexplained"] == stored
        return stored

    return compare


def in_rows(campaign, tmp_path) -> Counter:
    """How many rows of the export answer each question."""
    path = tmp_path / "reponses.csv"
    call_command(
        "export", campaign.slug, format="csv", content="rows", output=str(path), stderr=StringIO()
    )
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert len(rows) == campaign.responses.count()
    return Counter(
        code
        for row in rows
        for code, cell in row.items()
        if cell and "/" not in code and code[0] != "_"
    )


def test_a_question_moved_to_another_section_is_one_question(campaign, everywhere):
    def move(blocks):
        questions, position = find(blocks, "district")
        blocks[1]["value"]["questions"].append(questions.pop(position))

    edit(campaign, move)
    answer(campaign, {"district": "nord", "age": 50}, {"district": "sud"})

    assert counts(campaign, "district") == {"nord": 3, "sud": 2, "centre": 1}
    assert everywhere(campaign) == 14


def test_a_question_whose_code_is_renamed_is_one_question(campaign, everywhere):
    def rename(blocks):
        questions, position = find(blocks, "district")
        questions[position]["value"]["code"] = "quartier"

    edit(campaign, rename)
    answer(campaign, {"quartier": "nord"}, {"quartier": "sud", "needs": ["bus"]})

    assert "district" not in by_code(printed("besoins"))
    assert counts(campaign, "quartier") == {"nord": 3, "sud": 2, "centre": 1}
    assert everywhere(campaign) == 14


def test_a_question_that_is_deleted_keeps_its_answers(campaign, everywhere):
    def delete(blocks):
        questions, position = find(blocks, "needs")
        del questions[position]

    edit(campaign, delete)
    answer(campaign, {"district": "nord", "words": "Un arbre"})

    needs = by_code(printed("besoins"))["needs"]
    assert (needs["asked"], needs["answered"], needs["not_in_version"]) == (4, 3, 1)
    assert counts(campaign, "needs") == {"bus": 3, "sante": 2, "ecole": 1}
    assert everywhere(campaign) == 13


def test_a_choice_that_is_deleted_keeps_its_answers(campaign, everywhere):
    def delete(blocks):
        for code, gone in (("district", "nord"), ("needs", "bus")):
            questions, position = find(blocks, code)
            value = questions[position]["value"]
            value["choices"] = [item for item in value["choices"] if item["value"]["code"] != gone]

    edit(campaign, delete)
    answer(campaign, {"district": "sud", "needs": ["sante"]}, {"district": "centre"})

    assert counts(campaign, "district") == {"sud": 2, "centre": 2, "nord": 2}
    assert counts(campaign, "needs") == {"sante": 3, "ecole": 1, "bus": 3}
    assert everywhere(campaign) == 14


def test_a_single_choice_made_multiple_is_another_question(campaign, everywhere):
    def retype(blocks):
        questions, position = find(blocks, "district")
        old = questions[position]["value"]
        # The editor removes one block and adds the other: its choices may be pasted.
        questions[position] = {
            "type": "multiple",
            "value": {**old, "code": "districts"},
            "id": questions[position]["id"],
        }

    edit(campaign, retype)
    answer(campaign, {"districts": ["nord", "sud"]}, {"districts": ["sud"]})

    told = by_code(printed("besoins"))
    assert counts(campaign, "district") == {"nord": 2, "sud": 1, "centre": 1}
    assert counts(campaign, "districts") == {"nord": 1, "sud": 2}
    assert (told["district"]["asked"], told["district"]["not_in_version"]) == (4, 2)
    assert (told["districts"]["asked"], told["districts"]["not_in_version"]) == (2, 4)
    assert everywhere(campaign) == 13


def test_all_the_edits_one_after_the_other_lose_nothing(campaign, everywhere):
    def rename_and_move(blocks):
        questions, position = find(blocks, "district")
        questions[position]["value"]["code"] = "quartier"
        blocks[1]["value"]["questions"].insert(0, questions.pop(position))

    def delete_a_choice(blocks):
        questions, position = find(blocks, "quartier")
        del questions[position]["value"]["choices"][0]

    def delete_a_question(blocks):
        questions, position = find(blocks, "words")
        del questions[position]

    for change in (rename_and_move, delete_a_choice, delete_a_question):
        edit(campaign, change)
        answer(campaign, {"quartier": "sud", "age": 20})

    assert campaign.questionnaire.versions.count() == 4
    assert counts(campaign, "quartier") == {"sud": 4, "centre": 1, "nord": 2}
    assert everywhere(campaign) == 17


def imported(campaign, tmp_path, *lines):
    path = tmp_path / "reponses.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    out = StringIO()
    # The command says why it refuses, and ends.
    with suppress(Refused, SystemExit):
        call_command(
            "import_responses", campaign.slug, str(path), "--json", stdout=out, stderr=StringIO()
        )
    return json.loads(out.getvalue())


def test_a_response_to_a_version_that_does_not_exist_is_refused(campaign, everywhere, tmp_path):
    report = imported(campaign, tmp_path, {"district": "nord", "_version": 9})

    assert report["accepted"] == 0
    assert [(one["line"], one["code"], one["value"]) for one in report["refused"]] == [
        (1, "_version", "9")
    ]
    assert everywhere(campaign) == 11


def test_a_response_to_an_older_version_is_recorded_as_such(campaign, everywhere, tmp_path):
    edit(campaign, lambda blocks: find(blocks, "needs")[0].pop(find(blocks, "needs")[1]))

    report = imported(
        campaign, tmp_path, {"needs": "bus", "_version": 1}, {"district": "sud", "_version": ""}
    )
    refused = imported(campaign, tmp_path, {"needs": "bus"})

    assert report["accepted"] == 2
    assert refused["accepted"] == 0
    assert [one["code"] for one in refused["refused"]] == ["needs"]
    assert Counter(campaign.responses.values_list("version__number", flat=True)) == {1: 5, 2: 1}
    assert everywhere(campaign) == 13


def test_an_answer_that_its_version_does_not_ask_is_kept_and_said(campaign, client, aminata):
    before = campaign.questionnaire.versions.get()
    needs = next(one for one in before.definition.questions if one.code == "needs")
    edit(campaign, lambda blocks: find(blocks, "needs")[0].pop(find(blocks, "needs")[1]))
    newest = campaign.questionnaire.versions.order_by("number").last()
    one = next(one for one in campaign.responses.all() if needs.id in one.document)
    Response.objects.filter(pk=one.pk).update(version=newest)

    figures = printed("besoins")
    client.force_login(aminata)
    page = client.get(reverse("results", args=["besoins"])).content.decode()

    assert figures["unexplained"] == 1
    assert "n'est comptée nulle part" in html.unescape(page)
    assert by_code(figures)["needs"]["answered"] == 2
