"""Our copies of files: whole or not there, once each."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from services.copies import Copies


def test_equal_content_is_kept_once_by_its_hash(tmp_path: Path) -> None:
    copies = Copies(tmp_path / "files")
    sha256 = copies.put(b"lesson")
    assert sha256 == hashlib.sha256(b"lesson").hexdigest()
    assert copies.path_of(sha256) == tmp_path / "files" / sha256[:2] / sha256
    assert copies.put(b"lesson") == sha256
    kept = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert kept == [copies.path_of(sha256)]
    assert kept[0].read_bytes() == b"lesson"


def test_what_is_not_whole_yet_is_nowhere_to_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = Copies(tmp_path)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", dies)
    with pytest.raises(KeyboardInterrupt):
        copies.put(b"half a lesson")
    assert not copies.path_of(hashlib.sha256(b"half a lesson").hexdigest()).exists()


def test_leftovers_of_a_dead_process_are_swept_and_fresh_ones_left(tmp_path: Path) -> None:
    copies = Copies(tmp_path)
    assert copies.sweep(2) == 0  # nothing was ever written
    old, fresh = copies.unfinished(), copies.unfinished()
    old.write_bytes(b"old")
    fresh.write_bytes(b"fresh")
    os.utime(old, (1, 1))
    assert copies.sweep(2) == 1
    assert [old.exists(), fresh.exists()] == [False, True]
