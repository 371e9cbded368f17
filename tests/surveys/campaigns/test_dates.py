from datetime import date

import pytest

from surveys.campaigns.dates import period, time_left
from surveys.campaigns.models import Campaign

TODAY = date(2026, 3, 12)


def campaign(opens: date, closes: date | None, closed: date | None = None) -> Campaign:
    return Campaign(opens_date=opens, closes_date=closes, closed_date=closed)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (date(2026, 3, 3), date(2026, 4, 15), "du 3 mars au 15 avril 2026"),
        (date(2026, 3, 3), date(2026, 3, 15), "du 3 au 15 mars 2026"),
        (date(2025, 12, 1), date(2026, 1, 1), "du 1er décembre 2025 au 1er janvier 2026"),
        (date(2026, 3, 3), date(2026, 3, 3), "le 3 mars 2026"),
        (date(2026, 3, 1), None, "à partir du 1er mars 2026"),
    ],
)
def test_a_period_is_said_without_saying_twice_the_month_or_the_year(opens, closes, said):
    assert plain(period(campaign(opens, closes))) == said


@pytest.mark.parametrize(
    ("opens", "closes", "closed", "said"),
    [
        (date(2026, 3, 1), date(2026, 3, 24), None, "il reste 12 jours"),
        (date(2026, 3, 1), date(2026, 3, 13), None, "il reste 1 jour"),
        (date(2026, 3, 1), TODAY, None, "dernier jour aujourd'hui"),
        (date(2026, 3, 1), None, None, "ouverte, sans dernier jour"),
        (date(2026, 3, 13), None, None, "ouvre demain"),
        (date(2026, 3, 20), None, None, "ouvre dans 8 jours"),
        (date(2026, 3, 1), date(2026, 3, 11), None, "fermée depuis le 11 mars 2026"),
        (date(2026, 3, 1), date(2026, 4, 11), TODAY, "fermée depuis le 12 mars 2026"),
    ],
)
def test_time_left_says_what_the_dates_mean_today(opens, closes, closed, said):
    assert plain(time_left(campaign(opens, closes, closed), TODAY)) == said
