"""The scripts: servers that come and go with their users, a supervisor that restarts, and refusals in one sentence."""

import asyncio
import errno
import os
import pwd
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from script import bootstrap, manage, run
from script.embedded import Servers
from script.machine import Refusal, answer, require_room
from script.project import manage as manage_command
from script.project import migrations_mark, project_environment, secret_key
from script.supervisor import Program, Supervisor

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folder(monkeypatch) -> Iterator[Path]:
    """A data folder with servers of its own, where their account reaches it."""
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")
    with tempfile.TemporaryDirectory(prefix="fellesgrep-scripts-", dir="/tmp") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def answering(servers: Servers) -> list[bool]:
    return [server.answers() for server in servers.servers.values()]


def test_the_last_user_of_the_servers_stops_them(folder) -> None:
    first, second = Servers(folder, testing=True), Servers(folder, testing=True)
    with first:
        with second:
            assert first.environment == second.environment
        assert answering(first) == [True, True]
    assert answering(first) == [False, False]


def test_servers_whose_starter_was_killed_are_taken_over(folder) -> None:
    orphaned = "from script.embedded import Servers; import os, pathlib, signal, sys\n"
    orphaned += "Servers(pathlib.Path(sys.argv[1]), testing=True).start(); os.kill(os.getpid(), signal.SIGKILL)"
    killed = subprocess.run([sys.executable, "-c", orphaned, folder], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    heir = Servers(folder, testing=True)
    assert answering(heir) == [True, True]
    with heir:
        pass
    assert answering(heir) == [False, False]


def test_rows_and_queued_tasks_outlive_a_restart(folder) -> None:
    with Servers(folder) as servers:
        with psycopg.connect(servers.environment["DATABASE_URL"]) as connection:
            connection.execute("CREATE TABLE note AS SELECT 'kept' AS text")
        with redis.from_url(servers.environment["REDIS_URL"]) as queue:
            queue.lpush("celery", "kept")
    with Servers(folder) as servers:
        with psycopg.connect(servers.environment["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT text, current_user FROM note").fetchall() == [("kept", "fellesgrep")]
        with redis.from_url(servers.environment["REDIS_URL"]) as queue:
            assert queue.lrange("celery", 0, -1) == [b"kept"]


def test_the_database_sorts_by_code_point_and_its_user_is_no_superuser(folder) -> None:
    query = """SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding), rolsuper
                 FROM pg_database, pg_roles WHERE datname = current_database() AND rolname = current_user"""
    with Servers(folder, testing=True) as servers, psycopg.connect(servers.environment["DATABASE_URL"]) as connection:
        assert connection.execute(query).fetchone() == ("b", "C.UTF-8", "UTF8", False)


def test_addresses_given_in_the_environment_are_used_as_they_are(tmp_path) -> None:
    with Servers(tmp_path) as servers:
        assert servers.servers == {}
        assert servers.environment == {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}


def test_the_queue_asks_for_a_password(folder) -> None:
    with Servers(folder, testing=True) as servers:
        address = servers.environment["REDIS_URL"].split("@")[1]
        with redis.from_url(f"redis://{address}") as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()


def test_a_command_of_manage_py_needs_nothing_but_a_folder_name(folder) -> None:
    command = "from partnership.models import Municipality; print(Municipality.objects.count()); raise SystemExit(3)"
    done = subprocess.run(
        [ROOT / "script" / "manage", "shell", "--no-imports", "-v", "0", "-c", command],
        env=os.environ | {"FELLESGREP_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (3, "357\n", "Migrating the database.\n")


@pytest.mark.parametrize(
    ("code", "expected"), [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 15)", 143)]
)
def test_a_commands_exit_code_is_passed_on_as_a_shell_would(code, expected) -> None:
    assert manage.pass_through([sys.executable, "-c", code], dict(os.environ)) == expected


def test_the_development_key_is_drawn_once_and_for_our_eyes_only(tmp_path) -> None:
    assert secret_key(tmp_path) == secret_key(tmp_path)
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("asked", [None, "1"])
def test_a_newcomer_meets_the_pages_of_the_house_and_asks_for_djangos(monkeypatch, tmp_path, asked) -> None:
    for name in ("DEBUG", "SECRET_KEY"):
        monkeypatch.delenv(name)
    if asked:
        monkeypatch.setenv("DEBUG", asked)
    shown = "from django.conf import settings as s; from django.test import Client; print(s.DEBUG, s.COOKIES_SECURE"
    shown += ", s.MAILERS['default']['BACKEND'].split('.')[-2], Client().get('/static/css/ink.css').status_code)"
    environment = project_environment(Servers(tmp_path))
    said = manage_command(["shell", "--no-imports", "-v", "0", "-c", shown], environment)
    assert said == f"{bool(asked)} False console 200\n"


def test_the_mark_of_migrations_is_the_same_while_they_are() -> None:
    assert migrations_mark() == migrations_mark()


def test_a_taken_port_is_told_with_the_way_to_choose_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refusal) as refusal:
            run.require_free("127.0.0.1", port)
    assert str(refusal.value) == (
        f"Cannot listen on 127.0.0.1:{port} (Address already in use); choose another port: PORT={port + 1} script/run"
    )


@pytest.mark.parametrize("word", ["", "web", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(word) -> None:
    with pytest.raises(Refusal) as refusal:
        run.port_number(word)
    assert str(refusal.value) == f"PORT is {word!r}; write a number between 1 and 65535."


def test_a_full_disk_is_told_before_anything_is_written(tmp_path) -> None:
    with pytest.raises(
        Refusal, match=r"^The disk that holds .* has \d+ MB left; Fellesgrep needs 1000000000 MB there\.$"
    ):
        require_room(tmp_path, megabytes=10**9)


def test_a_disk_that_fills_up_underway_is_told_without_a_traceback(capsys) -> None:
    def fill() -> None:
        with Path("/dev/full").open("w") as full:
            full.write("x")

    with pytest.raises(SystemExit) as end:
        answer(fill)
    assert (end.value.code, capsys.readouterr().err) == (1, "The disk is full; make room and start again.\n")


def test_a_folder_that_may_not_be_written_is_named(capsys) -> None:
    def write() -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/srv/fellesgrep")

    with pytest.raises(SystemExit) as end:
        answer(write)
    name = pwd.getpwuid(os.geteuid()).pw_name
    assert (end.value.code, capsys.readouterr().err) == (
        1,
        f"/srv/fellesgrep is closed to {name}: Permission denied.\n",
    )


def test_an_old_python_is_told_in_one_sentence(tmp_path) -> None:
    for name in ("python3", "python3.13", "python3.14"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    script = tmp_path / "clone" / "script" / "bootstrap"
    script.parent.mkdir(parents=True)
    script.write_bytes((ROOT / "script" / "bootstrap").read_bytes())
    done = subprocess.run(
        ["/bin/sh", script],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Fellesgrep needs Python 3.13 or newer")
    assert len(done.stderr.splitlines()) == 1


def test_a_missing_library_is_told_with_the_command_that_installs_it(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refusal) as refusal:
        bootstrap.install_debian_packages(["libpango-1.0-0", "fonts-dejavu-core"])
    assert str(refusal.value) == (
        "This machine lacks libpango-1.0-0 fonts-dejavu-core; "
        "install with: sudo apt-get install libpango-1.0-0 fonts-dejavu-core"
    )


def test_a_second_bootstrap_finds_nothing_to_do() -> None:
    began = time.monotonic()
    done = subprocess.run([ROOT / "script" / "bootstrap", "dev"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - began < 5


def supervised(tmp_path: Path, code: str) -> tuple[Supervisor, Program]:
    program = Program("worker", [sys.executable, "-u", "-c", code, str(tmp_path / "lives")])
    return Supervisor([program], os.environ), program


async def until(condition) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.02)


LIVING = "import sys, time; open(sys.argv[1], 'a').write('x'); print('ready'); time.sleep(60)"


def test_a_killed_program_is_started_again_and_a_stopped_one_is_not(tmp_path, capsys) -> None:
    async def kill_once() -> None:
        supervisor, program = supervised(tmp_path, LIVING)
        running = asyncio.create_task(supervisor.run())
        lives = tmp_path / "lives"
        await until(lambda: lives.exists() and lives.read_text() == "x")
        os.kill(program.process.pid, signal.SIGKILL)
        await until(lambda: lives.read_text() == "xx")
        await asyncio.sleep(0.2)
        supervisor.stop()
        await running

    asyncio.run(kill_once())
    assert (tmp_path / "lives").read_text() == "xx"
    assert capsys.readouterr().out.splitlines() == [
        "worker | ready",
        "worker | ended with -9; starts again in 2 s",
        "worker | ready",
    ]


def test_no_child_outlives_a_program_that_died(tmp_path) -> None:
    code = "import os, sys, time\nif not os.fork(): open(sys.argv[1], 'w').write(str(os.getpid()))\ntime.sleep(60)"

    async def kill_parent() -> int:
        supervisor, program = supervised(tmp_path, code)
        running = asyncio.create_task(supervisor.run())
        lives = tmp_path / "lives"
        await until(lambda: lives.exists() and lives.read_text())
        child = int(lives.read_text())
        os.kill(program.process.pid, signal.SIGKILL)
        await until(lambda: program.process is None)
        supervisor.stop()
        await running
        await until(lambda: has_ended(child))  # it is told to end, and takes its time on a busy machine
        return child

    assert has_ended(asyncio.run(kill_parent()))


def has_ended(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().split()[2] == "Z"
