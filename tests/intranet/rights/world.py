"""A network with one of everything, so that every address leads somewhere."""

import os
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.digest import links
from intranet.digest.models import DigestEntry, DigestLetter
from intranet.files.models import HeldPicture
from intranet.imports.models import ImportRun
from intranet.invitations.models import Invitation
from intranet.invitations.queries import fingerprint
from intranet.joining.models import JoinRequest
from intranet.network.models import Association, Membership, Territory, Theme, WorkingGroup
from intranet.network.operations import join, leave, save_working_group
from intranet.notifications.models import Letter
from pages.agenda.models import AgendaPage, EventPage
from pages.agenda.operations import make_calendar_address
from pages.agenda.queries import address_token
from pages.charter.models import Commitment
from pages.charter.operations import publish_version
from pages.contact.models import FormPage
from pages.home.operations import lay_site
from pages.legal.models import LegalIdentity
from pages.news.models import NewsIndexPage, NewsPage, NewsSettings
from pages.news.truth import ask, token_of
from surveys.campaigns.models import Campaign
from surveys.campaigns.operations import open_campaign
from surveys.exports.models import Export
from surveys.questionnaires.definition import Definition, Question, Section
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import freeze_definition
from surveys.responses.models import Draft, Response, Trial, Upload
from surveys.responses.sealing import link_token
from tests.conftest import make_person

INVENTED = Path(__file__).parents[2] / "pages" / "charter" / "invented.md"


@dataclass(frozen=True)
class Place:
    """An address to knock at, and what is at stake there: see `matrix.expected`."""

    kwargs: dict[str, Any] | list[Any]
    stake: dict[str, bool] = field(default_factory=dict)
    rights: tuple[str, ...] = ()
    """Of the door's rights, those that count here; all of them if none is named."""


@dataclass
class World:
    people: dict[str, User | None]
    places: dict[str, list[Place]]
    values: dict[str, Any]
    """What stands in an address of Wagtail's, by the name of its part."""
    by_section: dict[str, int]
    """And the number of an object, by the section of the editor."""


def _definition(title: str) -> Definition:
    question = Question(id="q1", code="mot", kind="text", label={"fr": "En un mot ?"})
    section = Section(id="s1", title={"fr": "La concertation"}, questions=(question,))
    return Definition(title={"fr": title}, sections=(section,))


def _people(mine: Association, other: Association) -> dict[str, User | None]:
    representative, contributor = Membership.Role.REPRESENTATIVE, Membership.Role.CONTRIBUTOR
    made: dict[str, User | None] = {
        "nobody": None,
        "left": make_person("left@example.org", "Lucie"),
        "partner": make_person("partner@example.org", "Farid", roles.PARTNER),
        "contributor": make_person("contributor@example.org", "Benoît"),
        "contributor elsewhere": make_person("contributor2@example.org", "Nadia"),
        "representative": make_person("representative@example.org", "Aminata"),
        "representative elsewhere": make_person("representative2@example.org", "Denis"),
        "editor": make_person("editor@example.org", "Élodie", roles.EDITOR),
        "animator": make_person("animator@example.org", "Claire", roles.ANIMATOR),
        "administrator": User.objects.create_superuser("admin@example.org", "long-mot-de-passe"),
    }
    leave(membership=join(user=made["left"], association=mine, role=representative))
    join(user=made["contributor"], association=mine, role=contributor)
    join(user=made["contributor elsewhere"], association=other, role=contributor)
    join(user=made["representative"], association=mine, role=representative)
    join(user=made["representative elsewhere"], association=other, role=representative)
    return made


def _charter() -> None:
    """The invented charter, then a proposal that changes its words."""
    text = INVENTED.read_text(encoding="utf-8")
    with TemporaryDirectory() as folder:
        for number, words in enumerate(("les passe-droits", "tout passe-droit")):
            path = Path(folder) / f"{number}.md"
            path.write_text(text.replace("les passe-droits", words), encoding="utf-8")
            call_command("import_charter", str(path), stdout=StringIO(), stderr=StringIO())


