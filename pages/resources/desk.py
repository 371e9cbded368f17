"""On a member's first screen: what became of the resources that they proposed."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.desk.contract import Act, Notice
from intranet.desk.queries import LATELY
from pages.base.reviews import reviews_of_author
from pages.resources.models import ResourceIndexPage, ResourcePage


def own_resources(person: User, *, at: datetime) -> Iterator[Notice]:
    reviews = reviews_of_author(ResourcePage, person, since=at - LATELY)
    if not reviews:
        return
    index = ResourceIndexPage.objects.live().first()
    library = (index.get_url() if index else None) or "/"
    for review in reviews:
        if review.needs_changes:
            note = _("Your resource: its reader asks for changes")
            act = Act(_("Propose it again"), reverse("resource_propose"))
        elif review.is_accepted:
            note = _("Your resource is in the library")
            act = Act(_("Read it"), review.page.get_url() or library)
        else:
            note = _("Your resource waits to be read by the network")
            act = Act(_("See the library"), library)
        yield Notice(
            title=review.title,
            note=note,
            quote=review.comment,
            act=act,
            awaits=review.needs_changes,
        )
