"""Heavy or dangerous work in a process of its own, so that it can hurt nothing but that process.

The child limits itself before it sees the first byte: memory, processor time, no files to write, no core. The parent
limits the time on the clock. The order comes on standard input, the answer goes to standard output.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from amendments.errors import TooLarge

MEMORY = 512 * 1024 * 1024
"""Bytes of address space."""
CPU_SECONDS = 20
WALL_SECONDS = 30

_STOPPED = (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT)
"""How a child ends that came to its limits; Rust aborts where it gets no memory."""

_ROOT = str(Path(__file__).resolve().parents[2])
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from {module} import main; main()"


def ask(module: str, order: bytes, seconds: float, too_slow: str) -> subprocess.CompletedProcess[bytes]:
    """What the `main` of a module of ours does with an order, in an empty folder and environment.

    A child that was stopped by its limits was given too much: TooLarge with the sentence `too_slow`.
    """
    with tempfile.TemporaryDirectory(prefix="amendments-") as folder:
        environment = {"HOME": folder, "TMPDIR": folder, "PATH": os.defpath, "LANG": "C.UTF-8"}
        command = [sys.executable, "-I", "-X", "utf8", "-c", _START.replace("{module}", module), _ROOT]
        try:
            # The command is fixed; what is worked on goes through the pipe.
            done = subprocess.run(  # noqa: S603
                command, input=order, capture_output=True, cwd=folder, env=environment, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise TooLarge(too_slow) from error
    if done.returncode in _STOPPED:
        raise TooLarge(too_slow)
    return done


def limit(memory: int = MEMORY, cpu_seconds: int = CPU_SECONDS) -> None:
    """The child's first act."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
