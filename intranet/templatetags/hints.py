"""What is said at the top of the editor's screens."""

from typing import Any

from django import template

from intranet.editor.sheets import hint_for

register = template.Library()


@register.inclusion_tag("intranet/editor/hint.html", takes_context=True)
def screen_hint(context: Any) -> dict[str, Any]:
    request = context.get("request")
    match = request.resolver_match if request else None
    if match is None or not request.user.is_authenticated:
        return {"hint": None}
    page = context.get("parent_page")
    above = [f"in {page.specific_class._meta.model_name}"] if page else []
    settings = [match.kwargs["model_name"]] if "model_name" in match.kwargs else []
    return {"hint": hint_for(request, *above, *settings, match.view_name)}
