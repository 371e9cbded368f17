"""What the charter adds to the editor."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def hide_anchors() -> str:
    """Anchors travel with the form, and are nobody's business."""
    return format_html('<link rel="stylesheet" href="{}">', static("pages/editor.css"))