def build_world() -> World:
    now = timezone.now()
    today = timezone.localdate()
    territory = Territory.objects.create(code="QN07501M", name="Les Tilleuls", commune="Valbonne")
    mine = Association.objects.create(slug="les-tisserands", name="Les Tisserands")
    mine.territories.add(territory)
    shown = Association.objects.create(slug="la-vitrine", name="La Vitrine", is_public=True)
    other = Association.objects.create(slug="la-passerelle", name="La Passerelle")
    theme = Theme.objects.create(name="Santé", slug="sante")
    people = _people(mine, other)
    author, editor, animator = people["contributor"], people["editor"], people["animator"]
    group = save_working_group(working_group=WorkingGroup(name="Jeunesse"), members=[author])

    # -- Pages
    lay_site()
    _charter()
    publish_version(reason="Mieux dit.", by=None, at=now)
    index = NewsIndexPage.objects.get()

    def news(title: str, **fields) -> NewsPage:
        page = index.add_child(instance=NewsPage(title=title, owner=author, **fields))
        page.save_revision().publish()
        return NewsPage.objects.get(pk=page.pk)

    told = news("Le jardin ouvre", acknowledge_by=today + timedelta(days=9))
    kept = news("Entre nous")
    PageViewRestriction.objects.create(page=kept, restriction_type=PageViewRestriction.LOGIN)
    grouped = news("Entre jeunes")
    PageViewRestriction.objects.create(
        page=grouped, restriction_type=PageViewRestriction.GROUPS
    ).groups.add(group.group)
    event = AgendaPage.objects.get().add_child(
        instance=EventPage(title="Rencontre", starts_on=today + timedelta(days=5))
    )
    event.save_revision().publish()

    # -- Files
    image = get_image_model().objects.create(title="Photo", file=get_test_image_file())
    document = get_document_model().objects.create(
        title="Note", file=ContentFile(b"une note", "note.txt")
    )
    held = HeldPicture.objects.create(
        person=author, file=get_test_image_file(), type="image/png", held_at=now
    )

    # -- Questionnaires, campaigns, answers
    questionnaire = Questionnaire.objects.create(slug="bilan", title="Bilan", live=True)
    for title in ("Bilan", "Bilan renouvelé"):
        freeze_definition(
            questionnaire=questionnaire, definition=_definition(title), by=None, at=now
        )
    version = questionnaire.versions.get(number=2)
    later = Questionnaire.objects.create(
        slug="bilan-suivant", title="Bilan suivant", live=True, previous=questionnaire
    )
    freeze_definition(questionnaire=later, definition=_definition("Suivant"), by=None, at=now)
    common = {"opens_date": today, "closes_date": today + timedelta(days=30), "by": None, "at": now}
    kinds = Campaign.Kind
    assessment = open_campaign(
        slug="bilan-2026",
        title="Bilan 2026",
        kind=kinds.SELF_ASSESSMENT,
        questionnaire=questionnaire,
        associations=[mine, other],
        **common,
    )
    survey = open_campaign(
        slug="besoins",
        title="Besoins",
        kind=kinds.NEEDS_SURVEY,
        questionnaire=questionnaire,
        **common,
    )
    planned = open_campaign(
        slug="bilan-2027",
        title="Bilan 2027",
        kind=kinds.SELF_ASSESSMENT,
        questionnaire=questionnaire,
        associations=[mine],
        **{**common, "opens_date": today + timedelta(days=5)},
    )
    participation = assessment.participations.get(association=mine)
    draft = Draft.objects.create(
        campaign=assessment, participation=participation, version=version, updated_at=now
    )
    resident = Draft.objects.create(campaign=survey, version=version, updated_at=now)
    answered = Response.objects.create(
        id=uuid4(), campaign=survey, version=version, week=today, document={"q1": "Un mot"}
    )

    def upload(**whose) -> Upload:
        return Upload.objects.create(
            file=ContentFile(b"une note", "note.txt"),
            name="note.txt",
            type="text/plain",
            size=8,
            kept_since=today,
            **whose,
        )

    drafted, sent = (
        upload(campaign=assessment, key=draft.pk),
        upload(campaign=survey, response=answered),
    )
    export = Export.objects.create(
        campaign=assessment,
        format="csv",
        content="figures",
        state="ready",
        file=os.path.relpath(document.file.path, document.file.storage.location),
        requested_at=now,
        requested_by=author,
    )
    trial = Trial.objects.create(
        questionnaire=questionnaire,
        definition=_definition("Bilan").to_json(),
        updated_at=now,
        updated_by=editor,
    )

    trial_file = upload(key=trial.pk)

    # -- The network
    User.objects.filter(pk=author.pk).update(in_directory=True)
    invited_token = "un-lien-qui-a-ete-envoye"
    invited = Invitation.objects.create(
        email="invitee@example.org",
        association=mine,
        role=Invitation.Role.CONTRIBUTOR,
        fingerprint=fingerprint(invited_token),
        created_at=now,
        expires_at=now + timedelta(days=9),
    )
    asked = JoinRequest.objects.create(user=author, association=other, created_at=now)
    asking = JoinRequest.objects.create(user=people["left"], association=mine, created_at=now)
    brought = ImportRun.objects.create(
        kind="members", file_name="membres.csv", table={"columns": [], "lines": []}, asked_at=now
    )

    # -- Letters
    entry = DigestEntry.objects.create(
        key="news 1", section="news", title="Titre", text="Texte", path="/", at=now
    )
    letter = DigestLetter.objects.create(
        person=author, occasion="weekly 2026-W01", entries=[entry.pk], made_at=now
    )
    sent_letter = Letter.objects.create(
        kind="test", occasion="1", to="a@example.org", subject="Bonjour", asked_at=now, due_at=now
    )
    token, leaving = links.letter_token(letter), links.unsubscribe_token(author)
    question = ask(page=told, at=now)
    key = make_calendar_address(person=author, at=now)

    def at(*places: Place | dict[str, Any]) -> list[Place]:
        return [one if isinstance(one, Place) else Place(one) for one in places]

    circle, link, own = {"circle": True}, {"link": True}, {"own": True}
    of_assessment = {"slug": assessment.slug}
    filling = {"slug": assessment.slug, "association": mine.slug}
    signing = at({"slug": mine.slug})
    commitment = Commitment.objects.filter(is_current=True)[0]
    questions = {"slug": questionnaire.slug}
    surveyed = {"slug": survey.slug}
    tried = {"key": trial.pk}
    own_of_editor = {"own_of_editor": True}

    places: dict[str, list[Place]] = {
        "wagtail_serve": [
            Place([told.get_url().lstrip("/")], circle),
            Place([kept.get_url().lstrip("/")], {"circle_of_members": True}),
            Place([grouped.get_url().lstrip("/")], {"circle_of_group": True}),
        ],
        "robots": at(Place({}, circle)),
        "sitemap": at(Place({}, circle)),
        "search": at(Place({}, circle)),
        "media": at(Place({"name": image.file.name}, circle)),
        "wagtaildocs_serve": at(Place([str(document.pk), document.filename], circle)),
        "held_picture": at(Place({"identity": held.pk}, {"own_of_author": True})),
        "account_confirm_email": at({"key": "abc"}),
        "account_reset_password_from_key": at({"uidb36": "1", "key": "abc-def"}),
        "wagtailadmin_password_reset_confirm": at({"uidb64": "MQ", "token": "abc-def"}),
        "digest_letter": at(Place({"token": token}, link)),
        "digest_item": at(Place({"token": token, "entry": entry.pk}, link)),
        "digest_unsubscribe": at(Place({"token": leaving}, link)),
        "digest_resume": at(Place({"token": leaving}, link)),
        "association": at({"slug": mine.slug}, Place({"slug": shown.slug}, circle)),
        "associations": at(Place({}, circle)),
        "my_association": signing,
        "person": at({"pk": author.pk}),
        "team": signing,
        "team_leave": signing,
        "team_hand_over": signing,
        **dict.fromkeys(
            ("team_role", "team_remove"),
            at({"slug": mine.slug, "pk": mine.memberships.get(user=author).pk}),
        ),
        "invitation": at(Place({"token": invited_token}, link)),
        **dict.fromkeys(("invitation_resend", "invitation_revoke"), at({"pk": invited.pk})),
        "join_association": at(Place({}, own)),
        "join_withdraw": at(Place({"pk": asked.pk}, {"own_of_author": True})),
        **dict.fromkeys(("join_accept", "join_refuse"), at({"slug": mine.slug, "pk": asking.pk})),
        "close_my_account": at(Place({}, own)),
        **dict.fromkeys(("import_start", "import_csv", "import_xlsx"), at({"kind": "members"})),
        "import_run": at({"run_id": brought.pk}),
        "territory": at({"code": territory.code}),
        "territory_boxes": at({"name": "territories"}),
        "territories": at({"field": "q-1"}),
        "charter_versions": at(Place({}, circle)),
        "charter_compare": at(Place({}, circle)),
        "charter_version": at(Place({"number": 1}, circle)),
        "charter_comparison": at(Place({"before": 1, "after": 2}, circle)),
        "commitment": at(Place({"anchor": commitment.anchor}, circle)),
        "signatories": at(Place({}, circle)),
        **dict.fromkeys(
            (
                "signature",
                "sign",
                "signature_confirm",
                "signature_withdraw",
                "signature_validate",
                "signature_remind",
            ),
            signing,
        ),
        "news_feed": at(Place({}, circle)),
        "theme_feed": at(Place({"slug": theme.slug}, circle)),
        "territory_feed": at(Place({"code": territory.code}, circle)),
        "news_change": at(Place({"pk": told.pk}, {"own_of_author": True})),
        "news_withdraw": at(Place({"pk": told.pk}, {"own_of_author": True})),
        "news_truth": at(Place({"token": token_of(question)}, link)),
        "news_acknowledge": at({"pk": told.pk, "association": mine.slug}),
        "news_acknowledgements": at({"pk": told.pk}),
        "news_acknowledgements_csv": at({"pk": told.pk}),
        "news_remind": at({"pk": told.pk}),
        "calendar": at(Place({}, circle)),
        "theme_calendar": at(Place({"slug": theme.slug}, circle)),
        "territory_calendar": at(Place({"code": territory.code}, circle)),
        "event_calendar": at(Place({"uid": event.uid}, circle)),
        "agenda_feed": at(Place({}, circle)),
        "theme_agenda_feed": at(Place({"slug": theme.slug}, circle)),
        "territory_agenda_feed": at(Place({"code": territory.code}, circle)),
        "personal_calendar": at(Place({"token": address_token(key)}, link)),
        "my_calendar": at(Place({}, own)),
        "change_my_calendar": at(Place({}, own)),
        "my_letters": at(Place({}, own)),
        "my_space": at(Place({}, own, ("account.begin",))),
        "campaign": at(
            Place(of_assessment, {}, ("campaign.read",)),
            Place({"slug": planned.slug}, {}, ("campaign.manage",)),
        ),
        "campaign_poster": at(surveyed),
        **dict.fromkeys(
            ("campaign_last_day", "campaign_close", "campaign_ask", "campaign_invite"),
            at(of_assessment),
        ),
        **dict.fromkeys(
            ("fill", "fill_summary", "fill_ready", "receipt", "fill_language"), at(filling)
        ),
        "fill_section": at({**filling, "number": 1}),
        "fill_file": at({**filling, "file_id": drafted.pk}),
        **dict.fromkeys(
            ("survey", "survey_summary", "survey_receipt", "survey_later", "survey_language"),
            at(surveyed),
        ),
        "survey_section": at({**surveyed, "number": 1}),
        "survey_resume": at(Place({**surveyed, "token": link_token(resident)}, link)),
        **dict.fromkeys(("results", "results_by_commitment"), at(of_assessment)),
        "written_answers": at({"slug": survey.slug, "code": "mot"}),
        "exports": at(Place(of_assessment, {}, ("export.figures",))),
        "export": at(Place({"export_id": export.pk}, {"own_of_author": True})),
        "export_download": at(Place({"export_id": export.pk}, {"own_of_author": True})),
        "answered_file": at({"upload_id": sent.pk}),
        **dict.fromkeys(
            (
                "questionnaire_versions",
                "questionnaire_draft_differences",
                "try_questionnaire",
            ),
            at(questions),
        ),
        "questionnaire_version": at({**questions, "number": 1}),
        "questionnaire_differences": at({**questions, "before": 1, "after": 2}),
        "questionnaire_years": at({**questions, "other": later.slug}),
        "health": at(Place({}, {}, ("health.ask",))),
        "wagtailsettings:edit": at(
            Place(["pages", "legalidentity", LegalIdentity.load().pk], {}, ("page.change_legal",)),
            Place(["pages", "newssettings", NewsSettings.load().pk], {}, ("news.edit",)),
        ),
        **{
            name: at(Place(tried, own_of_editor))
            for name in (
                "trial",
                "trial_language",
                "trial_summary",
                "trial_receipt",
                "trial_data",
                "trial_restart",
            )
        },
        "trial_section": at(Place({**tried, "number": 1}, own_of_editor)),
        "trial_file": at(Place({**tried, "file_id": trial_file.pk}, own_of_editor)),
    }
    form_page = FormPage.objects.first()
    values = {
        "parent_page_id": index.pk,
        "page_id": told.pk,
        "page_to_move_id": told.pk,
        "page_to_copy_id": told.pk,
        "destination_id": index.pk,
        "object_id": told.pk,
        "image_id": image.pk,
        "document_id": document.pk,
        "doc_id": document.pk,
        "letter_id": sent_letter.pk,
        "content_type_app_name": "pages",
        "content_type_model_name": "newspage",
        "app_name": "pages",
        "app_label": "pages",
        "model_name": "newspage",
        "action": "publish",
        "revision_id": told.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "action_name": "publish",
        "slug": questionnaire.slug,
        "number": 1,
        "filter_spec": "original",
    }
    by_section = {
        "association": mine.pk,
        "territory": territory.pk,
        "theme": theme.pk,
        "workinggroup": group.pk,
        "membership": mine.memberships.first().pk,
        "wagtailusers_users": author.pk,
        "wagtailsites": 1,
        "wagtailsnippets_surveys_questionnaire": questionnaire.pk,
        "wagtailforms": form_page.pk if form_page else 1,
        "wagtailimages_chooser": image.pk,
        "wagtaildocs_chooser": document.pk,
    }
    assert animator
    return World(people, places, values, by_section)
