from django.urls import path

from pages.signatures import views

urlpatterns = [
    path("charte/signataires/", views.signatories, name="signatories"),
    path("charte/signature/<slug:slug>/", views.signature, name="signature"),
    path("charte/signature/<slug:slug>/signer/", views.sign, name="sign"),
    path("charte/signature/<slug:slug>/confirmer/", views.confirm, name="signature_confirm"),
    path("charte/signature/<slug:slug>/retirer/", views.withdraw, name="signature_withdraw"),
    path("charte/signature/<slug:slug>/valider/", views.validate, name="signature_validate"),
    path("charte/signature/<slug:slug>/rappeler/", views.remind_one, name="signature_remind"),
    path("suivi-des-signatures/", views.follow_up, name="signatures_follow_up"),
    path("suivi-des-signatures/rappels/", views.remind_all, name="signatures_remind"),
]
