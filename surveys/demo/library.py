"""The invented library, agenda, forms and legal identity."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

from intranet.accounts.models import User
from intranet.network.models import Territory, Theme, WorkingGroup
from intranet.network.operations import save_working_group
from pages.agenda.models import AgendaPage, EventPage
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.charter.queries import current_commitments
from pages.contact.models import FormAnswer, FormIndexPage, FormPage
from pages.contact.starting import begin_form, starting_model
from pages.legal.models import LegalIdentity
from pages.news.models import NewsPage
from pages.resources.models import ResourceIndexPage, ResourcePage
from surveys.demo.papers import paper
from surveys.demo.texts import library, network


class Shelves:
    """What the invented texts point at by name or by position."""

    def __init__(self, members: list[User]) -> None:
        for name in library["themes"]:
            Theme.objects.get_or_create(slug=slugify(name), defaults={"name": name})
        self.themes = {theme.name: theme for theme in Theme.objects.all()}
        by_code = {territory.code: territory for territory in Territory.objects.all()}
        self.territories = [by_code[code] for code, *_ in network["territories"]]
        self.commitments = list(current_commitments())
        self.group = WorkingGroup.objects.filter(name=library["group"]).first()
        if self.group is None:
            made = WorkingGroup(name=library["group"])
            self.group = save_working_group(working_group=made, members=members)

    def classify(self, page: Any, item: dict[str, Any]) -> None:
        page.themes.set(self.themes[name] for name in item.get("themes", []))
        page.territories.set(self.territories[place] for place in item.get("territories", []))
        wanted = item.get("commitments", [])
        page.commitments.set(
            self.commitments[place] for place in wanted if place < len(self.commitments)
        )
        page.save()


def load_library(*, people: dict[str, User], at: datetime) -> None:
    """Some twenty resources, a dozen events, two forms with answers, half an identity."""
    shelves = Shelves([people["animator"], people["representative"]])
    editor = people["editor"]
    for item in library["resources"]:
        _add_resource(item, shelves, by=editor, at=at)
    for item in library["attachments"]:
        _attach(item, by=editor, at=at)
    for number, item in enumerate(library["events"]):
        # Announced one after the other, each some time before its day.
        announced_at = at - timedelta(days=max(2 + 4 * number, 10 - item["in"]))
        _add_event(item, shelves, by=editor, at=at, announced_at=announced_at)
    _add_forms(by=editor, recipient=people["animator"], at=at)
    identity = LegalIdentity.load()
    identity.publisher = "Association Maillage (réseau inventé)"
    identity.director = "Gaëlle Le Roux"
    identity.contact_email = "bonjour@maillage.example"
    identity.save()


def _document(item: dict[str, Any], *, by: User, at: datetime) -> AbstractDocument:
    name = f"{slugify(item['title'])}.{item['file']}"
    written = paper(item["file"], item["title"], item["text"])
    document_model = get_document_model()
    document = document_model.objects.create(
        title=item["title"],
        file=ContentFile(written, name=name),
        file_size=len(written),
        uploaded_by_user=by,
    )
    made_at = at - timedelta(days=item.get("age", 10))
    document_model.objects.filter(pk=document.pk).update(created_at=made_at)
    return document


def _add_resource(item: dict[str, Any], shelves: Shelves, *, by: User, at: datetime) -> None:
    page = ResourcePage(
        title=item["title"],
        kind=item["kind"],
        summary=item["summary"],
        author=item["author"],
        date=timezone.localdate(at - timedelta(days=item["age"])),
        licence=item.get("licence", ""),
        language=item.get("language", "fr"),
        link=item.get("link", ""),
        document=_document(item, by=by, at=at) if "file" in item else None,
        body=_paragraphs(item) if item["kind"] == "sheet" else [],
        owner=by,
        live=False,
    )
    published_at = at - timedelta(days=item["age"])
    _publish(ResourceIndexPage.objects.get(), page, item, shelves, by=by, at=published_at)


def _add_event(
    item: dict[str, Any], shelves: Shelves, *, by: User, at: datetime, announced_at: datetime
) -> None:
    first = timezone.localdate(at) + timedelta(days=item["in"])
    page = EventPage(
        title=item["title"],
        summary=item["summary"],
        starts_on=first,
        starts_at=item.get("from"),
        ends_on=first + timedelta(days=item["days"]) if "days" in item else None,
        ends_at=item.get("to"),
        is_cancelled=item.get("cancelled", False),
        place=item["place"],
        address=item.get("address", ""),
        remote_link=item.get("remote", ""),
        remote_link_is_public=item.get("remote_is_public", False),
        organiser=item["organiser"],
        accessibility=item.get("accessibility", ""),
        owner=by,
        live=False,
    )
    _publish(AgendaPage.objects.get(), page, item, shelves, by=by, at=announced_at)


def _publish(
    parent: Page, page: Any, item: dict[str, Any], shelves: Shelves, *, by: User, at: datetime
) -> None:
    parent.add_child(instance=page)
    shelves.classify(page, item)
    circle = Circle(item.get("circle", Circle.PUBLIC))
    give_circle(page=page, circle=circle, group=shelves.group if circle == Circle.GROUP else None)
    page.save_revision(user=by).publish(user=by)
    Page.objects.filter(pk=page.pk).update(first_published_at=at, last_published_at=at)


def _attach(item: dict[str, Any], *, by: User, at: datetime) -> None:
    """Put a document into the text of a piece of news that is there already."""
    page = NewsPage.objects.filter(title=item["page"]).first()
    if page is None:
        return
    document = _document(item, by=by, at=at)
    page.body.append(("document", {"document": document, "title": ""}))
    page.save_revision(user=by).publish(user=by)


def _add_forms(*, by: User, recipient: User, at: datetime) -> None:
    index = FormIndexPage.objects.get()
    forms: dict[str, FormPage] = {}
    for name in ("contact", "registration"):
        model = starting_model(name)
        assert model is not None
        page = begin_form(model=model, index=index, by=recipient)
        if name == "registration":
            page.title = "Inscription à la rencontre annuelle"
            page.closes_on = timezone.localdate(at) + timedelta(days=36)
            page.places = 60
        page.save_revision(user=by).publish(user=by)
        forms[name] = page
    for number, item in enumerate(library["answers"]):
        form, sent_at = forms[item["form"]], at - timedelta(days=item["age"])
        answer = FormAnswer.objects.create(
            page=form,
            form_data=item["values"],
            ticket=f"{number:032x}",
            erase_on=timezone.localdate(sent_at) + timedelta(days=form.keep_days),
        )
        FormAnswer.objects.filter(pk=answer.pk).update(submit_time=sent_at)


def _paragraphs(item: dict[str, Any]) -> list[tuple[str, str]]:
    return [("paragraph", f"<p>{text}</p>") for text in item["text"]]
