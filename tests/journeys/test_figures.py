"""The demo's figures, everywhere they are shown, equal a count made apart from the product."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
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

CAMPAIGNS = ["last year", "this year", "needs"]


@pytest.fixture(scope="module")
def campaigns(django_db_setup, django_db_blocker):
    """The demo's three campaigns, loaded once for all the tests here and taken back after."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(at=timezone.now())
        assessments = Campaign.objects.filter(kind=Campaign.Kind.SELF_ASSESSMENT)
        needs = Campaign.objects.get(kind=Campaign.Kind.NEEDS_SURVEY)
        yield dict(zip(CAMPAIGNS, [*assessments.order_by("opens_date"), needs], strict=True))
        transaction.set_rollback(True)


@pytest.fixture(params=CAMPAIGNS)
def slug(request, campaigns):
    return campaigns[request.param].slug


@pytest.fixture
def animator(campaigns):
    client = Client()
    client.force_login(User.objects.get(email="animation@maillage.example"))
    return client


@pytest.fixture
def counted(slug):
    return counted_apart(slug)


def test_the_raw_figures_equal_the_independent_count(slug, counted):
    figures = printed(slug, "--raw")

    assert figures["responses"] == counted["responses"] > 0
    assert figures["hidden"] == 0
    assert {code: as_counted(question) for code, question in by_code(figures).items()} == counted[
        "questions"
    ]
    assert all(question["not_applicable"] == 0 for question in figures["questions"])


def test_shares_follow_from_the_independent_count(slug, counted):
    for question in printed(slug, "--raw")["questions"]:
        entry = counted["questions"][question["code"]]
        mentions = sum(entry["counts"].values())
        for choice in question.get("choices", []):
            chosen = entry["counts"].get(choice["code"], 0)
            assert choice["share"] == round(chosen / entry["answered"], 4)
            if question["kind"] == "multiple":
                assert choice["mention_share"] == round(chosen / mentions, 4)


def leaves(value, path=()):
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from leaves(inside, (*path, name))
    else:
        yield path, value


def test_every_figure_that_is_shown_is_the_raw_one(slug):
    shown, raw = printed(slug), printed(slug, "--raw")
    assert shown["responses"] == raw["responses"]

    shown, raw = dict(leaves(by_code(shown))), dict(leaves(by_code(raw)))

    assert shown.keys() == raw.keys()
    assert {path: value for path, value in shown.items() if value is not None} == {
        path: raw[path] for path, value in shown.items() if value is not None
    }
    hidden = [path for path, value in shown.items() if value is None]
    assert len(hidden) < 0.1 * len(shown)


def test_the_workbook_holds_the_figures_of_the_command(slug, tmp_path):
    path = tmp_path / "chiffres.xlsx"
    call_command("export", slug, format="xlsx", output=str(path), stderr=StringIO())
    figures = by_code(printed(slug))

    found = in_workbook(path)

    assert found == figures
    # Questions that inform the charter are told again, commitment by commitment.
    about_the_charter = in_workbook(path, "Engagements")
    assert about_the_charter
    assert about_the_charter == {code: figures[code] for code in about_the_charter}


def test_the_csv_file_holds_the_figures_of_the_command(slug, tmp_path):
    path = tmp_path / "chiffres.csv"
    call_command("export", slug, format="csv", output=str(path), stderr=StringIO())
    expected = {}
    for code, question in by_code(printed(slug)).items():
        for (*_choices, last), value in leaves(question):
            choice = _choices[1] if _choices else ""
            expected[code, last, choice] = "masqué" if value is None else value

    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream, delimiter=";"))

    assert len(lines) == len(expected)
    for line in lines:
        value = expected[line["question"], line["measure"], line["choice"]]
        assert line["value"] == str(value).replace(".", ",")


def test_the_screen_shows_the_figures_of_the_command(slug, animator):
    figures = printed(slug)

    page = animator.get(f"/campagnes/{slug}/resultats/")

    assert list(on_screen(page.content)) == [
        as_on_screen(question) for question in figures["questions"]
    ]


def test_the_screen_by_commitment_shows_the_same(slug, animator):
    expected = dict(map(as_on_screen, printed(slug)["questions"]))

    page = animator.get(f"/campagnes/{slug}/resultats/engagements/")

    found = list(on_screen(page.content))
    assert found
    assert all(expected[label] == question for label, question in found)
