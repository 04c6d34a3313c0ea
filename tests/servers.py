"""The tests' own PostgreSQL and Valkey, up before pytest-django reads the settings and gone with the last test.

Loaded by `addopts = -p tests.servers`. Workers of pytest-xdist inherit the addresses from the controller.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from script.embedded import Servers
from script.machine import Refusal
from tests import template

PRESET = {"DATABASE_URL", "REDIS_URL"}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("SECRET_KEY", "known-to-all-and-used-in-tests-only")
    if "PYTEST_XDIST_WORKER" not in os.environ and not os.environ.keys() >= PRESET:
        _start_servers(early_config)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        template.announce(early_config)
    _take_own_cache(os.environ.get("PYTEST_XDIST_WORKER", ""))
    return (yield)


def _take_own_cache(worker: str) -> None:
    """A database of Valkey for each worker: emptying one's own, or filling it with attempts, is no other's business."""
    if worker:
        address = os.environ["REDIS_URL"].rpartition("/")[0]
        os.environ["REDIS_URL"] = f"{address}/{int(worker.removeprefix('gw')) + 1}"


def _start_servers(config: pytest.Config) -> None:
    folder = Path(tempfile.mkdtemp(prefix="fellesgrep-test-", dir="/tmp"))  # their account must reach it
    folder.chmod(0o755)
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    try:
        servers = Servers(folder, testing=True).start()
    except Refusal as refusal:
        raise pytest.UsageError(str(refusal)) from refusal
    config.add_cleanup(servers.stop)
    os.environ.update(servers.environment)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
