"""A member hands the network something that others can use."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model

from intranet.accounts.models import User
from intranet.files.closing import waiting_collection
from intranet.network.models import Territory, Theme, WorkingGroup
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.resources.models import ResourceIndexPage, ResourcePage


class NoLibrary(Exception):
    """The site has no library to put a resource in."""


@dataclass(frozen=True)
class Proposal:
    title: str
    kind: str
    circle: Circle
    group: WorkingGroup | None = None
    file: UploadedFile | None = None
    link: str = ""
    summary: str = ""
    author: str = ""
    themes: list[Theme] = field(default_factory=list)
    territories: list[Territory] = field(default_factory=list)


@transaction.atomic
def propose_resource(*, proposal: Proposal, by: User, at: datetime) -> ResourcePage:
    """Write a resource down; publish it, or have it read first where pages are moderated.

    Its file is closed from the first moment: publication puts it in the circle of its page.
    """
    index = ResourceIndexPage.objects.live().first()
    if index is None:
        raise NoLibrary
    page = ResourcePage(
        title=proposal.title,
        kind=proposal.kind,
        summary=proposal.summary,
        author=proposal.author,
        link=proposal.link,
        date=timezone.localdate(at),
        owner=by,
        live=False,
    )
    if proposal.file is not None:
        page.document = get_document_model().objects.create(
            title=proposal.title,
            file=proposal.file,
            file_size=proposal.file.size,
            collection=waiting_collection(),
            uploaded_by_user=by,
        )
    index.add_child(instance=page)
    page.themes.set(proposal.themes)
    page.territories.set(proposal.territories)
    page.save()
    give_circle(page=page, circle=proposal.circle, group=proposal.group)
    revision = page.save_revision(user=by)
    workflow = page.get_workflow() if page.has_workflow else None
    if workflow is not None:
        workflow.start(page, by)
    else:
        # Where nobody reads proposals first, proposing is publishing, whatever Wagtail's roles.
        revision.publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()
    return page
