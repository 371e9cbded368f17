from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

PASSWORD = "un-long-mot-de-passe"


def log_in(client, user):
    return client.post("/compte/login/", {"login": user.email, "password": PASSWORD})


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_person_adds_a_second_factor_and_is_then_asked_for_it(client, claire):
    log_in(client, claire)
    asked = client.get("/compte/2fa/totp/activate/", follow=True)
    if asked.redirect_chain:
        # The safe of an account asks for the password once more.
        asked = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = asked.context["form"].secret

    client.post("/compte/2fa/totp/activate/", {"code": code_for(secret)})
    client.post("/compte/logout/")
    answer = log_in(client, claire)

    assert Authenticator.objects.filter(user=claire, type=Authenticator.Type.TOTP).exists()
    assert answer.url.startswith("/compte/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302
