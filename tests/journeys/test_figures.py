"""The demo's figures, everywhere they are shown, equal a count made apart from the product."""

import csv
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from intranet.accounts.models import User
from surveys.campaigns.models import Campaign
from surveys.demo.operations import load_demo
from tests.journeys.reading import (
    as_counted,
    as_on_screen,
    by_code,
    counted_apart,
    in_workbook,
    on_screen,
    printed,
)

OTHERS = "_others"


def assert_shares(holder, entry):
    mentions = sum(entry["counts"].values())
    for choice in holder.get("choices", []):
        chosen = entry["counts"].get(choice["code"], 0)
        assert choice["share"] == round(chosen / entry["answered"], 4)
        if "mention_share" in choice:
            assert choice["mention_share"] == round(chosen / mentions, 4)


def leaves(value, path=()):
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from leaves(inside, (*path, name))
    else:
        yield path, value


class TestFiguresOfTheDemo(TestCase):
    """Django's test case, because it loads the demo once for all the tests."""

    @classmethod
    def setUpTestData(cls):
        load_demo(at=timezone.now())
        cls.slugs = [campaign.slug for campaign in Campaign.objects.order_by("opens_date")]
        cls.animator = User.objects.get(email="animation@maillage.example")

    def each_campaign(self):
        assert len(self.slugs) == 3
        for slug in self.slugs:
            with self.subTest(slug):
                yield slug

    def exported(self, slug, file_format, read):
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"chiffres.{file_format}"
            call_command("export", slug, format=file_format, output=str(path), stderr=StringIO())
            return read(path)

    def test_the_raw_figures_equal_the_independent_count(self):
        for slug in self.each_campaign():
            figures, counted = printed(slug, "--raw"), counted_apart(slug)

            assert figures["responses"] == counted["responses"] > 0
            assert figures["hidden"] == 0
            assert {
                code: as_counted(question) for code, question in by_code(figures).items()
            } == counted["questions"]
            assert figures["unexplained"] == 0

    def test_the_conditions_that_are_simple_hid_what_they_say(self):
        asked_of_some = []
        for slug in self.each_campaign():
            counted = counted_apart(slug)

            assert counted["contradictions"] == []
            asked_of_some += [
                code for code, entry in counted["questions"].items() if entry["not_applicable"]
            ]
        assert {"demarches_raison", "heure", "equivalents"} <= set(asked_of_some)

    def test_shares_follow_from_the_independent_count(self):
        for slug in self.each_campaign():
            counted = counted_apart(slug)["questions"]
            for question in printed(slug, "--raw")["questions"]:
                entry = counted[question["code"]]
                assert_shares(question, entry)
                for row in question.get("rows", []):
                    assert_shares(row, entry["rows"][row["code"]])

    def test_every_figure_that_is_shown_is_the_raw_one(self):
        for slug in self.each_campaign():
            shown, raw = printed(slug), printed(slug, "--raw")
            assert shown["responses"] == raw["responses"]

            shown, raw = dict(leaves(by_code(shown))), dict(leaves(by_code(raw)))

            # What is counted together is a line of its own, in place of those it hides.
            shown = {path: value for path, value in shown.items() if OTHERS not in path}
            assert shown.keys() <= raw.keys()
            told = {path: value for path, value in shown.items() if value is not None}
            assert told == {path: raw[path] for path in told}
            assert len(told) > 0.9 * len(raw)

    def test_the_workbook_holds_the_figures_of_the_command(self):
        for slug in self.each_campaign():
            figures = by_code(printed(slug))

            assert self.exported(slug, "xlsx", in_workbook) == figures
            # Questions that inform the charter are told again, commitment by commitment.
            again = self.exported(slug, "xlsx", lambda path: in_workbook(path, "Engagements"))
            assert again
            assert again == {code: figures[code] for code in again}

    def test_the_csv_file_holds_the_figures_of_the_command(self):
        for slug in self.each_campaign():
            expected = {}
            for code, question in by_code(printed(slug)).items():
                for (*before, measure), value in leaves(question):
                    choice = "/".join(name for name in before if name not in {"choices", "rows"})
                    text = "masqué" if value is None else str(value).replace(".", ",")
                    expected[code, measure, choice] = text

            lines = self.exported(slug, "csv", read_csv)

            assert len(lines) == len(expected)
            assert {
                (line["question"], line["measure"], line["choice"]): line["value"] for line in lines
            } == expected

    def test_the_screen_shows_the_figures_of_the_command(self):
        self.client.force_login(self.animator)
        for slug in self.each_campaign():
            page = self.client.get(f"/campagnes/{slug}/resultats/")

            assert list(on_screen(page.content)) == [
                as_on_screen(question) for question in printed(slug)["questions"]
            ]

    def test_the_screen_by_commitment_shows_the_same(self):
        self.client.force_login(self.animator)
        for slug in self.each_campaign():
            expected = dict(map(as_on_screen, printed(slug)["questions"]))

            page = self.client.get(f"/campagnes/{slug}/resultats/engagements/")

            found = list(on_screen(page.content))
            assert found
            assert all(expected[label] == question for label, question in found)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))
