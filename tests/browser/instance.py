"""A whole instance as people meet it: the demonstration in a database of its own, a web server and a worker."""

import os
import quopri
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.demonstration import cast
from script.project import PYTHON, ROOT
from script.run import is_well
from tests import template

HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 20
FIRST_CACHE = 128
"""Valkey's databases from here on belong to instances, those below it to the workers of the tests."""


@dataclass(frozen=True)
class Instance:
    """Where it answers, and what its web server has printed, which is where its e-mail goes."""

    address: str
    web_log: Path

    def newest_link(self, part: str) -> str:
        """The newest address with this part in an e-mail that was sent."""
        deadline = time.monotonic() + STOP_SECONDS
        while not (found := re.findall(rf"{self.address}\S*{part}\S*", self._printed())):
            assert time.monotonic() < deadline, f"no e-mail holds a link with {part}"
            time.sleep(0.1)
        return str(found[-1])

    def _printed(self) -> str:
        """E-mail with letters beyond ASCII is printed in an encoding that breaks long lines."""
        return quopri.decodestring(self.web_log.read_bytes()).decode(errors="replace")


@contextmanager
def running(folder: Path, worker: str) -> Iterator[Instance]:
    """`worker` names the process of the tests that it belongs to; each may have its own."""
    name = f"fellesgrep_browser_{worker}"
    with listening() as port, database(name) as url:
        address = f"http://{HOST}:{port.getsockname()[1]}"
        environment = os.environ | {"DATABASE_URL": url, "REDIS_URL": cache_url(worker), "SITE_URL": address}
        settings = ["--config", "python:config.gunicorn"]
        web = ["gunicorn", *settings, "config.wsgi", "--bind", f"fd://{port.fileno()}", "--threads", "4"]
        celery = ["celery", "-A", "config", "worker", "--pool", "solo", "--without-gossip", "--without-mingle"]
        with (
            program(web, folder / "web.log", environment, port.fileno()),
            program(celery, folder / "worker.log", environment),
        ):
            wait_until_well(port)
            yield Instance(address, folder / "web.log")


@contextmanager
def listening() -> Iterator[socket.socket]:
    """A free port, held from the start, so that nobody takes it before the web server does."""
    with socket.create_server((HOST, 0)) as port:
        yield port


@contextmanager
def database(name: str) -> Iterator[str]:
    with template.connected() as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template.demonstrated()}")
        try:
            yield template.url(name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def cache_url(worker: str) -> str:
    number = FIRST_CACHE + int(worker.removeprefix("gw").replace("master", "0"))
    return f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}"


@contextmanager
def program(command: list[str], log: Path, environment: dict[str, str], *handles: int) -> Iterator[None]:
    with log.open("w") as output:
        process = subprocess.Popen(
            [PYTHON, "-u", "-m", *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=handles,
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_well(port: socket.socket) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_well(HOST, port.getsockname()[1]):
        assert time.monotonic() < deadline, "the web server does not answer"
        time.sleep(0.2)


def email_of(name: str) -> str:
    return next(person.email for person in cast.PEOPLE if person.name == name)
