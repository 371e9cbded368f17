"""Associations, their people, those they invited, a file of members."""

import datetime

from django.utils import timezone

from intranet.accounts.models import User
from intranet.imports.models import ImportRun
from intranet.invitations.models import Invitation
from intranet.invitations.queries import fingerprint
from intranet.joining.models import JoinRequest
from intranet.network.models import Association, Membership, Territory, Theme, WorkingGroup
from intranet.network.operations import join, save_working_group
from intranet.search.models import Synonyms
from tests.canaries.planting import (
    ASKING,
    ASSOCIATION,
    CONTRIBUTOR,
    GROUP,
    LEFT,
    MEMBERS,
    NONE,
    OTHER,
    REPRESENTATIVE,
    STAFF,
    WRITERS,
)
from tests.canaries.world.people import NO_SCREEN, World
from tests.people import NOW

DAY = datetime.timedelta(days=1)


def make_network(world: World) -> None:
    birds, things = world.birds, world.things
    things["territory"] = territory = Territory.objects.create(
        code="QN07501M", name="Les Tilleuls", commune="Valbonne-la-Neuve", insee_codes="75101"
    )
    things["theme"] = Theme.objects.create(name="Santé", slug="sante")
    own = Association.objects.create(slug="les-tisserands", name="Les Tisserands")
    other = Association.objects.create(slug="la-passerelle", name="La Passerelle")
    hidden = Association.objects.create(
        **birds.fields(
            Association,
            MEMBERS,
            rna=birds.text("Association.rna", MEMBERS, NO_SCREEN)[:10],
            siret="",
        )
    )
    for association in (own, other, hidden):
        association.territories.add(territory)
    things |= {"own": own, "other": other, "hidden": hidden}
    join(user=world.person(CONTRIBUTOR), association=own, role=Membership.Role.CONTRIBUTOR)
    join(user=world.person(REPRESENTATIVE), association=own, role=Membership.Role.REPRESENTATIVE)
    join(user=world.person(OTHER), association=other, role=Membership.Role.REPRESENTATIVE)
    _left(world, other)
    _colleague(world, own)
    _awaited(world, own)
    _asking(world, own, other)
    things["group"] = save_working_group(
        working_group=WorkingGroup(
            name=birds.text("WorkingGroup.name", GROUP | WRITERS),
        ),
        members=[world.person(CONTRIBUTOR), things["colleague"]],
    )
    Synonyms.objects.create(
        expressions=f"jardin\n{birds.text('Synonyms.expressions', WRITERS)}",
    )


def _left(world: World, other: Association) -> None:
    """Somebody who was of the network, and is of no association any more."""
    membership = join(user=world.person(LEFT), association=other, role=Membership.Role.CONTRIBUTOR)
    membership.delete()
    world.person(LEFT).groups.clear()


def _awaited(world: World, own: Association) -> None:
    """Somebody whom the association invited, and a file of members that the animator brought."""
    birds = world.birds
    Invitation.objects.create(
        **birds.fields(
            Invitation,
            STAFF | ASSOCIATION,
            unseen={"first_name": NO_SCREEN, "last_name": NO_SCREEN},
            association=own,
            role=Invitation.Role.CONTRIBUTOR,
            fingerprint=fingerprint("un-lien-qui-a-ete-envoye"),
            created_at=timezone.now(),
            expires_at=timezone.now() + DAY,
        )
    )
    reason = birds.text("ImportRun.report", STAFF)
    ImportRun.objects.create(
        **birds.fields(
            ImportRun,
            STAFF,
            kind="members",
            table={"columns": [], "words": birds.text("ImportRun.table", NONE, NO_SCREEN)},
            report={
                "new": [],
                "changed": [],
                "unchanged": 0,
                "possible": [],
                "doubles": [],
                "refused": [{"line": 2, "reason": reason}],
            },
            state=ImportRun.State.READY,
            asked_at=NOW,
        )
    )


def _asking(world: World, own: Association, other: Association) -> None:
    """Somebody who asks to join the association, and somebody whom another one has refused."""
    birds = world.birds
    readers = STAFF | {REPRESENTATIVE, ASKING}
    world.things["asker"] = asker = User.objects.create(
        **birds.fields(
            User,
            readers,
            apart={"password": NONE, "phone": STAFF | {ASKING}, "function": STAFF | {ASKING}},
            unseen={"password": "nobody reads it", "phone": NO_SCREEN, "function": NO_SCREEN},
        )
    )
    JoinRequest.objects.create(
        **birds.fields(
            JoinRequest, readers, only=["word"], user=asker, association=own, created_at=NOW
        )
    )
    JoinRequest.objects.create(
        **birds.fields(
            JoinRequest,
            STAFF | {LEFT},
            only=["answer"],
            user=world.person(LEFT),
            association=other,
            state=JoinRequest.State.REFUSED,
            created_at=NOW,
            decided_at=NOW,
        )
    )


def _colleague(world: World, own: Association) -> None:
    """Somebody of the association who shows nothing in the directory, and one whose account is
    closed. Their association, and those who run the network, know them."""
    birds = world.birds
    readers = STAFF | ASSOCIATION
    colleague = User.objects.create(
        **birds.fields(
            User,
            readers,
            apart={"password": NONE, "phone": STAFF, "function": STAFF},
            unseen={"password": "nobody reads it", "phone": NO_SCREEN, "function": NO_SCREEN},
        )
    )
    join(user=colleague, association=own, role=Membership.Role.CONTRIBUTOR)
    closed = User.objects.create(
        **birds.fields(
            User,
            STAFF,
            apart={"password": NONE},
            unseen={"password": "nobody reads it", "phone": NO_SCREEN, "function": NO_SCREEN},
            is_active=False,
            closed_at=NOW - DAY,
        )
    )
    world.things |= {"colleague": colleague, "closed": closed}
