"""What people write on the site: news, answers to forms, signatures."""

import datetime

from django.core.files.base import ContentFile

from intranet.accounts.models import User
from intranet.files.models import HeldPicture
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.contact.fields import FieldKind
from pages.contact.models import FormAnswer, FormField, FormIndexPage, FormPage
from pages.news import moderation, truth
from pages.news.models import (
    Acknowledgement,
    AcknowledgementReminder,
    NewsIndexPage,
    NewsPage,
    NewsSettings,
    TruthQuestion,
)
from pages.signatures.models import Signature, State, Step
from tests.canaries.planting import (
    ANIMATOR,
    ASSOCIATION,
    CONTRIBUTOR,
    MEMBERS,
    NONE,
    STAFF,
    WRITERS,
)
from tests.canaries.world.files import picture_file
from tests.canaries.world.pages import add_below, make_page, publish
from tests.canaries.world.people import NO_SCREEN, World
from tests.people import NOW, TODAY

DAY = datetime.timedelta(days=1)


def make_news(world: World) -> None:
    """What a member wrote and that waits to be read, and what happened to what was published."""
    settings = NewsSettings.load()
    settings.members_news_are_read_first = True
    settings.save()
    moderation.follow_setting(settings=settings)
    author = world.person(CONTRIBUTOR)
    index = NewsIndexPage.objects.get()
    waiting = make_page(
        world, NewsPage, WRITERS | {CONTRIBUTOR}, "news to be read", association=world.things["own"]
    )
    waiting.owner = author
    add_below(world, index, waiting, Circle.PUBLIC)
    moderation.hand_in(page=waiting, by=author)
    told = NewsPage(
        title="Nous fêtons dix ans",
        slug="dix-ans",
        circle=Circle.PUBLIC,
        owner=author,
        association=world.things["own"],
        acknowledge_by=TODAY + 9 * DAY,
    )
    index.add_child(instance=told)
    publish(world, told)
    Acknowledgement.objects.create(
        page=told, association=world.things["hidden"], by=world.things["colleague"], at=NOW
    )
    AcknowledgementReminder.objects.create(page=told, on_date=TODAY, letters=1)
    truth.ask(page=told, at=NOW)
    world.things |= {
        "told": told,
        "truth": truth.token_of(TruthQuestion.objects.get()),
        "held": _held(world, author),
    }


def _held(world: World, author: User) -> HeldPicture:
    birds = world.birds
    content = birds.text("content of a held photograph", frozenset({CONTRIBUTOR}))
    held = HeldPicture(
        person=author,
        name=birds.text("HeldPicture.name", frozenset({CONTRIBUTOR}), NO_SCREEN) + ".png",
        type="image/png",
        held_at=NOW,
    )
    held.file.save(held.id.hex, ContentFile(picture_file(content)), save=True)
    return held


def make_forms(world: World) -> None:
    birds = world.birds
    form = FormPage(
        title="Nous écrire",
        slug="nous-ecrire",
        purpose="Vous répondre.",
        recipients=birds.text("FormPage.recipients", WRITERS) + "@example.org",
        thanks=f"<p>{birds.text('FormPage.thanks', frozenset({*WRITERS}))}</p>",
    )
    form.form_fields = [
        FormField(label="Message", field_type=FieldKind.TEXT, clean_name="message", sort_order=0)
    ]
    FormIndexPage.objects.get().add_child(instance=form)
    publish(world, form)
    FormAnswer.objects.create(
        page=form,
        ticket=birds.text("FormAnswer.ticket", NONE, "what makes an answer one"),
        erase_on=TODAY + 90 * DAY,
        form_data={"message": birds.text("FormAnswer.form_data", WRITERS)},
    )
    closed = FormPage(
        title=birds.text("form of members: title", MEMBERS),
        slug=birds.text("form of members: slug", MEMBERS),
        summary=birds.text("form of members: summary", MEMBERS),
        introduction=f"<p>{birds.text('form of members: introduction', MEMBERS)}</p>",
        purpose=birds.text("form of members: purpose", MEMBERS),
        live=False,
    )
    closed.form_fields = [
        FormField(
            label=birds.text("FormField.label", MEMBERS),
            field_type=FieldKind.RADIO if hasattr(FieldKind, "RADIO") else FieldKind.TEXT,
            clean_name=birds.text("FormField.clean_name", MEMBERS),
            choices=birds.text("FormField.choices", MEMBERS),
            help_text=birds.text("FormField.help_text", MEMBERS),
            sort_order=0,
        )
    ]
    FormIndexPage.objects.get().add_child(instance=closed)
    give_circle(page=closed, circle=Circle.MEMBERS)
    publish(world, closed)
    world.things["form"] = form


def make_signatures(world: World) -> None:
    """A signature in force, whose name is not shown to everybody, and one to be validated."""
    birds, things = world.birds, world.things
    readers = STAFF | ASSOCIATION
    for association, state, named in (
        (things["own"], State.VALIDATED, MEMBERS),
        (things["hidden"], State.REQUESTED, STAFF),
    ):
        label = f"signature {state}"
        signature = Signature.objects.create(
            association=association,
            version=things["version"],
            state=state,
            board_date=TODAY - 20 * DAY,
            signatory_name=birds.text(f"{label}: name", named),
            signatory_function=birds.text(f"{label}: function", named),
            signed_at=NOW,
        )
        told = readers if association == things["own"] else STAFF
        Step.objects.create(
            **birds.fields(Step, told, signature=signature, kind=Step.Kind.CORRECTION_ASKED,
                           at=NOW, version=things["version"], by=world.person(ANIMATOR))
        )  # fmt: skip
