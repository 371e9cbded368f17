"""`make chaos` and `make post-chaos`: kill, count, tell.

`make chaos`: kill the job cluster's processes one by one, and count what was done.

On SQLite, then on the PostgreSQL of TEST_POSTGRES_URL: twenty times, `kill -9` hits a worker,
the monitor, the pusher, the guard or the supervisor, idle or with jobs running; a killed
supervisor is started again, as an init system would. Every job must end done, its effect be
there once, and no job ever run in two processes at once.

`make post-chaos` (`--letters 10000`): the workers are killed with a letter in their hands, while
the mail server refuses, hangs, drops and goes away. No letter may be lost, no more leave twice
than workers were killed, and every copy has the same Message-ID.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def databases(only: list[str] | None, folder: str) -> dict[str, str]:
    found = {"SQLite": f"sqlite:///{folder}/chaos.sqlite3"}
    if url := os.environ.get("TEST_POSTGRES_URL"):
        found["PostgreSQL"] = url
    return {name: url for name, url in found.items() if only is None or name.lower() in only}


def tell_here(kills: int, letters: int, folder: str) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "intranet.settings"
    import django

    django.setup()
    from tests.chaos.post import tell_post
    from tests.chaos.story import tell_story

    if letters:
        return 0 if tell_post(letters=letters, kills=kills) else 1
    return 0 if tell_story(kills=kills, folder=folder) else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--letters", type=int, default=0)
    parser.add_argument("--only", nargs="+", choices=["sqlite", "postgresql"])
    parser.add_argument("--story", metavar="FOLDER", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.story:
        return tell_here(options.kills, options.letters, options.story)
    status = 0
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        for name, url in databases(options.only, folder).items():
            print(f"== {name}", flush=True)  # noqa: T201
            environment = {**os.environ, "DATABASE_URL": url, "MODE": "test"}
            environment.update({"JOBS_RUN_INLINE": "0", "LOG_LEVEL": "CRITICAL"})
            command = [sys.executable, "-m", "tests.chaos", "--story", folder]
            command += ["--kills", str(options.kills), "--letters", str(options.letters)]
            status |= subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
