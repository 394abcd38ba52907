"""Writing files so that a reader finds the old one or the new one, never half of either."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hrba.problems import CannotDo


def write(path: Path, content: bytes, *, inputs: Iterable[str | Path] = ()) -> None:
    """Write a file whole, through a temporary one beside it. `CannotDo` where the folder or disk does not allow it.

    An existing file keeps its mode; a new one gets what the umask gives. A link stays a link: what it points to is
    written. A device or a pipe is written to as it is. A file among `inputs` is never overwritten.
    """
    try:
        with contextlib.suppress(FileNotFoundError):
            path.stat()  # tells of links that go round in a circle, which the calls below do not on every Python
        if path.is_file() and any(Path(one).is_file() and path.samefile(one) for one in inputs):
            raise CannotDo(f"{path} is one of the files that this is made from", "choose another name")
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        path = path.resolve()
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(mode)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise CannotDo(f"cannot write {path}: {error.strerror}") from error


def folder(path: Path) -> Path:
    """The folder, made where it is not there yet, those above it too. `CannotDo` where that is not allowed."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotDo(f"cannot make the folder {path}: {error.strerror}") from error
    return path


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
