"""Every address of the product, for every object of a world.

An address that nothing here fills fails the tests: give its values to `FILLINGS`, by the name of
the route (`*` stands for anything), or say in `NOT_READ` why it is not read.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    Page,
    Revision,
    Site,
    Task,
    TaskState,
    Workflow,
    WorkflowState,
)

from intranet.accounts.models import User
from intranet.digest.links import letter_token, unsubscribe_token
from intranet.files.models import HeldPicture, Picture
from intranet.imports.kinds import Kind
from intranet.imports.models import ImportRun
from intranet.invitations.models import Invitation
from intranet.joining.models import JoinRequest
from intranet.network.models import Association, Membership, Territory, Theme, WorkingGroup
from intranet.notifications.models import Letter
from intranet.search.models import Synonyms
from pages.agenda.models import EventPage
from pages.agenda.queries import address_token
from pages.charter.models import Commitment
from pages.contact.models import FormPage
from pages.news.models import NewsPage
from surveys.campaigns.models import Campaign
from surveys.exports.models import Export
from surveys.questionnaires.models import Questionnaire
from surveys.responses.models import Trial, Upload
from surveys.responses.sealing import link_token
from tests.canaries.planting import CONTRIBUTOR
from tests.canaries.world import World

Arguments = dict[str, Any]
Filling = Callable[[World, str], Iterable[Arguments]]

NOT_READ: Final[dict[str, str]] = {
    "wagtailadmin_error_test": "raises on purpose, to show the error page",
    "account_confirm_email": "the key of an address that waits: allauth's own, tested there",
    "account_reset_password_from_key": "the same",
    "wagtailadmin_password_reset_confirm": "Wagtail's own, which the house replaces by allauth's",
    "wagtaildocs_authenticate_with_password": "the settings offer no shared passwords",
    "wagtailcore_authenticate_with_password": "the same",
    "wagtaildocs:create_multiple_from_uploaded_document": "takes a POST only",
    "wagtaildocs:delete_upload_multiple": "takes a POST only",
    "wagtailimages:create_multiple_from_uploaded_image": "takes a POST only",
    "wagtailimages:delete_upload_multiple": "takes a POST only",
    "wagtailredirects:edit": "the world has no redirect: whoever may change one sees both ends",
    "wagtailredirects:delete": "the same",
    "wagtailadmin_editing_sessions:*": "takes a POST only",
    "wagtailadmin_api:pages:action": "takes a POST only",
}


def rows(model: Any, argument: str, attribute: str = "pk", **kept: Any) -> Filling:
    """The route of one object, for each object of a model."""

    def fill(world: World, role: str) -> Iterator[Arguments]:
        for value in model.objects.filter(**kept).order_by("pk").values_list(attribute, flat=True):
            yield {argument: value}

    return fill


def pages(argument: str) -> Filling:
    return rows(Page, argument, depth__gt=1)


def one(**arguments: Any) -> Filling:
    return lambda world, role: [arguments]


def team_members(world: World, role: str) -> Iterator[Arguments]:
    for membership in Membership.objects.select_related("association").order_by("pk"):
        yield {"slug": membership.association.slug, "pk": membership.pk}


def requests_to_join(world: World, role: str) -> Iterator[Arguments]:
    for request in JoinRequest.objects.select_related("association").order_by("pk"):
        yield {"slug": request.association.slug, "pk": request.pk}


def page_revisions(world: World, role: str) -> Iterator[Arguments]:
    for revision in Revision.page_revisions.order_by("pk"):
        yield {"page_id": int(revision.object_id), "revision_id": revision.pk}


def page_comparisons(world: World, role: str) -> Iterator[Arguments]:
    for pk in Revision.page_revisions.values_list("object_id", flat=True).distinct():
        yield {"pk": int(pk), "revision_id_a": "earliest", "revision_id_b": "latest"}


def snippet_revisions(world: World, role: str) -> Iterator[Arguments]:
    pk = world.things["asked"].pk
    for revision in Revision.objects.for_instance(world.things["asked"]).order_by("pk"):
        yield {"pk": pk, "revision_id": revision.pk}


def snippet_comparisons(world: World, role: str) -> Iterator[Arguments]:
    pk = world.things["asked"].pk
    yield {"pk": pk, "revision_id_a": "earliest", "revision_id_b": "latest"}


def page_types(app: str, model: str) -> Filling:
    def fill(world: World, role: str) -> Iterator[Arguments]:
        for kind in apps.get_app_config("pages").get_models():
            if issubclass(kind, Page):
                yield {app: "pages", model: kind._meta.model_name}

    return fill


def new_pages(world: World, role: str) -> Iterator[Arguments]:
    for page in Page.objects.filter(depth=3):
        for kind in page.specific_class.allowed_subpage_models():
            yield {
                "content_type_app_name": kind._meta.app_label,
                "content_type_model_name": kind._meta.model_name,
                "parent_page_id": page.pk,
            }


def moved_pages(world: World, role: str) -> Iterator[Arguments]:
    for page in NewsPage.objects.order_by("pk"):
        yield {"page_to_move_id": page.pk, "destination_id": page.get_parent().pk}


def task_states(world: World, role: str) -> Iterator[Arguments]:
    for state in TaskState.objects.all():
        for action in ("approve", "reject"):
            yield {
                "page_id": int(state.revision.object_id),
                "action_name": action,
                "task_state_id": state.pk,
            }


def workflow_previews(world: World, role: str) -> Iterator[Arguments]:
    for state in TaskState.objects.all():
        yield {"page_id": int(state.revision.object_id), "task_id": state.task_id}


def workflow_histories(world: World, role: str) -> Iterator[Arguments]:
    for state in WorkflowState.objects.all():
        yield {"page_id": int(state.object_id), "workflow_state_id": state.pk}


def bulk_actions(world: World, role: str) -> Iterator[Arguments]:
    for app, model, actions in (
        ("wagtailcore", "page", ("publish", "unpublish", "delete", "move")),
        ("wagtaildocs", "document", ("delete", "add_tags", "add_to_collection")),
        ("intranet", "picture", ("delete", "add_tags", "add_to_collection")),
        ("intranet", "user", ("delete", "set_active_state", "assign_role")),
    ):
        for action in actions:
            yield {"app_label": app, "model_name": model, "action": action}


def fillings(world: World, role: str) -> Iterator[Arguments]:
    """Every association in every campaign, asked or not."""
    for campaign in Campaign.objects.all():
        for slug in ("les-tisserands", "la-passerelle"):
            yield {"slug": campaign.slug, "association": slug}


def filled_sections(world: World, role: str) -> Iterator[Arguments]:
    return ({**arguments, "number": 1} for arguments in fillings(world, role))


def filled_files(world: World, role: str) -> Iterator[Arguments]:
    for arguments in fillings(world, role):
        for upload in Upload.objects.filter(campaign__slug=arguments["slug"]):
            yield {**arguments, "file_id": upload.pk}


def surveyed(**more: Any) -> Filling:
    def fill(world: World, role: str) -> Iterator[Arguments]:
        for slug in Campaign.objects.values_list("slug", flat=True):
            yield {"slug": slug, **more}

    return fill


def survey_files(world: World, role: str) -> Iterator[Arguments]:
    for upload in Upload.objects.filter(campaign=world.things["survey"]):
        yield {"slug": world.things["survey"].slug, "file_id": upload.pk}


def resumed(world: World, role: str) -> Iterator[Arguments]:
    # The right link is a key: whoever has it is the resident. A wrong one opens nothing.
    token = link_token(world.things["resident's draft"])
    yield {"slug": "besoins-2026", "token": f"{token[:-3]}abc"}


def trial_files(world: World, role: str) -> Iterator[Arguments]:
    trial = world.things["trial"]
    for upload in Upload.objects.filter(key=trial.pk):
        yield {"key": trial.pk, "file_id": upload.pk}


def written(world: World, role: str) -> Iterator[Arguments]:
    for campaign in Campaign.objects.all():
        for code in ("mot", "souhait", "piece"):
            yield {"slug": campaign.slug, "code": code}


def keys(argument: str, make: Callable[[World], str], **more: Any) -> Filling:
    """A link that opens something to whoever has it: its own person, and a forgery for others."""

    def fill(world: World, role: str) -> Iterator[Arguments]:
        token = make(world)
        yield {argument: token if role == CONTRIBUTOR else f"{token[:-3]}abc", **more}

    return fill


def acknowledged(world: World, role: str) -> Iterator[Arguments]:
    for page in NewsPage.objects.order_by("pk"):
        yield {"pk": page.pk, "association": "les-tisserands"}


def documents_served(world: World, role: str) -> Iterator[tuple]:
    for found in get_document_model().objects.order_by("pk"):
        yield (found.pk, found.filename)


def pages_served(world: World, role: str) -> Iterator[tuple]:
    root = Site.objects.get(is_default_site=True).root_page
    for page in Page.objects.descendant_of(root, inclusive=True).order_by("path"):
        yield (page.url_path.removeprefix(root.url_path),)


def files(world: World, role: str) -> Iterator[Arguments]:
    """Everything that lies below the folder of files, named as if it had been guessed."""

    def below(folder: str) -> Iterator[str]:
        folders, names = default_storage.listdir(folder)
        for name in names:
            yield f"{folder}/{name}".lstrip("/")
        for one in folders:
            yield from below(f"{folder}/{one}".lstrip("/"))

    return ({"name": name} for name in below(""))


MODELS: Final[dict[str, Any]] = {
    "association": Association,
    "territory": Territory,
    "membership": Membership,
    "workinggroup": WorkingGroup,
    "theme": Theme,
    "synonyms": Synonyms,
    "wagtailsites": Site,
    "wagtailusers_users": User,
    "wagtailusers_groups": Group,
    "wagtailadmin_collections": Collection,
    "wagtailsnippets_surveys_questionnaire": Questionnaire,
}
"""The screens of Wagtail's editor that are made from a model, by the name of their space."""

