from django.db import DatabaseError

from intranet.installation.models import Installation


def is_demo() -> bool:
    """Whether this database was filled by the demo. A database without tables was not."""
    try:
        return Installation.objects.filter(is_demo=True).exists()
    except DatabaseError:
        return False
