"""The product's settings in test mode, which pytest-django loads before any conftest."""

import os
import tempfile

os.environ.setdefault("MODE", "test")

from intranet.settings import *  # noqa: F403

# Slow on purpose in production; hundreds of tests make people.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Most tests log in at once as somebody; those of the second factor ask for it.
SECOND_FACTOR_REQUIRED = False
SESSION_SEEN_EVERY = None

# Files that tests make go with them.
_files = tempfile.TemporaryDirectory(prefix="maillage-tests-")
MEDIA_ROOT = _files.name
