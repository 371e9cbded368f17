"""A year of invented news: every circle, every state that an item can be in."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.text import slugify

from intranet.accounts.models import User
from intranet.files.closing import waiting_collection
from intranet.network.models import Association, Theme, WorkingGroup
from intranet.network.operations import save_working_group
from pages.audience.circles import Circle
from pages.charter.queries import current_commitments
from pages.news import moderation, truth
from pages.news.models import Acknowledgement, NewsIndexPage, NewsPage, NewsSettings
from surveys.demo.pictures import load_picture
from surveys.demo.texts import news as written

FIRST_PICTURE: Final = 100


def load_news(*, associations: list[Association], people: dict[str, User], at: datetime) -> None:
    """A year of news of several associations, told from `at`."""
    themes = [
        Theme.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]
        for name in written["themes"]
    ]
    group = WorkingGroup.objects.filter(name=written["group"]).first() or save_working_group(
        working_group=WorkingGroup(name=written["group"]),
        members=[people["representative"], people["contributor"], people["animator"]],
    )
    for number, item in enumerate(written["items"]):
        page = _page(number, item, associations, themes, group, people, at)
        NewsIndexPage.objects.get().add_child(instance=page)
        revision = page.save_revision(user=page.owner)
        if item.get("state") != "read":
            revision.publish(skip_permission_checks=True)
            _set_date(page, at - timedelta(days=item["age"]))
        _follow(page, item, associations, people, at)


def _page(
    number: int,
    item: dict[str, Any],
    associations: list[Association],
    themes: list[Theme],
    group: WorkingGroup,
    people: dict[str, User],
    at: datetime,
) -> NewsPage:
    circle = Circle(item.get("circle", "members"))
    association = associations[item["association"]] if "association" in item else None
    page = NewsPage(
        title=item["title"],
        date=timezone.localdate(at - timedelta(days=item["age"])),
        body=[{"type": "paragraph", "value": f"<p>{text.strip()}</p>"} for text in item["text"]],
        owner=people[item["by"]],
        association=association,
        circle=circle,
        working_group=group if circle == Circle.GROUP else None,
        live=False,
    )
    if "image" in item:
        picture = load_picture(FIRST_PICTURE + number, title=item["title"])
        picture.collection = waiting_collection()
        picture.save()
        page.image = picture
        page.image_alt = item["image"]
    page.territories.set(association.territories.all() if association else [])
    page.themes.set(themes[position] for position in item.get("themes", []))
    page.commitments.set(current_commitments()[: item.get("commitments", 0)])
    if "featured" in item:
        page.featured_until = timezone.localdate(at + timedelta(days=item["featured"]))
    if "acknowledge" in item:
        page.acknowledge_by = timezone.localdate(at + timedelta(days=item["acknowledge"]))
    return page


def _set_date(page: NewsPage, published_at: datetime) -> None:
    NewsPage.objects.filter(pk=page.pk).update(
        first_published_at=published_at, last_published_at=published_at
    )


def _follow(
    page: NewsPage,
    item: dict[str, Any],
    associations: list[Association],
    people: dict[str, User],
    at: datetime,
) -> None:
    """What happened to it since."""
    for position in item.get("acknowledged", []):
        Acknowledgement.objects.create(
            page=page,
            association=associations[position],
            by=people["representative"] if position == 0 else None,
            at=at - timedelta(days=1, minutes=position),
        )
    match item.get("state"):
        case "read":
            _have_it_read(page)
        case "expired":
            NewsPage.objects.get(pk=page.pk).unpublish(set_expired=True)
        case "asked":
            truth.ask(page=NewsPage.objects.get(pk=page.pk), at=at - timedelta(days=6))


def _have_it_read(page: NewsPage) -> None:
    settings = NewsSettings.load()
    settings.members_news_are_read_first = True
    settings.save()
    moderation.hand_in(page=page, by=page.owner)
