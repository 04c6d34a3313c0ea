"""The servers of script/run, script/manage and the tests.

Any number of processes may use the servers of one data folder at once. The first one in starts them, the last one out
stops them; whoever is killed in between lets go of its lock, so the next one out still finds it is the last.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from script.machine import locked, require_room, say, server_account, server_home
from script.postgres import Postgres
from script.valkey import Valkey


class Servers:
    """PostgreSQL and Valkey for one data folder: `with Servers(folder) as servers: servers.environment`.

    `testing` gives up durability for speed. A preset DATABASE_URL or REDIS_URL stands for a server of its own, and the
    embedded one is left out.
    """

    def __init__(self, data: Path, *, testing: bool = False) -> None:
        self.account = server_account()
        self.data = data.absolute()
        self.home = server_home(self.data, self.account)
        self.preset = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
        self.servers: dict[str, Postgres | Valkey] = {}
        if "DATABASE_URL" not in self.preset:
            self.servers["DATABASE_URL"] = Postgres(self.home, self.account, testing=testing)
        if "REDIS_URL" not in self.preset:
            self.servers["REDIS_URL"] = Valkey(self.home, self.account, testing=testing)
        self._use: TextIO | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the settings read: DATABASE_URL and REDIS_URL."""
        return self.preset | {name: server.url for name, server in self.servers.items()}

    def start(self) -> Self:
        """Starts what does not answer yet and joins its users."""
        with locked(self.home / "servers.lock"):
            self._use = (self.home / "servers.users").open("a")
            fcntl.flock(self._use, fcntl.LOCK_SH)
            try:
                self._start_silent()
            except BaseException:
                self._leave()
                raise
        return self

    def stop(self) -> None:
        """Leaves the users, and stops the servers if there is no other."""
        if self._use is None:
            return
        with locked(self.home / "servers.lock"):
            self._leave()

    def _start_silent(self) -> None:
        silent = [server for server in self.servers.values() if not server.answers()]
        if silent:
            require_room(self.home)
        if silent and self.home != self.data:
            say(f"PostgreSQL may not run as root and its user cannot enter {self.data}; data goes to {self.home}.")
        for server in silent:
            server.start()

    def _leave(self) -> None:
        """The caller holds the lock on starting and stopping."""
        use, self._use = self._use, None
        assert use is not None  # noqa: S101 - for the type checker
        with use:
            try:
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            for server in self.servers.values():
                if server.answers():
                    server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@contextmanager
def passing_servers(errand: str) -> Iterator[Servers]:
    """Servers for one errand, in a folder that their account reaches and that goes with them."""
    with tempfile.TemporaryDirectory(prefix=f"fellesgrep-{errand}-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        with Servers(Path(folder), testing=True) as servers:
            yield servers
