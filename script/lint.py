"""Every check that needs no test, one after the other; all of them run, and the exit code tells whether one failed."""

import os
import subprocess
import sys
import time

from script.embedded import passing_servers
from script.machine import answer
from script.project import PYTHON, ROOT, VENV, project_environment

BIN = VENV / "bin"
REGISTRY_HOSTS = r"registry\.npmjs\.|pypi\.(org|python)|files\.pythonhosted\.|registry\.yarnpkg\.|deb\.debian\."
CHECKS: dict[str, list[str]] = {
    "format": [f"{BIN}/ruff", "format", "--check", "."],
    "lint": [f"{BIN}/ruff", "check", "."],
    "types": [f"{BIN}/mypy"],
    "floors": [f"{BIN}/lint-imports"],
    "templates": [f"{BIN}/djlint", "--lint", "--quiet", "templates"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "catalogues": [PYTHON, "-m", "script.messages", "--check"],
}


def main() -> int:
    with passing_servers("lint") as servers:
        environment = project_environment(servers)
        failed = [name for name, command in CHECKS.items() if not passes(name, command, environment)]
    if not names_no_registry():
        failed.append("hosts")
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    began = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode
    print(f"{name}: {'fine' if code == 0 else 'FAILED'} ({time.monotonic() - began:.1f} s)", flush=True)
    return code == 0


def names_no_registry() -> bool:
    """Where packages come from is each machine's own affair: no tracked file names a host of a registry."""
    command = ["git", "grep", "--line-number", "--extended-regexp", REGISTRY_HOSTS]
    found = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False).stdout
    print(found, end="", file=sys.stderr)
    return not found


if __name__ == "__main__":
    answer(main)
