"""One migrated database for each run of the tests: those of the workers and of the instances are copies of it.

Fifty migrations take longer than any test, and a copy takes less than a second.
"""

import os
from urllib.parse import urlsplit

import psycopg
import pytest

from script.project import manage

NAME = "FELLESGREP_TEST_TEMPLATE"


def announce(config: pytest.Config) -> None:
    """Names the database for this run and its workers, and sees to it that it goes when the run ends."""
    os.environ[NAME] = f"fellesgrep_migrated_{os.getpid()}"
    config.add_cleanup(drop)


def migrated() -> str:
    """Its name; the first one to ask makes it, the others wait."""
    name = os.environ[NAME]
    with connected() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            make(connection, name)
    return name


def make(connection: psycopg.Connection, name: str) -> None:
    """Makes it beside its place and moves it in whole: nobody copies a half."""
    draft = f"{name}_part"
    connection.execute(f"CREATE DATABASE {draft}")
    try:
        manage(["migrate", "--no-input", "--verbosity", "0"], os.environ | {"DATABASE_URL": url(draft)})
        connection.execute(f"ALTER DATABASE {draft} RENAME TO {name}")
    finally:
        connection.execute(f"DROP DATABASE IF EXISTS {draft} WITH (FORCE)")


def drop() -> None:
    with connected() as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {os.environ[NAME]} WITH (FORCE)")


def connected() -> psycopg.Connection:
    return psycopg.connect(url("postgres"), autocommit=True)


def url(name: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
