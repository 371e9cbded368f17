"""A database that other processes can open, and real clusters on it."""

import sqlite3
from collections.abc import Callable, Iterator

import pytest
from django.db import connections

from tests.chaos.cluster import Cluster


@pytest.fixture
def database_url(transactional_db, tmp_path) -> Iterator[str]:
    """The tests' own database; its copy in a file where it lives in this process's memory."""
    ours = connections["default"]
    settings = ours.settings_dict
    if ours.vendor == "postgresql":
        account = f"{settings['USER']}:{settings['PASSWORD']}"
        server = f"{settings['HOST']}:{settings['PORT'] or 5432}"
        yield f"postgres://{account}@{server}/{settings['NAME']}"
        return
    path = tmp_path / "real.sqlite3"
    ours.ensure_connection()
    with sqlite3.connect(path) as copy:
        ours.connection.backup(copy)
    copy.close()
    theirs = ours.copy()
    theirs.settings_dict["NAME"] = str(path)
    connections["default"] = theirs
    yield f"sqlite:///{path}"
    theirs.close()
    connections["default"] = ours


@pytest.fixture
def start_cluster(database_url, settings) -> Iterator[Callable[..., Cluster]]:
    """Starts as many as asked for; none survives the test."""
    settings.JOBS_RUN_INLINE = False
    clusters: list[Cluster] = []

    def start(**environment: str) -> Cluster:
        environment = {"DATABASE_URL": database_url, "MODE": "test", **environment}
        clusters.append(Cluster(**environment))
        return clusters[-1]

    yield start
    for cluster in clusters:
        cluster.end()
