"""No private field is forgotten: each holds a canary somewhere in the world, or says why not."""

import json
from typing import Final

import pytest
from django.apps import apps
from django.db import models
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from tests.canaries.planting import numbers_in
from tests.canaries.world import World

pytestmark = pytest.mark.django_db

PUBLIC = "everybody reads it"
CODE = "a name of ours, a number or a fingerprint: nobody's words"
MACHINE_TREE = "made from the other fields"

WITHOUT_CANARY: Final[dict[str, str]] = {
    "intranet.Territory.*": PUBLIC,
    "intranet.Theme.*": PUBLIC,
    "intranet.ImportRun.kind": CODE,
    "intranet.ImportRun.counts": CODE,
    "intranet.ImportRun.kept": CODE,
    "intranet.Invitation.fingerprint": CODE,
    "intranet.Association.siret": "a public number, one row cannot hold what is not one",
    "intranet.Association.rna": "a public number, too short for a canary",
    "intranet.User.preferred_language": CODE,
    "intranet.Picture.file_hash": CODE,
    "intranet.PictureRendition.file": "named after its image, which has a canary, once it is shown",
    "intranet.PictureRendition.filter_spec": CODE,
    "intranet.PictureRendition.focal_point_key": CODE,
    "intranet.ClosedCollection.readers": CODE,
    "intranet.HeldPicture.file": CODE,
    "intranet.HeldPicture.type": CODE,
    "intranet.DigestEntry.key": CODE,
    "intranet.DigestEntry.path": CODE,
    "intranet.DigestEntry.check_name": CODE,
    "intranet.DigestLetter.occasion": CODE,
    "intranet.DigestLetter.entries": CODE,
    "intranet.Letter.language": CODE,
    "intranet.LetterMark.fingerprint": CODE,
    "intranet.SearchEntry.source": CODE,
    "intranet.SearchEntry.key": CODE,
    "intranet.SearchEntry.kind": CODE,
    "intranet.SearchEntry.stamp": CODE,
    "intranet.SearchEntry.weights": CODE,
    "intranet.SearchWord.*": "learns no word with a digit: tests/intranet/search reads suggestions",
    "pages.CharterPage.summary": PUBLIC,
    "pages.ArticlePage.summary": PUBLIC,
    "pages.ArticlePage.anchor": PUBLIC,
    "pages.ArticlePage.body": PUBLIC,
    "pages.CharterPage.subtitle": PUBLIC,
    "pages.CharterPage.introduction": PUBLIC,
    "pages.CharterPage.closing_title": PUBLIC,
    "pages.CharterPage.closing": PUBLIC,
    "pages.CharterPage.members": PUBLIC,
    "pages.Value.*": PUBLIC,
    "pages.Commitment.*": PUBLIC,
    "pages.CharterVersion.*": PUBLIC,
    "pages.AgendaPage.summary": PUBLIC,
    "pages.FormIndexPage.summary": PUBLIC,
    "pages.NewsIndexPage.summary": PUBLIC,
    "pages.ResourceIndexPage.summary": PUBLIC,
    "pages.InformationIndexPage.summary": PUBLIC,
    "pages.HomePage.*": PUBLIC,
    "pages.LegalPage.*": PUBLIC,
    "pages.LegalIdentity.*": "the law asks that everybody reads it",
    "pages.FormField.default_value": "the product shows no field for it",
    "surveys.Questionnaire.language": CODE,
    "surveys.Questionnaire.key": CODE,
    "surveys.Questionnaire.succession": CODE,
    "surveys.Questionnaire.language_names": "the name of a language",
    "surveys.Questionnaire.carried": "cells of an imported file, which only its export gives back",
    "surveys.Questionnaire.translations": "drafts of texts, read where the draft itself is",
    "surveys.QuestionnaireVersion.checksum": CODE,
    "surveys.Export.file": CODE,
    "surveys.Draft.language": CODE,
    "surveys.Response.language": CODE,
    "surveys.Response.not_applicable": CODE,
    "surveys.Upload.file": CODE,
    "surveys.Upload.type": CODE,
    "surveys.Trial.language": CODE,
    "wagtailcore.Page.path": MACHINE_TREE,
    "wagtailcore.Revision.object_id": CODE,
    "wagtailcore.Revision.object_str": MACHINE_TREE,
    "wagtaildocs.Document.file_hash": CODE,
}
"""`*` stands for every field of a model."""


def words_fields() -> dict[str, models.Field]:
    """Every field that may hold somebody's words, in our models and Wagtail's that we use."""
    ours = [
        model
        for app in ("intranet", "pages", "surveys")
        for model in apps.get_app_config(app).get_models()
    ]
    found = {}
    for model in (*ours, Page, Revision, get_document_model()):
        for field in model._meta.local_fields:
            holds_words = isinstance(
                field,
                models.CharField | models.TextField | models.JSONField | models.FileField
                | StreamField | models.BinaryField,
            )  # fmt: skip
            if holds_words and not field.choices:
                found[f"{model._meta.label}.{field.name}"] = field
    return found


def has_canary(field: models.Field) -> bool:
    values = field.model._base_manager.values_list(field.name, flat=True)
    return any(numbers_in(_said(field, value)) for value in values.iterator())


def _said(field: models.Field, value: object) -> str:
    if isinstance(field, StreamField):
        return str(field.get_prep_value(value))
    return value if isinstance(value, str) else json.dumps(value, default=str)


def test_every_field_of_words_has_a_canary_or_a_reason(world: World) -> None:
    forgotten = [
        name
        for name, field in words_fields().items()
        if not _reason(name) and not has_canary(field)
    ]

    assert not forgotten, "plant a canary in `world/`, or say why there is none"


def test_every_reason_is_about_a_field_that_exists() -> None:
    fields = words_fields()

    assert not [
        name
        for name in WITHOUT_CANARY
        if name not in fields
        and not any(one.startswith(name.removesuffix("*")) for one in fields if "*" in name)
    ]


def _reason(name: str) -> str:
    model = name.rsplit(".", 1)[0]
    return WITHOUT_CANARY.get(name) or WITHOUT_CANARY.get(f"{model}.*") or ""
