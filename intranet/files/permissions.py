"""Who may read a file."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.images.models import AbstractImage
from wagtail.models import CollectionViewRestriction
from wagtail.permissions import policy_registry

from intranet.accounts.models import User
from intranet.network.permissions import may_pass


def may_read(restrictions: list[CollectionViewRestriction], request: HttpRequest) -> bool:
    """Whether these restrictions let this person through."""
    return all(may_pass(restriction, request) for restriction in restrictions)


def may_change(image: AbstractImage, user: User | AnonymousUser) -> bool:
    """Whether this person sees the image in the editor, where its thumbnail is listed."""
    policy = policy_registry.get_by_type(type(image))
    return policy.user_has_permission_for_instance(user, "change", image)


def has_sent(image: AbstractImage, user: User | AnonymousUser) -> bool:
    """Whether this person sent it: the author of an item that waits sees what they wrote."""
    return user.is_authenticated and image.uploaded_by_user_id == user.pk