FILLINGS: Final[dict[str, Filling]] = {
    "digest_letter": keys("token", lambda world: letter_token(world.things["digest"])),
    "digest_item": keys("token", lambda world: letter_token(world.things["digest"]), entry=1),
    "digest_*": keys("token", lambda world: unsubscribe_token(world.person(CONTRIBUTOR))),
    "held_picture": rows(HeldPicture, "identity"),
    "media": files,
    "wagtaildocs_serve": documents_served,  # type: ignore[dict-item]
    "wagtail_serve": pages_served,  # type: ignore[dict-item]
    "association": rows(Association, "slug", "slug"),
    "my_association": rows(Association, "slug", "slug"),
    "person": rows(User, "pk"),
    "team_role": team_members,
    "team_remove": team_members,
    "team*": rows(Association, "slug", "slug"),
    "join_withdraw": rows(JoinRequest, "pk"),
    "join_*": requests_to_join,
    "invitation": one(token="un-lien-que-personne-n-a-recu"),
    "invitation_*": rows(Invitation, "pk"),
    "import_run": rows(ImportRun, "run_id"),
    "import_*": lambda world, role: [{"kind": kind} for kind in Kind],
    "end_session": one(pk=1),
    "mfa_*_webauthn": one(pk=1),
    "territory": rows(Territory, "code", "code"),
    "territory_boxes": one(name="territories"),
    "territories": one(field="territory"),
    "wagtailadmin_api:pages:detail": pages("pk"),
    "wagtailadmin_api:documents:detail": rows(get_document_model(), "pk"),
    "wagtailadmin_api:images:detail": rows(Picture, "pk"),
    "wagtail_bulk_action": bulk_actions,
    "wagtailadmin_pages:add": new_pages,
    "wagtailadmin_pages:preview_on_add": new_pages,
    "wagtailadmin_pages:type_use*": page_types("content_type_app_name", "content_type_model_name"),
    "wagtailadmin_pages:choose_parent": page_types("app_label", "model_name"),
    "wagtailadmin_pages:revisions_compare": page_comparisons,
    "wagtailadmin_pages:revisions_*": page_revisions,
    "wagtailadmin_pages:move_confirm": moved_pages,
    "wagtailadmin_pages:*workflow_action*": task_states,
    "wagtailadmin_pages:workflow_preview": workflow_previews,
    "wagtailadmin_pages:workflow_history_detail": workflow_histories,
    "wagtailadmin_pages:move": pages("page_to_move_id"),
    "wagtailadmin_pages:set_page_position": pages("page_to_move_id"),
    "wagtailadmin_pages:add_subpage": pages("parent_page_id"),
    "wagtailadmin_pages:*": pages("page_id"),
    "wagtailadmin_explore*": pages("parent_page_id"),
    "wagtailadmin_choose_page_child": pages("parent_page_id"),
    "wagtailadmin_tag_model_autocomplete": one(app_name="taggit", model_name="tag"),
    "wagtailadmin_collections:set_privacy": rows(Collection, "collection_id"),
    "wagtailadmin_workflows:remove": lambda world, role: [
        {"page_pk": page.pk, "workflow_pk": workflow.pk}
        for page in Page.objects.filter(depth=3)
        for workflow in Workflow.objects.all()
    ],
    "wagtailadmin_workflows:add_task": one(app_label="wagtailcore", model_name="groupapprovaltask"),
    "wagtailadmin_workflows:*_task": rows(Task, "pk"),
    "wagtailadmin_workflows:task_chosen": rows(Task, "task_id"),
    "wagtailadmin_workflows:*": rows(Workflow, "pk"),
    "wagtailforms:*": rows(FormPage, "page_id"),
    "wagtailsettings:*": lambda world, role: [
        {"app_name": "pages", "model_name": name, "pk": 1}
        for name in ("newssettings", "legalidentity")
    ],
    "wagtaildocs:edit_multiple": rows(get_document_model(), "doc_id"),
    "wagtaildocs:delete_multiple": rows(get_document_model(), "doc_id"),
    "wagtaildocs:*": rows(get_document_model(), "document_id"),
    "wagtailimages:url_generator_output": rows(Picture, "image_id"),
    "wagtailimages:preview": lambda world, role: [
        {"image_id": picture.pk, "filter_spec": "original"} for picture in Picture.objects.all()
    ],
    "wagtailimages:*": rows(Picture, "image_id"),
    "wagtailimages_chooser:select_format": rows(Picture, "image_id"),
    "wagtailimages_chooser:chosen": rows(Picture, "pk"),
    "wagtaildocs_chooser:chosen": rows(get_document_model(), "pk"),
    "wagtailsnippets_surveys_questionnaire:revisions_compare": snippet_comparisons,
    "wagtailsnippets_surveys_questionnaire:revisions_*": snippet_revisions,
    "wagtailsnippetchoosers_surveys_questionnaire:chosen": rows(Questionnaire, "pk"),
    "questionnaire_model": one(name="besoins"),
    "questionnaire_version_workbook": lambda world, role: [
        {"pk": world.things[name].pk, "number": 1} for name in ("asked", "planned")
    ],
    "questionnaire_translation": lambda world, role: [
        {"pk": pk, "language": "ar"} for pk in Questionnaire.objects.values_list("pk", flat=True)
    ],
    "questionnaire_remove_language": lambda world, role: [
        {"pk": pk, "language": "ar"} for pk in Questionnaire.objects.values_list("pk", flat=True)
    ],
    "questionnaire_versions": rows(Questionnaire, "slug", "slug"),
    "questionnaire_draft_differences": rows(Questionnaire, "slug", "slug"),
    "questionnaire_version": lambda world, role: [
        {"slug": slug, "number": 1} for slug in ("besoins", "annee-prochaine")
    ],
    "questionnaire_differences": one(slug="besoins", before=1, after=1),
    "questionnaire_years": one(slug="besoins", other="annee-prochaine"),
    "try_questionnaire": rows(Questionnaire, "slug", "slug"),
    "questionnaire_*": rows(Questionnaire, "pk"),
    "letter_send_again": rows(Letter, "letter_id"),
    "fill_section": filled_sections,
    "fill_file": filled_files,
    "fill*": fillings,
    "receipt": fillings,
    "survey_section": surveyed(number=1),
    "survey_resume": resumed,
    "survey_file": survey_files,
    "survey*": surveyed(),
    "trial_section": lambda world, role: [{"key": world.things["trial"].pk, "number": 1}],
    "trial_file": trial_files,
    "trial*": rows(Trial, "key"),
    "written_answers": written,
    "results*": surveyed(),
    "exports": surveyed(),
    "campaign*": surveyed(),
    "export*": rows(Export, "export_id"),
    "answered_file": rows(Upload, "upload_id"),
    "news_acknowledge": acknowledged,
    "news_truth": keys("token", lambda world: world.things["truth"]),
    "news_*": rows(NewsPage, "pk"),
    "*_feed": lambda world, role: [{"slug": "sante"}, {"code": "QN07501M"}],
    "charter_version": one(number=1),
    "charter_comparison": one(before=1, after=1),
    "commitment": rows(Commitment, "anchor", "anchor"),
    "sign*": rows(Association, "slug", "slug"),
    "theme_calendar": one(slug="sante"),
    "territory_calendar": one(code="QN07501M"),
    "event_calendar": rows(EventPage, "uid", "uid"),
    "personal_calendar": keys("token", lambda world: address_token(world.things["calendar"])),
    **{f"{space}:*": rows(model, "pk") for space, model in MODELS.items()},
}


