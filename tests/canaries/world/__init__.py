"""A network with at least one of everything, and a canary in every private field of it.

To add an object: make it in one of the functions of `build`, with `birds.fields(Model, audience)`
for its fields, then give the addresses that name it to `tests/canaries/addresses.py`.
"""

from intranet.search.operations import rebuild
from tests.canaries.world.machinery import make_letters, make_machinery
from tests.canaries.world.network import make_network
from tests.canaries.world.pages import make_pages, make_site
from tests.canaries.world.people import World, make_people
from tests.canaries.world.secrets import make_secrets
from tests.canaries.world.surveys import make_campaigns, make_questionnaires
from tests.canaries.world.written import make_forms, make_news, make_signatures

__all__ = ["World", "build"]


def build() -> World:
    world = World()
    make_people(world)
    make_network(world)
    make_site(world)
    make_pages(world)
    make_news(world)
    make_forms(world)
    make_signatures(world)
    make_questionnaires(world)
    make_campaigns(world)
    make_letters(world)
    make_machinery(world)
    make_secrets(world)
    rebuild()
    world.planted = list(world.birds)
    return world
