"""Files that were sent as answers, served to who may have them."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from surveys.responses.models import Upload
from surveys.responses.views.fillings import Filling


def served(upload: Upload) -> HttpResponseBase:
    """The file, to be saved and never run: whatever it holds, it is no page of this site."""
    try:
        content = upload.file.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=True, filename=upload.name, content_type=upload.type
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def own_file(request: HttpRequest, filling: Filling, file_id: UUID) -> HttpResponseBase:
    """While the draft is theirs. Of what was sent, only an association finds its own again."""
    uploads = Upload.objects.filter(pk=file_id)
    if filling.draft is not None:
        found = uploads.filter(key=filling.draft.pk).first()
    else:
        sent = filling.sent()
        is_known = sent is not None and sent.participation_id is not None
        found = uploads.filter(response=sent).first() if is_known else None
    if found is None or request.method == "POST":
        raise Http404
    return served(found)
