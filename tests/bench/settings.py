"""The product's settings, with the peer installed beside it."""

from intranet.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.peer"]  # noqa: F405
ALLOWED_HOSTS = ["*"]
# It measures the editor, not the way in.
SECOND_FACTOR_REQUIRED = False
