import pytest
import time_machine

from intranet.accounts.models import User
from intranet.joining.models import JoinRequest
from intranet.joining.operations import ask
from intranet.network.models import Association
from tests.conftest import make_person
from tests.people import NOW


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def samia(db) -> User:
    """Somebody who has an account and belongs to nothing."""
    samia = make_person("samia@example.org", "Samia")
    samia.last_name = "Haddad"
    samia.save()
    return samia


@pytest.fixture
def shown(db) -> Association:
    """An association that everybody sees."""
    return Association.objects.create(slug="la-vitrine", name="La Vitrine", is_public=True)


@pytest.fixture
def asked(samia, association, aminata) -> JoinRequest:
    return ask(user=samia, association=association, word="Je tiens l'atelier.", at=NOW)
