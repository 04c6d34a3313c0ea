"""Databases that are made once in each run of the tests and copied for whoever needs one.

Fifty migrations, and the demonstration, take longer than any test; a copy takes less than a second.
"""

import os
from urllib.parse import urlsplit

import psycopg
import pytest

from script.project import manage

RUN = "FELLESGREP_TEST_RUN"
"""Names the run, to its workers too."""


def announce(config: pytest.Config) -> None:
    """Names this run, and sees to it that its databases go when it ends."""
    os.environ[RUN] = f"fellesgrep_run_{os.getpid()}"
    config.add_cleanup(drop)


def migrated() -> str:
    """The name of a database in which nothing is saved yet."""
    return _made("migrated", "template1", ["migrate", "--no-input", "--verbosity", "0"])


def demonstrated() -> str:
    """The name of one that holds the demonstration."""
    return _made("demonstrated", migrated(), ["load_demo"])


def _made(what: str, source: str, command: list[str]) -> str:
    """The first one to ask makes it beside its place and moves it in whole; the others wait, and copy no half."""
    name = f"{os.environ[RUN]}_{what}"
    draft = f"{name}_draft"
    with connected() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"DROP DATABASE IF EXISTS {draft}")
            connection.execute(f"CREATE DATABASE {draft} TEMPLATE {source}")
            manage(command, os.environ | {"DATABASE_URL": url(draft)})
            connection.execute(f"ALTER DATABASE {draft} RENAME TO {name}")
    return name


def drop() -> None:
    ours = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
    with connected() as connection:
        for (name,) in connection.execute(ours, [f"{os.environ[RUN]}_"]).fetchall():
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def connected() -> psycopg.Connection:
    return psycopg.connect(url("postgres"), autocommit=True)


def url(name: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
