"""The cast of the tests.

Aminata represents an association, Benoît helps in the same one, Claire animates the network,
Élodie edits its pages, Denis belongs elsewhere and must see nothing, Farid is a public partner.
"""

from datetime import UTC, datetime

NOW = datetime(2026, 3, 12, 18, 30, tzinfo=UTC)
TODAY = NOW.date()
