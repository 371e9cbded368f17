"""The same questionnaire, asked, filled, counted and exported by both."""

import collections
import re
from datetime import timedelta
from pathlib import Path
from random import Random

from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission
from wagtail.contrib.forms.views import SubmissionsListView
from wagtail.models import Site

from intranet.accounts.models import User
from pages.home.operations import lay_site
from surveys.campaigns.models import Campaign
from surveys.campaigns.operations import open_campaign
from surveys.exports.operations import write
from surveys.questionnaires.definition import Choice, Definition, Question, Section
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import freeze_definition
from surveys.responses.models import Response
from surveys.responses.operations import record_responses
from surveys.results.queries import figures
from tests.bench.peer.models import PeerField, PeerPage

KINDS = ["single"] * 10 + ["multiple"] * 5 + ["scale"] * 5 + ["integer"] * 5 + ["text"] * 5
SECTION = 6
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
WORDS = ["logement", "santé", "transports", "école", "emploi", "écoute", "jardin", "fête"]


def questions() -> list[Question]:
    return [
        Question(
            id=f"q{number:02d}",
            code=f"q{number:02d}",
            kind=kind,
            label={"fr": f"Question {number}"},
            choices=tuple(
                Choice(id=f"c{rank}", code=f"c{rank}", label={"fr": f"Choix {rank}"})
                for rank in range(1, 6)
            )
            if kind in ("single", "multiple", "scale")
            else (),
        )
        for number, kind in enumerate(KINDS, start=1)
    ]


def documents(count: int) -> list[dict]:
    draw, asked = Random(30), questions()
    return [{question.id: _value(draw, question) for question in asked} for _ in range(count)]


def _value(draw: Random, question: Question):
    match question.kind:
        case "single" | "scale":
            return {"choice": f"c{draw.randint(1, 5)}"}
        case "multiple":
            return {"choices": sorted({f"c{draw.randint(1, 5)}" for _ in range(3)})}
        case "integer":
            return draw.randint(0, 90)
    return " ".join(draw.choices(WORDS, k=6))


class Ours:
    def __init__(self) -> None:
        lay_site()
        now = timezone.now()
        asked = questions()
        definition = Definition(
            title={"fr": "Banc"},
            sections=tuple(
                Section(
                    id=f"s{start}",
                    title={"fr": f"Rubrique {start}"},
                    questions=tuple(asked[start : start + SECTION]),
                )
                for start in range(0, len(asked), SECTION)
            ),
        )
        questionnaire = Questionnaire.objects.create(title="Banc", slug="banc")
        self.version = freeze_definition(
            questionnaire=questionnaire, definition=definition, by=None, at=now
        )
        self.campaign = open_campaign(
            slug="banc",
            title="Banc",
            kind=Campaign.Kind.NEEDS_SURVEY,
            questionnaire=questionnaire,
            opens_date=timezone.localdate(now) - timedelta(days=1),
            closes_date=None,
            by=None,
            at=now,
        )
        self.sample = documents(1)[0]

    def page(self) -> None:
        assert Client().get("/enquete/banc/").status_code == 200

    def answer(self) -> None:
        client = Client()
        page = client.post("/enquete/banc/", follow=True)
        while "/rubrique/" in page.request["PATH_INFO"]:
            page = client.post(page.request["PATH_INFO"], self._typed(page), follow=True)
        page = client.post(page.request["PATH_INFO"], self._hidden(page), follow=True)
        assert page.request["PATH_INFO"].endswith("/envoyee/"), page.request["PATH_INFO"]

    def _hidden(self, page) -> dict:
        return dict(HIDDEN.findall(page.content.decode()))

    def _typed(self, page) -> dict:
        typed = self._hidden(page)
        section = int(page.request["PATH_INFO"].rstrip("/").rpartition("/")[2])
        for question in questions()[(section - 1) * SECTION : section * SECTION]:
            value = self.sample[question.id]
            if isinstance(value, dict):
                value = value.get("choices") or value["choice"]
            typed[f"q-{question.code}"] = value
        return typed

    def store(self, count: int) -> None:
        Response.objects.filter(campaign=self.campaign).delete()
        record_responses(
            campaign=self.campaign,
            version=self.version,
            documents=documents(count),
            channel=Response.Channel.IMPORT,
            at=timezone.now(),
        )

    def figures(self) -> None:
        assert figures(self.campaign)["questions"]

    def export(self, form: str, path: Path) -> None:
        with path.open("wb") as stream:
            write(
                campaign=self.campaign,
                format=form,
                content="rows",
                stream=stream,
                at=timezone.now(),
            )


class Peer:
    TYPES = {
        "single": "radio",
        "multiple": "checkboxes",
        "scale": "radio",
        "integer": "number",
        "text": "singleline",
    }

    def __init__(self) -> None:
        home = Site.objects.get(is_default_site=True).root_page
        self.page_ = PeerPage(title="Pair", slug="pair")
        home.add_child(instance=self.page_)
        for question in questions():
            PeerField.objects.create(
                page=self.page_,
                label=question.code,
                field_type=self.TYPES[question.kind],
                required=False,
                choices="\n".join(choice.code for choice in question.choices),
            )
        self.sample = self._flat(documents(1)[0])
        self.admin = User.objects.create_superuser("banc@example.org", "un-long-mot-de-passe")

    @staticmethod
    def _flat(document: dict) -> dict:
        flat = {}
        for key, value in document.items():
            flat[key] = (
                (value.get("choices") or value["choice"]) if isinstance(value, dict) else value
            )
        return flat

    def page(self) -> None:
        assert Client().get("/pair/").status_code == 200

    def answer(self) -> None:
        client = Client()
        client.get("/pair/")
        assert client.post("/pair/", self.sample).status_code == 200

    def store(self, count: int) -> None:
        FormSubmission.objects.all().delete()
        FormSubmission.objects.bulk_create(
            [
                FormSubmission(page=self.page_, form_data=self._flat(document))
                for document in documents(count)
            ],
            batch_size=500,
        )

    def figures(self) -> None:
        """As its users do: the submissions are read and counted in Python."""
        tally: dict = collections.defaultdict(collections.Counter)
        for submission in FormSubmission.objects.filter(page=self.page_):
            for key, value in submission.get_data().items():
                tally[key].update(value if isinstance(value, list) else [str(value)])
        assert tally

    def export(self, form: str, path: Path) -> None:
        request = RequestFactory().get("/", {"export": form})
        request.user = self.admin or AnonymousUser()
        response = SubmissionsListView.as_view()(
            request, page_id=self.page_.pk, form_page=self.page_
        )
        path.write_bytes(
            b"".join(response.streaming_content) if response.streaming else response.content
        )
