"""Production refuses to start on what only suits one machine or the demo."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
GOOD = {
    "MODE": "production",
    "SECRET_KEY": "une-longue-suite-que-personne-ne-connait-0123456789",
    "BASE_URL": "https://maillage.example",
    "DATABASE_URL": "postgres://maillage@db.example/maillage",
    "EMAIL_URL": "smtp+tls://u:p@mail.example:587",
}
READ = """
import json, django
from django.conf import settings as s
print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,
    s.SECURE_HSTS_SECONDS > 0, s.ALLOWED_HOSTS, s.CACHES["default"]["BACKEND"], s.SESSION_ENGINE]))
"""


def python(code: str, **environment: str) -> subprocess.CompletedProcess:
    kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "intranet.settings"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=HOUSE,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_production_starts_with_settings_of_its_own():
    done = python(READ, **GOOD)

    assert done.stdout.strip() == (
        '["__Host-maillage-session", true, true, true, ["maillage.example"], '
        '"django.core.cache.backends.db.DatabaseCache", "django.contrib.sessions.backends.db"]'
    ), done.stderr


def test_a_redis_is_used_when_there_is_one():
    done = python(READ, **GOOD, CACHE_URL="redis://cache.example:6379/1")

    assert '"django.core.cache.backends.redis.RedisCache"' in done.stdout, done.stderr
    assert '"django.contrib.sessions.backends.cached_db"' in done.stdout


def test_one_machine_needs_no_setting():
    done = python(READ)

    assert done.stdout.startswith('["maillage-session", false, false, false, ["localhost"')


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        (
            {"SECRET_KEY": "for-one-machine-and-for-the-demo-never-for-production"},
            "SECRET_KEY is the demo's",
        ),
        ({"BASE_URL": ""}, "BASE_URL must be set"),
        ({"BASE_URL": "maillage.example"}, "BASE_URL=maillage.example: expected https://"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS=*"),
        ({"EMAIL_URL": ""}, "EMAIL_URL must be set"),
        ({"DATABASE_URL": ""}, "DATABASE_URL must be set"),
        ({"DATABASE_URL": "mysql://db.example/maillage"}, "DATABASE_URL: expected sqlite"),
        ({"MODE": "prod"}, "MODE=prod: expected local, demo, test or production."),
    ],
)
def test_production_refuses_with_a_sentence(change, sentence):
    done = python(READ, **(GOOD | change))

    assert done.returncode != 0
    assert sentence in done.stderr.splitlines()[-1]


PREPARE = """
import django; django.setup()
from django.db import connection
from intranet.installation.models import Installation
with connection.schema_editor() as editor:
    editor.create_model(Installation)
Installation.objects.create(pk=1, is_demo=True)
"""


def test_production_refuses_a_database_that_the_demo_filled(tmp_path):
    database = {"DATABASE_URL": f"sqlite:///{tmp_path / 'demo.sqlite3'}"}
    assert python(PREPARE, **database).returncode == 0

    server = python("import intranet.wsgi", **GOOD | database)
    command = python(
        "from django.core.management import execute_from_command_line as run\n"
        "run(['manage.py', 'check'])",
        **GOOD | database,
    )

    for done in (server, command):
        assert done.returncode != 0
        assert "This database was filled by the demo" in done.stderr
    assert python("import intranet.wsgi", **database).returncode == 0
