"""A real file system of a few hundred kilobytes, in memory; only the superuser of a Linux may make one."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

KB = 1024


class SmallDisk:
    """Mounted at ``folder``; :meth:`leave` fills it up, :meth:`make_room` empties it again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def leave(self, free: int) -> None:
        """Fill it until only so many bytes are free."""
        with self._filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4 * KB))
            except OSError:
                file.truncate(max(0, file.tell() - free))

    def make_room(self) -> None:
        self._filler.unlink()


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[SmallDisk]:
    """Skips the test, with the reason, where none can be mounted."""
    folder.mkdir()
    if not sys.platform.startswith("linux"):
        pytest.skip("a small disk in memory needs Linux")
    command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "delink-test", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
