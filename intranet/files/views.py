"""Images and documents, given to who may read them. Nothing else below MEDIA_ROOT is."""

from pathlib import PurePosixPath
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import Storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve as serve_document

from intranet.files import queries
from intranet.files.operations import held_picture
from intranet.files.permissions import has_sent, may_change, may_read, may_see_portraits

IMAGE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
PUBLIC_FOR_SECONDS = 3600


def _image_response(storage: Storage, name: str, kind: str | None = None) -> FileResponse:
    try:
        file = storage.open(name, "rb")
    except OSError:
        raise Http404 from None
    # Anything a browser could run (SVG, or a file that lies about itself) is downloaded.
    kind = kind or IMAGE_TYPES.get(PurePosixPath(name).suffix.lower())
    response = FileResponse(
        file, as_attachment=kind is None, content_type=kind or "application/octet-stream"
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _keep_private(response: HttpResponseBase) -> HttpResponseBase:
    response.headers.pop("ETag", None)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file of an image, of one of its renditions, or of a person's portrait."""
    found = queries.image_file(name)
    if found is None:
        storage = queries.avatar_storage(name)
        if storage is None or not may_see_portraits(request.user):
            raise Http404
        return _keep_private(_image_response(storage, name))
    restrictions = queries.restrictions_on(found.image)
    if not (
        may_read(restrictions, request)
        or has_sent(found.image, request.user)
        or may_change(found.image, request.user)
    ):
        raise Http404
    response = _image_response(found.storage, name)
    if restrictions:
        return _keep_private(response)
    patch_cache_control(response, public=True, max_age=PUBLIC_FOR_SECONDS)
    return response


@require_safe
def document(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponseBase:
    found = queries.document(int(document_id))
    if found is None:
        raise Http404
    restrictions = queries.restrictions_on(found)
    if restrictions and request.user.is_authenticated and not may_read(restrictions, request):
        raise PermissionDenied
    response = serve_document(request, document_id, document_filename)
    return _keep_private(response) if restrictions else response


@require_safe
@login_required
def held(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """A photograph that waits for its page, shown to who sent it."""
    found = held_picture(identity, request.user)  # type: ignore[arg-type]
    if found is None:
        raise Http404
    response = _image_response(found.file.storage, str(found.file.name), kind=found.type)
    return _keep_private(response)
