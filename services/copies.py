"""Our own copies of the files people send, in a folder, by the hash of their content: equal files are kept once."""

from __future__ import annotations

import hashlib
import os
import uuid
from pathlib import Path

_BLOCK = 1024 * 1024
_UNFINISHED = "unfinished"


class Copies:
    """The folder `FILES_DIR`: `ab/abcdef…` holds the bytes whose SHA-256 is abcdef….

    A copy is written beside its place and moved there when it is whole and on the disk, so that whoever reads sees all of it or
    nothing, whenever the process dies. The methods block: call them from a thread where it matters.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path_of(self, sha256: str) -> Path:
        """Where the copy with this hash is, if it is there."""
        return self._folder / sha256[:2] / sha256

    def unfinished(self) -> Path:
        """A new name to write a copy under until it is whole."""
        folder = self._folder / _UNFINISHED
        folder.mkdir(parents=True, exist_ok=True)
        return folder / uuid.uuid4().hex

    def take_in(self, written: Path) -> str:
        """Move a whole file, written under a name of `unfinished`, to its place. Gives its hash."""
        with written.open("rb+") as file:
            digest = hashlib.sha256()
            while block := file.read(_BLOCK):
                digest.update(block)
            os.fsync(file.fileno())
        sha256 = digest.hexdigest()
        place = self.path_of(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        written.replace(place)
        _fsync_folder(place.parent)
        return sha256

    def put(self, data: bytes) -> str:
        """Keep these bytes. Gives their hash."""
        written = self.unfinished()
        written.write_bytes(data)
        return self.take_in(written)

    def remove(self, sha256: str) -> None:
        """Remove the copy with this hash, if it is there."""
        self.path_of(sha256).unlink(missing_ok=True)

    def sweep(self, before: float) -> int:
        """Remove what was left unfinished by a process that died: what was last written before this moment. Gives how many.

        The moment is in seconds since 1970 of the disk's clock, not of ours: files carry that one.
        """
        folder = self._folder / _UNFINISHED
        left = [path for path in folder.glob("*") if path.stat().st_mtime < before] if folder.is_dir() else []
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


def _fsync_folder(folder: Path) -> None:
    """Make the new name in the folder outlive a power cut; systems that cannot open folders do without."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
