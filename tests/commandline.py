"""How tests run the command line: inside this process, or as a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from hrba.cli.app import main

_LEFT_OUT = ("COLUMNS", "FORCE_COLOR", "HRBA_FRAMEWORKS", "HRBA_OS_RELEASE", "NO_COLOR", "TTY_COMPATIBLE")


@dataclass(frozen=True)
class Outcome:
    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode()


def environment(**changes: str) -> dict[str, str]:
    """The environment without what would change the output."""
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {**kept, "TERM": "xterm-256color", **changes}


def run(*args: str | Path, stdin: bytes = b"", **env: str) -> Outcome:
    """`hrba ARGS` inside this process. A traceback is shown for a bug of hrba's and for nothing else."""
    streams = [io.TextIOWrapper(io.BytesIO(text), encoding="utf-8") for text in (stdin, b"", b"")]
    code: object = 0
    with (
        patch.object(sys, "argv", ["hrba", *map(str, args)]),
        patch.multiple(sys, stdin=streams[0], stdout=streams[1], stderr=streams[2]),
        patch.dict(os.environ, environment(**env), clear=True),
    ):
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
    raw, err = (stream.detach().getvalue() for stream in streams[1:])
    assert isinstance(code, int)
    assert (b"Traceback" in err) == (code == 70), err.decode()
    return Outcome(code, raw, err.decode())


def process(*args: str | Path, cwd: Path | None = None, stdin: bytes = b"", **env: str) -> Outcome:
    """`python -m hrba ARGS` as a process of its own."""
    ended = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-m", "hrba", *map(str, args)],
        check=False,
        capture_output=True,
        cwd=cwd,
        input=stdin,
        env=environment(**env),
    )
    return Outcome(ended.returncode, ended.stdout, ended.stderr.decode())
