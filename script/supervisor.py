"""Runs programs side by side: their lines prefixed with their names, each started again when it dies."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

COLOURS = (36, 33, 35, 32)
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 10.0
STEADY_SECONDS = 30.0
GRACE_SECONDS = 10.0
LONGEST_LINE = 1 << 20


@dataclass
class Program:
    """One command, and the process group that it and its children form."""

    name: str
    command: Sequence[str]
    colour: int = 0
    process: asyncio.subprocess.Process | None = None
    pause: float = field(default=SHORTEST_PAUSE)

    def terminate(self) -> None:
        """Asks the parent, who asks its children in its own way."""
        if self.process and self.process.returncode is None:
            self.process.terminate()

    def kill(self) -> None:
        """Kills the whole group, so that no child outlives its parent."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def print(self, line: str) -> None:
        label = f"{self.name:<7}|"
        print(f"\x1b[{self.colour}m{label}\x1b[0m {line}" if sys.stdout.isatty() else f"{label} {line}", flush=True)


class Supervisor:
    """Keeps its programs running from `run` until it is asked to stop."""

    def __init__(self, programs: Sequence[Program], environment: Mapping[str, str]) -> None:
        self.programs = programs
        self.environment = environment
        self.stopping = asyncio.Event()
        for program, colour in zip(programs, COLOURS, strict=False):
            program.colour = colour

    async def run(self) -> None:
        """Returns when every program has stopped, which an interrupt, a termination or a hang-up leads to."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)
        async with asyncio.TaskGroup() as group:
            for program in self.programs:
                group.create_task(self._keep(program))
            group.create_task(self._end())

    def stop(self) -> None:
        """Asks every program to end; asked again, it does not ask."""
        for program in self.programs:
            if self.stopping.is_set():
                program.kill()
            else:
                program.terminate()
        self.stopping.set()

    async def _end(self) -> None:
        """Kills what has not stopped within the grace."""
        await self.stopping.wait()
        deadline = time.monotonic() + GRACE_SECONDS
        while any(program.process for program in self.programs):
            if time.monotonic() > deadline:
                self.stop()
            await asyncio.sleep(0.05)

    async def _keep(self, program: Program) -> None:
        while not self.stopping.is_set():
            began = time.monotonic()
            code = await self._run_once(program)
            if self.stopping.is_set():
                return
            lasted = time.monotonic() - began
            program.pause = SHORTEST_PAUSE if lasted > STEADY_SECONDS else min(program.pause * 2, LONGEST_PAUSE)
            program.print(f"ended with {code}; starts again in {program.pause:.0f} s")
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), program.pause)

    async def _run_once(self, program: Program) -> int:
        program.process = await asyncio.create_subprocess_exec(
            *program.command,
            env=self.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            limit=LONGEST_LINE,
        )
        try:
            reading = asyncio.create_task(self._print_lines(program, program.process))
            await self._death_of(program.process)
            program.kill()
            await reading
            return await program.process.wait()
        finally:
            program.process = None

    @staticmethod
    async def _death_of(process: asyncio.subprocess.Process) -> None:
        """asyncio's own wait ends only when our pipe is closed, which the children of a killed worker hold open."""
        while process.returncode is None:
            await asyncio.sleep(0.1)

    @staticmethod
    async def _print_lines(program: Program, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None  # noqa: S101 - asked for above
        async for line in process.stdout:
            program.print(line.decode(errors="replace").rstrip())
