"""Writing: the old file or the new one, never half of either, and no litter."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from hrba import files
from hrba.problems import CannotDo


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_bytes_and_nothing_stands_beside_it(tmp_path: Path) -> None:
    files.write(tmp_path / "a.yaml", "中\r\n".encode())
    assert (tmp_path / "a.yaml").read_bytes() == b"\xe4\xb8\xad\r\n"
    assert names(tmp_path) == ["a.yaml"]


@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_gets_the_mode_that_the_umask_gives(umask: int, expected: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        files.write(tmp_path / "a", b"x")
        after = os.umask(umask)
    finally:
        os.umask(before)
    assert mode(tmp_path / "a") == expected
    assert after == umask


@pytest.mark.parametrize("kept", [0o600, 0o640, 0o755])
def test_a_file_that_is_there_keeps_its_mode(kept: int, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(kept)
    files.write(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", kept)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "a", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    files.write(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        files.write(path, b"through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert path.is_fifo()


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.chmod", "pathlib.Path.replace"])
def test_a_failure_leaves_the_old_file_and_no_temporary_one(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(step, full)
    with pytest.raises(CannotDo, match="No space left on device"):
        files.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_an_interruption_leaves_the_old_file_and_no_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_a_reader_sees_the_old_bytes_until_the_new_ones_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    seen = []
    real = os.fsync

    def watched(handle: int) -> None:
        seen.append(path.read_bytes())
        real(handle)

    monkeypatch.setattr("os.fsync", watched)
    files.write(path, b"new")
    assert seen == [b"old"]
    assert path.read_bytes() == b"new"


def test_no_folder_no_file_as_folder_no_folder_as_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "missing" / "a", tmp_path / "file" / "a", tmp_path):
        with pytest.raises(CannotDo, match=f"cannot write {path}"):
            files.write(path, b"x")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_readonly_folder_cannot_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(CannotDo, match="Permission denied"):
            files.write(tmp_path / "a", b"x")
    finally:
        tmp_path.chmod(0o700)
    assert names(tmp_path) == []


def test_a_folder_that_the_system_calls_readonly_cannot_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    with pytest.raises(CannotDo, match="Permission denied"):
        files.write(tmp_path / "a", b"x")


def test_a_folder_is_made_with_those_above_it_and_may_be_there(tmp_path: Path) -> None:
    wanted = tmp_path / "a" / "b"
    assert files.folder(wanted) == wanted
    assert files.folder(wanted).is_dir()


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(CannotDo, match=f"cannot make the folder {path}"):
            files.folder(path)