@dataclass(frozen=True)
class Route:
    """A place of the table of addresses, by its whole name."""

    name: str
    pattern: str
    has_arguments: bool
    is_editor: bool

    def filling(self) -> Filling | None:
        for names, filling in FILLINGS.items():
            if fnmatchcase(self.name, names):
                return filling
        return None

    @property
    def why_not(self) -> str:
        """Why it is not read, where it is not."""
        for names, reason in NOT_READ.items():
            if fnmatchcase(self.name, names):
                return reason
        return ""

    def addresses(self, world: World, role: str) -> Iterator[str]:
        if not self.has_arguments:
            yield reverse(self.name) if self.name else f"/{self.pattern.lstrip('^')}"
            return
        filling = self.filling()
        for given in filling(world, role) if filling else ():
            if isinstance(given, tuple):
                yield reverse(self.name, args=given)
            else:
                taken = {name: value for name, value in given.items() if name in self.arguments}
                if taken.keys() == self.arguments:
                    yield reverse(self.name, kwargs=taken)

    @property
    def arguments(self) -> set[str]:
        return set(_ARGUMENTS[self.name, self.pattern])


_ARGUMENTS: dict[tuple[str, str], set[str]] = {}


def routes() -> list[Route]:
    """Every route once, the one that answers first: those it hides answer nobody."""
    found: dict[tuple[str, frozenset[str]], Route] = {}
    for name, pattern, arguments in _walk(get_resolver(), "", ""):
        if not name:
            continue
        route = Route(name, pattern, bool(arguments), pattern.startswith("admin/"))
        _ARGUMENTS[name, pattern] = arguments
        found.setdefault((name, frozenset(arguments)), route)
    return list(found.values())


def _walk(
    resolver: URLResolver, space: str, prefix: str, above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str, set[str]]]:
    for one in resolver.url_patterns:
        pattern = prefix + str(one.pattern).lstrip("^")
        if isinstance(one, URLPattern):
            named = {*above, *one.pattern.converters, *one.pattern.regex.groupindex}
            unnamed = set() if named or not one.pattern.regex.groups else {""}
            yield (f"{space}{one.name}" if one.name else ""), pattern, named | unnamed
        else:
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one, inner, pattern, above | one.pattern.converters.keys())
