"""What the law asks a site to say: who publishes it, what it does with data, its cookies."""

from typing import ClassVar, Final

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.search import index

from intranet.fields import BlocksField
from pages.base.models import BasePage
from pages.blocks.story import StoryBlocks


@register_setting(icon="clipboard-list")
class LegalIdentity(BaseGenericSetting):
    """The facts that the legal pages state, written once."""

    publisher = models.CharField(
        _("publisher of the site"),
        max_length=200,
        blank=True,
        help_text=_("The association that answers for what the site says, under its legal name."),
    )
    publisher_address = models.TextField(_("address of the publisher"), max_length=300, blank=True)
    registration = models.CharField(
        _("RNA or SIRET number"),
        max_length=40,
        blank=True,
        help_text=_("Leave empty if there is none: a collective needs no number."),
    )
    director = models.CharField(
        _("director of publication"),
        max_length=200,
        blank=True,
        help_text=_("A person: often who presides over the association."),
    )
    contact_email = models.EmailField(_("e-mail address to write to"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=30, blank=True)
    host_name = models.CharField(
        _("host of the site"),
        max_length=200,
        blank=True,
        help_text=_("The company or the association on whose machines the site is."),
    )
    host_address = models.TextField(_("address of the host"), max_length=300, blank=True)
    host_phone = models.CharField(_("telephone of the host"), max_length=30, blank=True)
    data_contact = models.CharField(
        _("who answers about personal data"),
        max_length=200,
        blank=True,
        help_text=_("The data protection officer, or the person in charge if there is none."),
    )
    data_contact_email = models.EmailField(_("their e-mail address"), blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("publisher"),
                FieldPanel("publisher_address"),
                FieldPanel("registration"),
                FieldPanel("director"),
                FieldPanel("contact_email"),
                FieldPanel("contact_phone"),
            ],
            heading=_("Publisher"),
        ),
        MultiFieldPanel(
            [FieldPanel("host_name"), FieldPanel("host_address"), FieldPanel("host_phone")],
            heading=_("Host"),
        ),
        MultiFieldPanel(
            [FieldPanel("data_contact"), FieldPanel("data_contact_email")],
            heading=_("Personal data"),
        ),
    ]

    class Meta:
        verbose_name = _("identity of the site")
        verbose_name_plural = _("identities of the site")

    def __str__(self) -> str:
        return str(_("Identity of the site"))


OPTIONAL: Final = frozenset({"registration", "contact_phone"})

PUBLISHER: Final = (
    "publisher",
    "publisher_address",
    "registration",
    "director",
    "contact_email",
    "contact_phone",
)
HOST: Final = ("host_name", "host_address", "host_phone")
DATA: Final = ("publisher", "data_contact", "data_contact_email")


class LegalPage(BasePage):
    class Kind(models.TextChoices):
        NOTICE = "notice", _("legal notice")
        PRIVACY = "privacy", _("personal data")
        ACCESSIBILITY = "accessibility", _("accessibility")
        COOKIES = "cookies", _("cookies")

    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, unique=True, editable=False
    )
    body = BlocksField(StoryBlocks(), verbose_name=_("text"), blank=True)

    FACTS: ClassVar[dict[str, tuple[str, ...]]] = {
        Kind.NOTICE: PUBLISHER + HOST,
        Kind.PRIVACY: DATA,
        Kind.ACCESSIBILITY: ("contact_email",),
        Kind.COOKIES: (),
    }
    """What each page states of the identity of the site."""

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    # Made at installation: there is one of each.
    is_creatable = False
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    template = "pages/legal/legal_page.html"

    class Meta:
        verbose_name = _("legal page")
        verbose_name_plural = _("legal pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        identity = LegalIdentity.load(request_or_site=request)
        facts = [(label_of(name), getattr(identity, name)) for name in self.FACTS[self.kind]]
        return super().get_context(request, *args, **kwargs) | {
            "facts": [(label, value) for label, value in facts if value],
            "missing": [
                label_of(name) for name in missing_facts(identity) if name in self.FACTS[self.kind]
            ],
        }


def missing_facts(identity: LegalIdentity) -> list[str]:
    """The fields that the law asks for and nobody has completed."""
    return [
        field.name
        for field in LegalIdentity._meta.fields
        if not field.primary_key
        and field.name not in OPTIONAL
        and not str(getattr(identity, field.name)).strip()
    ]


def label_of(name: str) -> str:
    return str(LegalIdentity._meta.get_field(name).verbose_name)
