"""Pages of each kind and of each circle, published and not."""

import datetime
from typing import Any

from wagtail.models import Page

from pages.agenda.models import AgendaPage, EventPage
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.charter.importing import import_charter
from pages.charter.markdown import read_markdown
from pages.charter.models import ArticlePage, CharterPage
from pages.charter.queries import latest_version
from pages.charter.structure import read_charter
from pages.home.operations import lay_site
from pages.information.models import InformationIndexPage, InformationPage
from pages.news.models import (
    NewsIndexPage,
    NewsPage,
)
from pages.resources.models import ResourceIndexPage, ResourcePage
from tests.canaries.planting import (
    EDITOR,
    EDITORS,
    GROUP,
    MEMBERS,
    WRITERS,
    Audience,
)
from tests.canaries.world.files import add_document, add_picture
from tests.canaries.world.people import World
from tests.people import NOW, TODAY

DAY = datetime.timedelta(days=1)

CHARTER = """# Charte

## Article 1 : Agir ensemble

Nous habitons les mêmes rues.

Nous nous engageons à :

- ouvrir nos portes
- nous entraider
"""


def make_site(world: World) -> None:
    home = lay_site()
    charter = read_charter(read_markdown(CHARTER))
    import_charter(charter=charter, home=home, by=world.person(EDITOR), at=NOW - 9 * DAY)
    world.things["version"] = latest_version()
    world.things["charter"] = CharterPage.objects.get()


SECTIONS: dict[type[Page], tuple[type[Page], Audience]] = {
    EventPage: (AgendaPage, WRITERS),
    ResourcePage: (ResourceIndexPage, WRITERS),
    # Animators write news, resources, events and forms; other pages belong to editors.
    InformationPage: (InformationIndexPage, EDITORS),
    NewsPage: (NewsIndexPage, WRITERS),
}


def make_pages(world: World) -> None:
    for model, (index, writers) in SECTIONS.items():
        parent = index.objects.get()
        for circle, readers in (
            (Circle.MEMBERS, MEMBERS),
            (Circle.GROUP, GROUP | writers),
        ):
            page = make_page(world, model, readers, f"{circle} of {model.__name__}")
            add_below(world, parent, page, circle)
            publish(world, page)
        _drafts(world, model, parent, writers)
    _closed_subtree(world)
    _events_link(world)
    _newer_drafts(world)


def make_page(world: World, model: type[Page], readers: Audience, label: str, **given: Any) -> Page:
    """A page of the kind, not saved, with canaries in all its fields, files and blocks."""
    birds = world.birds
    words = {
        one.name: birds.text(f"{label}: {one.name}", readers, given.pop("unseen", ""))
        for one in model._meta.concrete_fields
        if one.name in {"title", "summary", "place", "address", "organiser", "accessibility"}
        or one.name in {"author", "image_alt"}
    }
    fields: dict[str, Any] = {**words, "slug": birds.text(f"{label}: slug", readers)}
    for one in ("seo_title", "search_description"):
        fields[one] = birds.text(f"{label}: {one}", readers)
    document = add_document(world, readers, label)
    picture = add_picture(world, readers, label)
    body = birds.text(f"{label}: body", readers)
    fields["body"] = [
        {"type": "paragraph", "value": f"<p>{body}</p>"},
        {"type": "document", "value": {"document": document.pk, "title": ""}},
        {
            "type": "figure",
            "value": {
                "image": {
                    "image": picture.pk,
                    "alt_text": birds.text(f"{label}: alt", readers),
                    "decorative": False,
                },
                "caption": birds.text(f"{label}: caption", readers),
            },
        },
    ]
    if model is EventPage:
        fields["starts_on"] = TODAY + 10 * DAY
        fields["remote_link"] = f"https://{birds.text(f'{label}: remote link', readers)}.example/"
    if model is ResourcePage:
        fields["kind"] = "document"
        fields["document"] = add_document(world, readers, f"{label}, its file")
        fields["link"] = f"https://{birds.text(f'{label}: link', readers)}.example/"
    if model is NewsPage:
        fields["date"] = TODAY
        fields["image"] = add_picture(world, readers, f"{label}, its image")
    return model(**fields | {"live": False, "owner": world.person(EDITOR)} | given)


