"""The product's settings in test mode, which pytest-django loads before any conftest."""

import os

os.environ.setdefault("MODE", "test")

from intranet.settings import *  # noqa: F403

# Slow on purpose in production; hundreds of tests make people.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
