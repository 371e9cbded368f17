"""The product's settings in test mode, which pytest-django loads before any conftest."""

import os

os.environ.setdefault("MODE", "test")

from intranet.settings import *  # noqa: F403
