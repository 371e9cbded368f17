"""The weekly letter of a large network, from what the rooms tell to the messages as they leave."""

from datetime import timedelta

from django.utils import timezone

from intranet.accounts.models import User
from intranet.digest.operations import Tally, write_weekly_letters
from intranet.network.models import Association, Membership
from intranet.notifications.models import Letter
from intranet.notifications.writing import compose
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.news.models import NewsIndexPage, NewsPage
from surveys.campaigns.models import Campaign
from surveys.campaigns.operations import ask
from surveys.questionnaires.models import Questionnaire

ASSOCIATIONS = 400
NEWS = 12
PARAGRAPH = "<p>" + "On se retrouve samedi au local, avec tout le quartier. " * 8 + "</p>"


class Network:
    """Five thousand people of four hundred associations, a dozen news, an open campaign."""

    def __init__(self, people: int) -> None:
        self.now = timezone.now()
        associations = Association.objects.bulk_create(
            Association(slug=f"asso-{number}", name=f"Association {number}")
            for number in range(ASSOCIATIONS)
        )
        accounts = User.objects.bulk_create(
            User(email=f"personne-{number}@example.org", first_name="Camille", password="!")
            for number in range(people)
        )
        Membership.objects.bulk_create(
            Membership(
                user=account,
                association=associations[number % ASSOCIATIONS],
                role=Membership.Role.CONTRIBUTOR,
            )
            for number, account in enumerate(accounts)
        )
        self._publish()
        self._ask(associations)

    def _publish(self) -> None:
        index = NewsIndexPage.objects.get()
        for number in range(NEWS):
            page = NewsPage(
                title=f"Nouvelle {number}",
                summary="Une ou deux phrases qui disent l'essentiel de la nouvelle.",
                body=[("paragraph", PARAGRAPH), ("paragraph", PARAGRAPH)],
            )
            index.add_child(instance=page)
            page.save_revision().publish()
            if number % 2:
                give_circle(page=page, circle=Circle.MEMBERS)

    def _ask(self, associations: list[Association]) -> None:
        today = timezone.localdate(self.now)
        campaign = Campaign.objects.create(
            slug="bilan",
            title="Bilan",
            kind=Campaign.Kind.SELF_ASSESSMENT,
            questionnaire=Questionnaire.objects.get(),
            opens_date=today - timedelta(days=3),
            closes_date=today + timedelta(days=20),
            threshold=3,
        )
        ask(campaign=campaign, associations=associations, at=self.now)

    def write(self) -> Tally:
        now = timezone.now()
        return write_weekly_letters(on=timezone.localdate(now), at=now)

    def compose(self) -> int:
        """What the worker does with each letter before it speaks to the mail server."""
        letters = Letter.objects.filter(kind="weekly-letter").select_related("person")
        return sum(compose(letter) is not None for letter in letters.iterator())
