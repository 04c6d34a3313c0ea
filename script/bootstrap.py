"""Installs what is missing, in the order it is needed; stamps let the next start see that nothing is."""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from script.machine import Refusal, answer, locked, require_room, say
from script.project import ROOT, VENV

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
FONTS = {Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"): "fonts-dejavu-core"}
BROWSER = "chromium"
VENV_NEEDS_MB = 1500
LAST_WORDS = 5


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    lock = ROOT / ".local" / "bootstrap.lock"
    lock.parent.mkdir(exist_ok=True)
    with locked(lock):
        install_libraries(kind)
        make_venv()
        install_python_packages(kind)
        install_browser_files(kind)
        compile_catalogues()


def install_libraries(kind: str) -> None:
    """What the wheels cannot bring: Pango and a font with every sign we print, and for the tests a browser."""
    if sys.platform != "linux":
        return
    if needed := [*missing_libraries(), *missing_fonts()]:
        install_debian_packages(needed)
    if kind == "dev" and not shutil.which(BROWSER):
        try:
            install_debian_packages([BROWSER])
        except Refusal as refusal:
            say(f"{refusal} Until then the tests in tests/browser fail.")


def missing_libraries() -> list[str]:
    return [package for library, package in LIBRARIES.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_fonts() -> list[str]:
    return [package for file, package in FONTS.items() if not file.exists()]


def install_debian_packages(packages: Sequence[str]) -> None:
    names = " ".join(packages)
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or not _may(prefix):
        raise Refusal(f"This machine lacks {names}; install with: sudo apt-get install {names}")
    say(f"Installing {names} with apt-get.")
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    run([*command, "update"], "apt-get could not read its package lists")
    run([*command, "install", "--no-install-recommends", *packages], f"apt-get could not install {names}")


def _may(prefix: Sequence[str]) -> bool:
    if prefix and not shutil.which(prefix[0]):
        return False
    return not prefix or subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0


def make_venv() -> None:
    if (VENV / "bin" / "python").exists() and Path(sys.prefix).resolve() == VENV.resolve():
        return
    require_room(ROOT, VENV_NEEDS_MB)
    say("Making a Python environment in .venv.")
    hint = f"{sys.executable} cannot make a virtual environment (on Debian: sudo apt-get install python3-venv)"
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], hint)


def install_python_packages(kind: str) -> None:
    stamp = VENV / "installed"
    if stamp_of(stamp) in {mark(wanted, requirements(wanted)) for wanted in (kind, "dev")}:
        return
    say("Installing Python packages; the first time takes about a minute.")
    install_requirements(requirements(kind))
    stamp.write_text(mark(kind, requirements(kind)), encoding="utf-8")


def requirements(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


def install_requirements(file: Path) -> None:
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "--no-deps", "-r", str(file)], "pip could not install the Python packages")


def install_browser_files(kind: str) -> None:
    """Stylesheets, fonts and scripts from npm; axe is for the tests only."""
    lock, stamp = ROOT / "package-lock.json", ROOT / "node_modules" / ".installed"
    if stamp_of(stamp) in {mark(wanted, lock) for wanted in (kind, "dev")}:
        return
    say("Installing browser packages with npm.")
    omit = [] if kind == "dev" else ["--omit=dev"]
    run([npm(), "ci", "--ignore-scripts", *omit], "npm could not install the browser packages")
    stamp.write_text(mark(kind, lock), encoding="utf-8")


def npm() -> str:
    """The machine's npm, else one from a wheel."""
    if not shutil.which("npm", path=search_path()):
        install_requirements(requirements("node"))
    return shutil.which("npm", path=search_path()) or "npm"


def search_path() -> str:
    return f"{os.environ.get('PATH', os.defpath)}:{VENV / 'bin'}"


def compile_catalogues() -> None:
    catalogues = (ROOT / "locale").glob("*/LC_MESSAGES/*.po")
    if any(_is_stale(catalogue) for catalogue in catalogues):
        run([str(VENV / "bin" / "python"), "-m", "script.messages", "--compile"], "the translations do not compile")


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime


def mark(kind: str, lock: Path) -> str:
    return f"{kind} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def stamp_of(stamp: Path) -> str:
    return stamp.read_text(encoding="utf-8") if stamp.exists() else ""


def run(command: Sequence[str], trouble: str) -> None:
    """Runs a tool in silence; if it fails, its last words follow our sentence."""
    environment = os.environ | {"PATH": search_path(), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    words = (done.stdout + done.stderr).strip()
    if "No space left on device" in words:
        raise Refusal(f"The disk that holds {ROOT} is full: {trouble}.")
    raise Refusal("\n".join([f"{trouble[0].upper()}{trouble[1:]}:", *words.splitlines()[-LAST_WORDS:]]))


if __name__ == "__main__":
    answer(main)
