"""Filling an empty database with the demo."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from intranet.accounts.models import User
from intranet.installation.operations import mark_as_demo
from intranet.installation.queries import is_demo
from pages.home.operations import lay_site
from pages.information.models import InformationIndexPage, InformationPage
from pages.news.models import NewsIndexPage, NewsPage
from surveys.demo.campaigns import load_assessments, load_needs_survey
from surveys.demo.invitations import load_invitations
from surveys.demo.letters import load_letters
from surveys.demo.library import load_library
from surveys.demo.network import load_network, load_people
from surveys.demo.news import load_news
from surveys.demo.pictures import load_picture
from surveys.demo.signatures import load_charter, load_signatures
from surveys.demo.texts import pages


@transaction.atomic
def load_demo(*, at: datetime) -> bool:
    """Fill the database with the invented network; False when that was done before.

    The figures are the same every time; the dates are told from `at`, so that this year's
    campaign is always open.
    """
    if is_demo():
        return False
    mark_as_demo()
    home = lay_site()
    associations = load_network()
    people = load_people(associations)
    load_charter(home=home, by=people["editor"], at=at)
    _publish_pages(by=people["editor"], at=at)
    load_signatures(associations=associations, people=people, at=at)
    load_news(associations=associations, people=people, at=at)
    load_library(people=people, at=at)
    load_assessments(associations=associations, animator=people["animator"], at=at)
    load_needs_survey(editor=people["editor"], animator=people["animator"], at=at)
    load_letters(associations=associations, at=at)
    load_invitations(associations=associations, people=people, at=at)
    return True


def _publish_pages(*, by: User, at: datetime) -> None:
    news = NewsIndexPage.objects.get()
    for number, item in enumerate(reversed(pages["news"])):
        written_at = at - timedelta(days=item["age"])
        # Every other one: a list is read as well with pictures as without.
        picture = None if number % 2 else load_picture(number, title=item["title"])
        page = NewsPage(
            title=item["title"],
            summary=item["summary"],
            date=timezone.localdate(written_at),
            image=picture,
            image_is_decorative=picture is not None,
            body=_paragraphs(item),
            owner=by,
        )
        news.add_child(instance=page)
        page.save_revision(user=by).publish(user=by)
        NewsPage.objects.filter(pk=page.pk).update(first_published_at=written_at)
    information = InformationIndexPage.objects.get()
    for item in pages["information"]:
        page = InformationPage(
            title=item["title"], summary=item["summary"], body=_paragraphs(item), owner=by
        )
        information.add_child(instance=page)
        page.save_revision(user=by).publish(user=by)


def _paragraphs(item: dict) -> list[tuple[str, str]]:
    return [("paragraph", f"<p>{text.strip()}</p>") for text in item["paragraphs"]]
