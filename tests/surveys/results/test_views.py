import re
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import ModelLogEntry

from surveys.results import queries
from tests.people import NOW
from tests.surveys.results.conftest import answer, record

pytestmark = pytest.mark.usefixtures("on_the_day")


@pytest.fixture
def read(client):
    """The parsed page that a person gets."""

    def get(user, name, *arguments):
        client.force_login(user)
        response = client.get(reverse(name, args=arguments))
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get


def number(text):
    text = re.sub(r"[\s\u202f\u00a0]", "", text)
    if text == "masqué":
        return None
    return float(text.rstrip("%").replace(",", ".").replace("−", "-"))


def shown_of(article):
    """The table of a question, as numbers."""
    return [
        [number(cell.get_text()) for cell in row.find_all("td")]
        for row in article.select("tbody tr")
    ]


def half_up(value, step):
    # Written first as what it reads: 100 * 0.2915 is 29.149999….
    return float(Decimal(str(round(value, 6))).quantize(Decimal(step), ROUND_HALF_UP))


def expected_of(question):
    def percent(share, exact):
        return None if share is None else half_up(100 * (share if exact is None else exact), "0.1")

    def of_answers(choice):
        return choice["count"] / question["answered"]

    def of_mentions(choice):
        counts = [other["count"] for other in question["choices"]]
        return None if None in counts else choice["count"] / sum(counts)

    if question["kind"] == "integer":
        return [
            [None if question[name] is None else half_up(question[name], "0.01")]
            for name in ("mean", "median", "min", "max", "stdev")
        ]
    return [
        [choice["count"], percent(choice["share"], choice["count"] and of_answers(choice))]
        + (
            [percent(choice["mention_share"], of_mentions(choice))]
            if "mention_share" in choice
            else []
        )
        for choice in question.get("choices", [])
    ]


def test_the_screen_shows_the_figures_that_the_command_prints(read, aminata, needs_survey):
    figures = queries.figures(needs_survey)

    soup = read(aminata, "results", "besoins-2026")

    articles = soup.select("article.result")
    assert figures["hidden"]
    assert [article.h3.get_text() for article in articles] == [
        question["label"] for question in figures["questions"]
    ]
    for article, question in zip(articles, figures["questions"], strict=True):
        assert shown_of(article) == expected_of(question)


def test_bases_are_beside_each_figure(read, aminata, needs_survey):
    question = queries.figures(needs_survey)["questions"][0]

    soup = read(aminata, "results", "besoins-2026")

    bases = " ".join(soup.select_one(".result__bases").get_text().split())
    assert (
        bases == f"{question['answered']} réponses sur 60 · {question['not_answered']} sans réponse"
    )


def test_every_chart_has_its_table_and_no_inline_style(read, aminata, needs_survey):
    soup = read(aminata, "results", "besoins-2026")

    charted = [article for article in soup.select("article.result") if article.select("svg.chart")]
    assert len(charted) == 5
    assert all(article.table for article in charted)
    assert not soup.select("main [style], main script, main style")


def test_an_empty_campaign_says_so(read, aminata, empty_survey):
    soup = read(aminata, "results", "vide")

    assert soup.select_one(".empty h2").get_text() == "Aucune réponse pour le moment"
    assert not soup.select("article.result")


def test_a_campaign_too_small_says_from_when_figures_are_shown(read, aminata, empty_survey):
    record(empty_survey, {"q-boolean": True})

    soup = read(aminata, "results", "vide")

    assert "à partir de 5 réponses" in soup.main.get_text()
    assert "Trop peu de réponses" in soup.main.get_text()
    assert not re.search(r"\b1 réponses? sur", soup.main.get_text())


def test_figures_by_commitment_show_the_charters_words(read, aminata, self_assessment, commitments):
    soup = read(aminata, "results_by_commitment", "bilan-2026")

    headings = [heading.get_text() for heading in soup.select("section h2")]
    assert headings == ["Partager debat", "Partager veille"]
    assert "75 %" in " ".join(soup.main.get_text().split())


def test_members_see_figures_and_no_words(read, denis, self_assessment):
    soup = read(denis, "results", "bilan-2026")

    assert "Nous avons fait" not in soup.get_text()
    assert "Lire ce qui a été écrit" not in soup.get_text()


def test_partners_see_nothing(client, farid, needs_survey):
    client.force_login(farid)

    for name in ("results", "results_by_commitment", "exports"):
        assert client.get(reverse(name, args=["besoins-2026"])).status_code == 403


def test_the_public_is_asked_to_log_in(client, needs_survey):
    response = client.get(reverse("results", args=["besoins-2026"]))

    assert response.status_code == 302
    assert response.url.startswith("/compte/login/")


def test_members_do_not_see_a_campaign_that_has_not_begun(client, denis, needs_survey):
    needs_survey.opens_date = NOW.date().replace(month=4)
    needs_survey.save()
    client.force_login(denis)

    assert client.get(reverse("results", args=["besoins-2026"])).status_code == 403


def test_animators_read_what_was_written_and_it_is_logged(read, claire, self_assessment):
    soup = read(claire, "written_answers", "bilan-2026", "done")

    assert len(soup.select(".written")) == 6
    entry = ModelLogEntry.objects.get()
    assert (entry.user, entry.object_id) == (claire, str(self_assessment.pk))
    assert entry.message == (
        "Lecture de réponses une par une\xa0: "
        "ce qui a été écrit à «\u202fQuestion done\u202f», page 1"
    )


def test_others_do_not_read_what_was_written(client, denis, farid, self_assessment):
    for person in (denis, farid):
        client.force_login(person)
        response = client.get(reverse("written_answers", args=["bilan-2026", "done"]))
        assert response.status_code == 403

    assert not ModelLogEntry.objects.exists()


def test_what_was_written_comes_by_pages(read, claire, needs_survey):
    record(needs_survey, *(answer(Random(seed)) for seed in range(60)))

    soup = read(claire, "written_answers", "besoins-2026", "long_text")

    assert len(soup.select(".written")) == 50
    assert soup.select_one("nav.pagination")


def test_there_are_no_words_to_read_under_a_number(client, claire, needs_survey):
    client.force_login(claire)

    for code in ("integer", "nowhere"):
        response = client.get(reverse("written_answers", args=["besoins-2026", code]))
        assert response.status_code == 404


def test_the_page_asks_as_many_queries_for_many_responses(
    client, aminata, needs_survey, django_assert_max_num_queries
):
    client.force_login(aminata)
    address = reverse("results", args=["besoins-2026"])
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    record(needs_survey, *(answer(Random(seed)) for seed in range(200)))

    with django_assert_max_num_queries(20) as many:
        client.get(address)

    assert len(many) == len(few)
