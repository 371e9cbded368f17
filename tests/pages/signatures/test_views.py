"""The screens of signatures: who may see and do what, and what they say."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intranet.network.models import Association, Territory
from pages.signatures import operations
from pages.signatures.models import Signature, State
from tests.pages.signatures.conftest import DECISION
from tests.people import NOW

pytestmark = pytest.mark.django_db

TYPED = {
    "version": 1,
    "board_date": "2026-03-02",
    "signatory_name": "Aminata Sow",
    "signatory_function": "présidente",
    "commits": "on",
}
FOLLOW_UP = "/suivi-des-signatures/"


def url(name: str, slug: str = "les-tisserands") -> str:
    return reverse(name, args=[slug])


@pytest.fixture(autouse=True)
def on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def signed(first, association, aminata) -> Signature:
    return operations.sign(
        association=association, version=first, decision=DECISION, by=aminata, at=NOW
    )


@pytest.fixture
def validated(signed, association, claire) -> Signature:
    return operations.validate(association=association, by=claire, at=NOW)


def test_a_representative_signs_from_my_space(client, first, aminata):
    client.force_login(aminata)
    assert 'href="/charte/signature/les-tisserands/signer/"' in client.get("/mon-espace/").text

    page = client.post(url("sign"), TYPED, follow=True)

    assert "est enregistrée" in page.text
    assert Signature.objects.get().state == State.REQUESTED
    assert "à valider" in client.get("/mon-espace/").text


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ({"commits": ""}, "Cochez cette case pour signer"),
        ({"board_date": ""}, "Indiquez le jour où la décision a été prise."),
        ({"board_date": "31/02/2026"}, "Écrivez le jour ainsi"),
        ({"board_date": "2026-03-13"}, "Ce jour n&#x27;est pas encore venu"),
        ({"board_date": "1789-07-14"}, "Choisissez un jour après"),
        ({"signatory_name": " "}, "Indiquez qui signe"),
        ({"signatory_function": "x" * 151}, "150"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    client, first, aminata, missing, reason
):
    client.force_login(aminata)

    page = client.post(url("sign"), TYPED | {"signatory_name": "Awa Ndiaye"} | missing)

    assert reason in page.text
    assert "présidente" in page.text or "signatory_function" in missing
    assert not Signature.objects.exists()


@pytest.mark.parametrize("version", ["", "2", "99999999999999999999", "un"])
def test_a_text_that_changed_meanwhile_is_not_signed(client, first, aminata, version):
    client.force_login(aminata)

    page = client.post(url("sign"), TYPED | {"version": version})

    assert page.status_code == 200
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("sign", ["benoit", "denis", "claire", "elodie", "farid"]),
        ("signature_confirm", ["benoit", "denis", "claire", "farid"]),
        ("signature_withdraw", ["benoit", "denis", "claire", "farid"]),
        ("signature", ["denis", "elodie", "farid"]),
        ("signature_validate", ["aminata", "benoit", "denis", "farid"]),
        ("signature_remind", ["aminata", "benoit", "denis", "farid"]),
    ],
)
def test_each_screen_is_for_who_has_to_use_it(client, signed, name, refused, request):
    for who in refused:
        client.force_login(request.getfixturevalue(who))
        posts = client.post(url(name), TYPED).status_code
        assert posts in {403, 405}, who
        if posts != 405 and name not in {"signature_validate", "signature_remind"}:
            assert client.get(url(name)).status_code == 403, who
    client.logout()
    assert client.post(url(name), TYPED).status_code in {302, 405}
    signed.refresh_from_db()
    assert signed.state == State.REQUESTED


def test_who_follows_and_who_does_not(client, signed, claire, aminata, farid):
    for address in (FOLLOW_UP, reverse("signatures_remind")):
        for who in (aminata, farid):
            client.force_login(who)
            assert client.post(address).status_code in {403, 405}
            assert client.get(address).status_code in {403, 405}
    client.force_login(claire)
    assert client.get(FOLLOW_UP).status_code == 200


def test_a_contributor_reads_and_does_not_sign(client, signed, benoit):
    client.force_login(benoit)

    page = client.get(url("signature")).text

    assert "Aminata Sow, présidente" in page
    assert "Retirer la signature" not in page
    assert "Valider la signature" not in page


def test_the_animator_validates_from_the_follow_up(client, signed, claire):
    client.force_login(claire)
    assert '1</span> <span><a href="?state=requested' in client.get(FOLLOW_UP).text

    page = client.post(url("signature_validate"), {"validate": ""}, follow=True)

    assert "La signature de Les Tisserands est validée." in page.text
    assert "ne vous attend plus" in client.post(url("signature_validate"), follow=True).text


def test_a_correction_needs_a_comment(client, signed, claire, aminata):
    client.force_login(claire)

    page = client.post(url("signature_validate"), {"correct": "", "comment": " "})
    assert "Dites ce qui est à corriger." in page.text
    assert Signature.objects.get().state == State.REQUESTED
    client.post(url("signature_validate"), {"correct": "", "comment": "La date ?"})

    client.force_login(aminata)
    page = client.get(url("signature")).text
    assert "La date\u202f?" in page
    assert "Corriger la signature" in page


def test_confirming_shows_what_changes_and_takes_one_button(
    client, validated, publish_next, aminata
):
    publish_next()
    client.force_login(aminata)
    assert url("signature_confirm") in client.get("/mon-espace/").text

    page = client.get(url("signature_confirm")).text
    assert "[retiré\u00a0: </span>les passe-droits" in page
    assert "Nous signons la version 2" in page
    typed = {**TYPED, "version": 2}
    page = client.post(url("signature_confirm"), typed, follow=True).text

    assert "C'est confirmé" in page or "C&#x27;est confirmé" in page
    assert Signature.objects.get().version.number == 2
    assert client.get(url("signature_confirm")).status_code == 302


def test_a_version_published_between_page_and_button_is_shown_before_it_is_signed(
    client, validated, publish_next, aminata
):
    publish_next()
    publish_next(("les passe-droits", "toute faveur"))
    client.force_login(aminata)

    page = client.post(url("signature_confirm"), {**TYPED, "version": 2}).text

    assert "La version 3 a été publiée entre-temps" in page
    assert 'name="version" value="3"' in page
    assert Signature.objects.get().state == State.TO_CONFIRM


def test_withdrawing_leaves_the_public_list(client, validated, aminata):
    client.force_login(aminata)
    client.post(url("signature_withdraw"), {"comment": "On arrête."})

    client.logout()
    assert "Les Tisserands" not in client.get("/charte/signataires/").text


# -- The public list -----------------------------------------------------------------------


def test_the_public_list_names_associations_and_hides_people(client, validated, aminata, farid):
    page = client.get("/charte/signataires/").text

    assert "Les Tisserands" in page
    assert "Version 1" in page
    assert "Les Tilleuls (Valbonne-la-Neuve)" in page
    assert "Aminata Sow" not in page
    client.force_login(farid)
    assert "Aminata Sow" not in client.get("/charte/signataires/").text
    client.force_login(aminata)
    assert "Aminata Sow, présidente" in client.get("/charte/signataires/").text
    client.logout()
    Signature.objects.update(shows_name=True)
    assert "Aminata Sow, présidente" in client.get("/charte/signataires/").text


def test_who_is_not_validated_is_not_listed(client, signed):
    assert "Les Tisserands" not in client.get("/charte/signataires/").text


def test_who_is_asked_to_confirm_is_listed_with_what_it_signed(client, validated, publish_next):
    publish_next()

    page = client.get("/charte/signataires/").text

    assert "Les Tisserands" in page
    assert 'href="/charte/versions/1/"' in page


def test_the_list_is_filtered_by_territory(client, validated):
    Territory.objects.create(code="QN07502M", name="Ailleurs", commune="Loin")

    assert "Ailleurs" not in client.get("/charte/signataires/").text
    assert "Les Tisserands" in client.get("/charte/signataires/?territoire=QN07501M").text
    assert client.get("/charte/signataires/?territoire=QN07502M").status_code == 200
    assert client.get("/charte/signataires/?territoire=%00&page=zz").status_code in {200, 400}


def test_a_deactivated_association_is_no_signatory(client, validated):
    Association.objects.update(is_active=False)

    assert "Les Tisserands" not in client.get("/charte/signataires/").text


# -- Lists cost the same -------------------------------------------------------------------


def add_signatory(number: int, first, claire) -> None:
    association = Association.objects.create(slug=f"asso-{number}", name=f"Association {number}")
    territory = Territory.objects.create(
        code=f"QN0990{number}M", name=f"Quartier {number}", commune="Valbonne"
    )
    association.territories.add(territory)
    operations.sign(association=association, version=first, decision=DECISION, by=claire, at=NOW)
    operations.validate(association=association, by=claire, at=NOW)


@pytest.mark.parametrize("address", ["/charte/signataires/", FOLLOW_UP, "/mon-espace/"])
def test_lists_ask_as_much_for_three_rows_as_for_one(client, first, claire, address):
    client.force_login(claire)
    add_signatory(1, first, claire)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add_signatory(2, first, claire)
    add_signatory(3, first, claire)

    with CaptureQueriesContext(connection) as three:
        page = client.get(address).text

    assert len(three) == len(one)
    assert "Association 3" in page or address == "/mon-espace/"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["Les Tisserands", "La Passerelle"]),
        ("?state=unsigned", ["La Passerelle"]),
        ("?state=validated", ["Les Tisserands"]),
        ("?search=passe", ["La Passerelle"]),
        ("?state=perdu", ["Les Tisserands", "La Passerelle"]),
        ("?state=withdrawn", []),
    ],
)
def test_the_follow_up_is_searched_and_filtered(
    client, validated, other_association, claire, asked, shown
):
    client.force_login(claire)

    page = client.get(FOLLOW_UP + asked).text

    found = [name for name in ("Les Tisserands", "La Passerelle") if f">{name}</a>" in page]
    assert found == shown


def test_reminders_from_the_follow_up(client, validated, publish_next, claire, time_machine):
    publish_next()
    client.force_login(claire)
    assert "Relancer l'association" not in client.get(FOLLOW_UP).text
    time_machine.move_to("2026-03-14T09:00:00+00:00", tick=False)
    assert "Relancer l'association" in client.get(FOLLOW_UP).text

    page = client.post(reverse("signatures_remind"), follow=True)

    assert "1 association est relancée." in page.text
    assert "Personne à relancer" in client.post(url("signature_remind"), follow=True).text
