"""An animator sets up a second proof, and the editor opens to nothing less."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from pages.home.operations import lay_site
from surveys.demo.network import PASSWORD, load_network, load_people
from tests.browsing import LAPTOP, PHONE
from tests.intranet.accounts.test_two_factors import code_for

pytestmark = pytest.mark.browser

ANIMATOR = "animation@maillage.example"
ASKED = "Une preuve de plus"


@pytest.fixture(autouse=True)
def network(site, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    lay_site()
    load_people(load_network())


def add_key(page: Page) -> None:
    """A key in the browser: what a telephone or a laptop with a fingerprint reader is."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def witness_address(witness) -> str:
    return f"http://{witness.host}"


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def type_password(page: Page) -> None:
    page.get_by_label("Adresse électronique").fill(ANIMATOR)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def confirm_with_password(page: Page) -> None:
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()


def test_an_app_is_set_up_used_and_replaced_by_a_recovery_code(open_browser, witness):
    page = open_browser(PHONE)
    page.goto("/admin/")
    witness.look(page)
    type_password(page)

    # The password alone opens nothing of the editor, whatever the address.
    heading(page, ASKED)
    witness.look(page)
    for address in ("/admin/", "/admin/pages/", "/admin/users/", "/admin/login/", "/mon-espace/"):
        page.goto(address)
        heading(page, ASKED)

    # Set up, its codes are kept, and the way goes on.
    page.goto("/admin/")
    page.get_by_role("link", name="Avec une application sur mon téléphone").click()
    witness.look(page)
    confirm_with_password(page)
    witness.look(page)
    secret = page.locator("code").first.inner_text()
    page.get_by_label("Code").fill(code_for(secret))
    page.get_by_role("button", name="Activer").click()
    heading(page, "Codes de secours")
    witness.look(page)
    code = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="Je les ai gardés").click()
    expect(page).to_have_url(f"{witness_address(witness)}/admin/")

    # Elsewhere, the password asks for the app; a code stands in for it.
    other = open_browser(LAPTOP)
    other.goto("/admin/")
    type_password(other)
    heading(other, ASKED)
    witness.look(other)
    other.get_by_label("Code").fill("000000")
    other.get_by_role("button", name="Se connecter", exact=True).click()
    witness.look(other)
    other.get_by_label("Code").fill(code)
    other.get_by_role("button", name="Se connecter", exact=True).click()
    expect(other).to_have_url(f"{witness_address(witness)}/admin/")

    assert witness.has_nothing_to_say()


def test_a_passkey_is_set_up_then_opens_the_editor_with_or_without_the_password(
    open_browser, witness
):
    page = open_browser(LAPTOP)
    add_key(page)
    page.goto("/admin/")
    type_password(page)
    page.get_by_role("link", name="Avec une clé d'accès").click()
    confirm_with_password(page)
    heading(page, "Ajouter une clé d'accès")
    witness.look(page)
    page.get_by_label("Nom de cette clé").fill("Mon ordinateur")
    page.get_by_label("Elle ouvre mon compte à elle seule").check()
    page.get_by_role("button", name="Ajouter cette clé").click()
    heading(page, "Codes de secours")
    page.get_by_role("link", name="Je les ai gardés").click()
    expect(page).to_have_url(f"{witness_address(witness)}/admin/")
    assert Authenticator.objects.filter(type="webauthn").count() == 1

    # With the password, then the key.
    log_out(page)
    page.goto("/admin/")
    type_password(page)
    heading(page, ASKED)
    page.get_by_role("button", name="Utiliser ma clé d'accès").click()
    expect(page).to_have_url(f"{witness_address(witness)}/admin/")

    # With the key alone.
    log_out(page)
    page.goto("/compte/login/?next=/admin/")
    page.get_by_role("button", name="Utiliser une clé d'accès").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto("/admin/")
    expect(page).to_have_url(f"{witness_address(witness)}/admin/")

    # Its list: renamed, then removed, and the editor is closed again.
    page.goto("/compte/2fa/")
    witness.look(page)
    page.get_by_role("link", name="Voir mes clés d'accès").click()
    witness.look(page)
    page.get_by_role("link", name="Renommer").click()
    heading(page, "Est-ce bien vous\u202f?")
    witness.look(page)
    page.get_by_role("button", name="Utiliser ma clé d'accès").click()
    heading(page, "Renommer cette clé d'accès")
    witness.look(page)
    page.get_by_label("Nom de cette clé").fill("Vieil ordinateur")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Vieil ordinateur")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Supprimer").click()
    witness.look(page)
    page.get_by_role("button", name="Supprimer").click()
    expect(page.get_by_text("Vous n'en avez pas encore.")).to_be_visible()
    page.goto("/admin/")
    heading(page, ASKED)

    assert witness.has_nothing_to_say()


def log_out(page: Page) -> None:
    page.goto("/compte/")
    page.locator(".account-menu summary").click()
    page.get_by_role("button", name="Se déconnecter").locator("visible=true").click()
    expect(page.get_by_role("link", name="Se connecter").locator("visible=true")).to_be_visible()


def test_a_browser_logs_another_one_out(open_browser, logged_in, witness, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    phone = logged_in("referente@maillage.example", PHONE)
    laptop = logged_in("referente@maillage.example", LAPTOP)

    laptop.goto("/compte/")
    witness.look(laptop)
    laptop.get_by_role("main").get_by_role("link", name="Mes sessions").last.click()
    witness.look(laptop)
    expect(laptop.get_by_text("ce navigateur", exact=True)).to_have_count(1)
    laptop.get_by_role("button", name="Le déconnecter").click()
    expect(laptop.get_by_text("Ce navigateur est déconnecté.")).to_be_visible()

    phone.goto("/mon-espace/")
    heading(phone, "Se connecter")
    laptop.goto("/mon-espace/")
    expect(laptop.get_by_role("heading", level=1)).to_contain_text("Bonjour")

    assert witness.has_nothing_to_say()
