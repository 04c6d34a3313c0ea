"""manage.py against the embedded servers of the data folder. Our own words go to standard error."""

import os
import signal
import subprocess
import sys
from types import FrameType

from script.embedded import Servers
from script.machine import answer
from script.project import PYTHON, ROOT, data_folder, migrate, project_environment

WITHOUT_MIGRATION = {"migrate", "makemigrations", "help", "--help", "-h", "version", "--version"}


def main() -> int:
    arguments = sys.argv[1:]
    with Servers(data_folder()) as servers:
        environment = project_environment(servers)
        if "DATABASE_URL" in servers.servers and arguments and arguments[0] not in WITHOUT_MIGRATION:
            migrate(servers, environment)
        return pass_through([PYTHON, str(ROOT / "manage.py"), *arguments], environment)


def pass_through(command: list[str], environment: dict[str, str]) -> int:
    """Lends the command our terminal and our signals, and gives its exit code as a shell would."""
    process = subprocess.Popen(command, env=environment)

    def forward(number: int, _frame: FrameType | None) -> None:
        process.send_signal(number)

    signal.signal(signal.SIGTERM, forward)
    signal.signal(signal.SIGINT, forward if not os.isatty(0) else lambda *_: None)
    code = process.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    answer(main)
