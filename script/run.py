"""Starts everything on this machine, tells where it is, and stops what it started."""

import asyncio
import http.client
import os
import socket
from collections.abc import Mapping
from pathlib import Path

from script.embedded import Servers
from script.machine import Refusal, answer, make_folder, say
from script.project import PYTHON, data_folder, manage, migrate, project_environment
from script.supervisor import Program, Supervisor

HEALTH_SECONDS = 60
HEALTH_PATH = "/health/"


def main() -> int:
    host, port = os.environ.get("HOST") or "127.0.0.1", port_number(os.environ.get("PORT") or "8000")
    require_free(host, port)
    say("Starting PostgreSQL and Valkey.")
    with Servers(data_folder()) as servers:
        environment = project_environment(servers) | {"SITE_URL": f"http://{host}:{port}"}
        migrate(servers, environment)
        say("Looking for a partnership; an empty database gets the demonstration, which takes a little while.")
        manage(["load_demo", "--if-empty"], environment)
        return asyncio.run(supervise(host, port, servers.data, environment))


def port_number(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) < 1 << 16:
        raise Refusal(f"PORT is {word!r}; write a number between 1 and 65535.")
    return int(word)


def require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                f"Cannot listen on {host}:{port} ({error.strerror}); choose another port: PORT={port + 1} script/run"
            ) from error


async def supervise(host: str, port: int, data: Path, environment: Mapping[str, str]) -> int:
    """Until stopped: 0. If the web server never answers: 1, with everything stopped again."""
    supervisor = Supervisor(programs(host, port, data), environment)
    greeting = asyncio.create_task(greet(supervisor, host, port, environment))
    await supervisor.run()
    greeting.cancel()
    results = await asyncio.gather(greeting, return_exceptions=True)
    return 1 if isinstance(results[0], Refusal) else 0


def programs(host: str, port: int, data: Path) -> list[Program]:
    make_folder(data / "beat")
    celery = [PYTHON, "-m", "celery", "--quiet", "-A", "config"]
    gunicorn = [PYTHON, "-m", "gunicorn", "--config", "python:config.gunicorn", "config.wsgi"]
    web = [*gunicorn, "--bind", f"{host}:{port}", "--workers", "2", "--threads", "4"]
    return [
        Program("web", web),
        Program("worker", [*celery, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]),
        Program(
            "beat", [*celery, "beat", "--loglevel", "INFO", "--schedule", str(data / "beat" / "schedule"), "--pidfile="]
        ),
    ]


async def greet(supervisor: Supervisor, host: str, port: int, environment: Mapping[str, str]) -> None:
    """Tells the address and the accounts once the web server is well; stops it all if it never is."""
    for _ in range(HEALTH_SECONDS * 2):
        if await asyncio.to_thread(is_well, host, port):
            accounts = await asyncio.to_thread(manage, ["demo_accounts"], environment)
            print(f"\nFellesgrep runs on http://{host}:{port}/ (Ctrl-C stops it)\n\n{accounts}", flush=True)
            return
        await asyncio.sleep(0.5)
    say(f"The web server did not answer {HEALTH_PATH} within {HEALTH_SECONDS} seconds; see its lines above.")
    supervisor.stop()
    raise Refusal


def is_well(host: str, port: int) -> bool:
    line = http.client.HTTPConnection(host, port, timeout=5)
    try:
        line.request("GET", HEALTH_PATH)
        return line.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        line.close()


if __name__ == "__main__":
    answer(main)