def add_below(world: World, parent: Page, page: Page, circle: Circle) -> None:
    group = world.things["group"] if circle == Circle.GROUP else None
    if isinstance(page, NewsPage):
        page.circle, page.working_group = circle, group
    parent.add_child(instance=page)
    if hasattr(page, "territories"):
        page.territories.set([world.things["territory"]])
        page.themes.set([world.things["theme"]])
        page.save()
    if not isinstance(page, NewsPage):
        give_circle(page=page, circle=circle, group=group)


def publish(world: World, page: Page) -> None:
    by = world.person(EDITOR)
    page.save_revision(user=by).publish(user=by)
    page.refresh_from_db()


def _drafts(world: World, model: type[Page], parent: Page, writers: Audience) -> None:
    """Never published, to be published later, taken down: all would be public."""
    never = make_page(world, model, writers, f"draft of {model.__name__}")
    add_below(world, parent, never, Circle.PUBLIC)
    never.save_revision(user=world.person(EDITOR))
    later = make_page(
        world, model, writers, f"scheduled {model.__name__}", go_live_at=NOW + 30 * DAY
    )
    add_below(world, parent, later, Circle.PUBLIC)
    publish(world, later)
    down = make_page(world, model, writers, f"withdrawn {model.__name__}")
    add_below(world, parent, down, Circle.PUBLIC)
    publish(world, down)
    model.objects.get(pk=down.pk).unpublish()


def _closed_subtree(world: World) -> None:
    """A page below a page of members is theirs too, though nothing closes it by itself."""
    parent = InformationPage.objects.filter(view_restrictions__isnull=False).order_by("path")[0]
    below = make_page(world, InformationPage, MEMBERS, "below a page of members")
    parent.add_child(instance=below)
    publish(world, below)


def _events_link(world: World) -> None:
    """The link of a public event is for the members, unless somebody ticked otherwise."""
    link = world.birds.text("remote link of a public event", MEMBERS)
    page = EventPage(
        title="Fête du quartier",
        slug="fete-du-quartier",
        starts_on=TODAY + 12 * DAY,
        remote_link=f"https://{link}.example/",
    )
    AgendaPage.objects.get().add_child(instance=page)
    publish(world, page)


def _newer_drafts(world: World) -> None:
    """Public pages whose next text is not public yet."""
    pages: list[tuple[Page, Page, Audience]] = [
        (EventPage.objects.get(slug="fete-du-quartier"), AgendaPage.objects.get(), WRITERS),
    ]
    for model in (ResourcePage, InformationPage, NewsPage):
        index, writers = SECTIONS[model]
        page = model(title="Publique", slug=f"publique-{model.__name__.lower()}")
        if model is ResourcePage:
            page.kind, page.link = "link", "https://exemple.invalid/"
        index.objects.get().add_child(instance=page)
        publish(world, page)
        pages.append((page, index.objects.get(), writers))
    article = ArticlePage.objects.get()
    for page, writers in [(one, writers) for one, _, writers in pages] + [(article, EDITORS)]:
        label = f"newer draft of {type(page).__name__}"
        draft = type(page).objects.get(pk=page.pk)
        draft.title = world.birds.text(f"{label}: title", writers)
        draft.summary = world.birds.text(f"{label}: summary", writers)
        if not isinstance(page, ArticlePage):
            body = world.birds.text(f"{label}: body", writers)
            draft.body = [{"type": "paragraph", "value": f"<p>{body}</p>"}]
        draft.save_revision(user=world.person(EDITOR))
    charter = world.things["charter"]
    for name in ("subtitle", "introduction", "closing_title", "closing", "members"):
        text = world.birds.text(f"newer draft of the charter: {name}", EDITORS)
        setattr(charter, name, text)
    charter.save_revision(user=world.person(EDITOR))
