"""Simple forms that editors make: to write to the network, to register, to lend a hand."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, validate_email
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import AbstractFormField, AbstractFormSubmission, FormMixin
from wagtail.contrib.forms.panels import FormSubmissionsPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from pages.audience.queries import visible_to
from pages.base.models import BasePage
from pages.blocks.text import PROSE_FEATURES
from pages.contact.fields import FieldKind, QuestionBuilder

MOST_FIELDS = 40
KEPT_AT_MOST = 3 * 365


class FormIndexPage(BasePage):
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.FormPage"]
    template = "pages/contact/form_index_page.html"
    page_description = _("The forms of the network: to write, to register, to lend a hand.")

    class Meta:
        verbose_name = _("list of the forms")
        verbose_name_plural = _("lists of the forms")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        forms = visible_to(FormPage.objects.child_of(self), request).order_by("path")
        return super().get_context(request, *args, **kwargs) | {"forms": forms}


def validate_addresses(text: str) -> None:
    for address in addresses_in(text):
        try:
            validate_email(address)
        except ValidationError:
            message = _("%(address)s is not an e-mail address: one address on each line.")
            raise ValidationError(message, params={"address": address}) from None


def addresses_in(text: str) -> list[str]:
    return list(dict.fromkeys(text.replace(",", " ").replace(";", " ").split()))


class FormPage(FormMixin, BasePage):
    class Kind(models.TextChoices):
        CONTACT = "contact", pgettext_lazy("form", "contact")
        REGISTRATION = "registration", pgettext_lazy("form", "registration")
        VOLUNTEERS = "volunteers", pgettext_lazy("form", "call for volunteers")

    kind = models.CharField(
        pgettext_lazy("form", "kind"), max_length=20, choices=Kind.choices, default=Kind.CONTACT
    )
    introduction = RichTextField(_("introduction"), features=PROSE_FEATURES, blank=True)
    purpose = models.TextField(
        _("what the answers are for"),
        max_length=500,
        help_text=_("Shown to people before they send: to answer you, to prepare the day…"),
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days that answers are kept"),
        default=365,
        validators=[MinValueValidator(1), MaxValueValidator(KEPT_AT_MOST)],
        help_text=_("Shown to people; each answer is erased that many days after it was sent."),
    )
    recipients = models.TextField(
        _("who receives the answers by e-mail"),
        max_length=1000,
        blank=True,
        validators=[validate_addresses],
        help_text=_("One address on each line. The answers are also kept in this editor."),
    )
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    places = models.PositiveIntegerField(
        _("number of places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("The form closes when as many answers were received."),
    )
    thanks = RichTextField(
        _("thank-you text"),
        features=PROSE_FEATURES,
        blank=True,
        help_text=_("What people read once their answer is sent: what happens next."),
    )

    form_builder = QuestionBuilder

    content_panels = [
        *BasePage.title_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        FieldPanel("introduction"),
        InlinePanel(
            "form_fields", heading=_("Questions"), label=_("Question"), max_num=MOST_FIELDS
        ),
        MultiFieldPanel(
            [FieldPanel("purpose"), FieldPanel("keep_days")],
            heading=_("What becomes of the answers"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("closes_on"), FieldPanel("places")]),
                FieldPanel("recipients"),
            ],
            heading=_("When it closes, who receives it"),
        ),
        FieldPanel("thanks"),
        FormSubmissionsPanel(),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    parent_page_types = ["pages.FormIndexPage", "pages.HomePage", "pages.InformationPage"]
    subpage_types: list[str] = []
    template = "pages/contact/form_page.html"
    landing_page_template = "pages/contact/form_page_thanks.html"
    page_description = _("Some questions that anybody may answer.")

    class Meta:
        verbose_name = pgettext_lazy("page", "form")
        verbose_name_plural = pgettext_lazy("page", "forms")
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_days__gte=1) & Q(keep_days__lte=KEPT_AT_MOST),
                name="answers_are_kept_three_years_at_most",
                violation_error_message=_("Answers are kept from 1 day to 3 years."),
            )
        ]

    def is_closed(self, on: date) -> bool:
        return self.closes_on is not None and on > self.closes_on

    def get_submission_class(self) -> type["FormAnswer"]:
        return FormAnswer

    def get_submissions_list_view_class(self) -> Any:
        # The view stands on this model, and Wagtail asks the model for its view.
        return import_string("pages.contact.admin.AnswersView")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # As above: the door is found by its name.
        return import_string("pages.contact.views.answer_form")(request, self)


class FormField(AbstractFormField):
    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(
        pgettext_lazy("question", "kind of answer"), max_length=16, choices=FieldKind.choices
    )
    field_type.required_on_save = True  # type: ignore[attr-defined]

    panels = [
        FieldPanel("label", heading=pgettext_lazy("form", "question")),
        FieldPanel("field_type", classname="formbuilder-type", required_on_save=True),
        FieldPanel("required", heading=_("an answer is required")),
        FieldPanel(
            "choices",
            heading=_("choices"),
            help_text=_("One on each line. For a list, boxes or a single choice only."),
            classname="formbuilder-choices",
        ),
        FieldPanel("help_text", heading=_("a word of help")),
    ]

    class Meta(AbstractFormField.Meta):
        verbose_name = pgettext_lazy("form", "question")
        verbose_name_plural = pgettext_lazy("form", "questions")


class FormAnswer(AbstractFormSubmission):
    """What somebody sent. It is erased on the day that they were told."""

    # What the page that was shown carried: the same page sent twice is one answer.
    ticket = models.CharField(
        max_length=32,
        unique=True,
        editable=False,
        error_messages={"unique": _("This answer was received already.")},
    )
    erase_on = models.DateField(_("erased on"), db_index=True)

    class Meta(AbstractFormSubmission.Meta):
        verbose_name = _("answer to a form")
        verbose_name_plural = _("answers to forms")

    def __str__(self) -> str:
        # Never what somebody wrote: this is shown in logs and lists.
        return f"{self.page_id} · {timezone.localtime(self.submit_time):%Y-%m-%d %H:%M}"
