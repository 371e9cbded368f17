"""What the templates of forms ask about a field."""

from django import forms, template
from django.forms.boundfield import BoundField

register = template.Library()


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the first thing that can take the focus in a field: where its error leads."""
    widget = field.field.widget
    if isinstance(widget, forms.MultiWidget):
        return f"{field.auto_id}_0"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def is_a_sentence(label: object) -> bool:
    """Whether a label ends with a mark of its own, such as a question: no colon goes after it."""
    return str(label).rstrip().endswith(("?", "؟", "!", ".", "…", ":"))


@register.filter
def error_count(form: forms.BaseForm) -> int:
    return sum(len(errors) for errors in form.errors.values())
