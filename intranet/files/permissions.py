"""Who may read a file."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.images.models import AbstractImage
from wagtail.models import CollectionViewRestriction
from wagtail.permissions import policy_registry

from intranet.accounts.models import User
from intranet.network.permissions import may_pass
from intranet.rights.permissions import is_public, may


def may_read(restrictions: list[CollectionViewRestriction], request: HttpRequest) -> bool:
    """Whether these restrictions let this person through."""
    if not restrictions and is_public("file.read"):
        # Nobody is asked who they are: what is everybody's is kept in caches.
        return True
    let_through = all(may_pass(restriction, request) for restriction in restrictions)
    return may(request.user, "read", "file", in_circle=let_through)


def may_change(image: AbstractImage, user: User | AnonymousUser) -> bool:
    """Whether this person sees the image in the editor, where its thumbnail is listed."""
    policy = policy_registry.get_by_type(type(image))
    return policy.user_has_permission_for_instance(user, "change", image)


def may_see_portraits(user: User | AnonymousUser) -> bool:
    return may(user, "read_portrait", "file")


def has_sent(image: AbstractImage, user: User | AnonymousUser) -> bool:
    """Whether this person sent it: the author of an item that waits sees what they wrote."""
    return may(user, "wait", "file", owner=image.uploaded_by_user_id)
