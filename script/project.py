"""This clone: its folders, its data folder, and the environment its processes run in."""

import hashlib
import os
import secrets
import subprocess
from collections.abc import Mapping
from pathlib import Path

from script.embedded import Servers
from script.machine import Refusal, locked, make_folder, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
LAST_WORDS = 15


def data_folder() -> Path:
    return Path(os.environ.get("FELLESGREP_DATA") or ROOT / ".local").absolute()


def project_environment(servers: Servers) -> dict[str, str]:
    """The caller's environment, the servers' addresses, and what a machine without a web server in front needs besides.

    Faults look as they do in production; DEBUG=1 in the caller's environment shows Django's pages about them.
    """
    made = {"STATIC_FROM_SOURCE": "1", "COOKIES_SECURE": "0", "EMAIL_CONSOLE": "1"}
    if not {"SECRET_KEY", "SECRET_KEY_FILE"} & os.environ.keys():
        made["SECRET_KEY"] = secret_key(servers.data)
    return made | os.environ | servers.environment


def secret_key(folder: Path) -> str:
    """Drawn once for each data folder, so that people stay logged in from one start to the next."""
    file = folder / "secret-key"
    make_folder(folder)
    with locked(folder / "secret-key.lock"):
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        return file.read_text(encoding="utf-8")


def manage(arguments: list[str], environment: Mapping[str, str]) -> str:
    """Runs a command of manage.py in silence and gives what it printed."""
    command = [PYTHON, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = (done.stdout + done.stderr).strip().splitlines()[-LAST_WORDS:]
        raise Refusal("\n".join([f"manage.py {' '.join(arguments)} failed:", *words]))
    return done.stdout


def migrate(servers: Servers, environment: Mapping[str, str]) -> None:
    """Migrates when the code's migrations are not those last applied to this data folder's database."""
    stamp, wanted = servers.home / "postgres" / "migrated", migrations_mark()
    with locked(servers.home / "migrate.lock"):
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return
        say("Migrating the database.")
        manage(["migrate", "--no-input", "--verbosity", "0"], environment)
        stamp.write_text(wanted, encoding="utf-8")


def migrations_mark() -> str:
    """Our migrations and the lock of the packages that bring their own."""
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements" / "run.txt"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
