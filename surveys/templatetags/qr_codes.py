"""An address as a square to scan."""

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """An SVG, black on white whatever the theme: telephones read it better so."""
    # Level M still reads with 15 % of the poster torn or written over.
    code = segno.make(address, error="m", micro=False)
    return mark_safe(  # noqa: S308 (segno escapes the title, and the address is drawn)
        code.svg_inline(
            border=4,
            omitsize=True,
            dark="#000",
            light="#fff",
            svgclass="qr-code",
            lineclass=None,
            title=_("QR code of the address %(address)s") % {"address": address},
        ).replace("<svg ", '<svg role="img" ', 1)
    )
