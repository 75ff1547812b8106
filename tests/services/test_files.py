"""The store's own housekeeping."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from webapp import files

KEY, DIGEST = b"k" * 32, b"d" * 32


class TestACopyForPeoplesEyes:
    def test_is_flushed_before_it_stands_under_its_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The register says at once that it is there; after a power cut nobody makes it again."""
        flushed: list[str] = []

        def flush(descriptor: int) -> None:
            flushed.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)

        monkeypatch.setattr(os, "fsync", flush)
        files.keep_copy(tmp_path, KEY, DIGEST, "small", b"a picture")
        assert files.read_copy(tmp_path, KEY, DIGEST, "small") == b"a picture"
        assert flushed[-2:] == [f"{DIGEST.hex()}.new", DIGEST.hex()[:2]]


class TestAnUploadThatWasKilled:
    def test_is_swept_away_after_a_day_and_not_before(self, tmp_path: Path) -> None:
        incoming = tmp_path / "incoming"
        incoming.mkdir()
        old, young = incoming / "old", incoming / "young"
        for one in (old, young):
            one.write_bytes(b"half a photo")
        yesterday = time.time() - 25 * 3600
        os.utime(old, (yesterday, yesterday))
        assert files.sweep(tmp_path, time.time()) == 1
        assert (old.exists(), young.exists()) == (False, True)

    def test_may_be_none_at_all(self, tmp_path: Path) -> None:
        assert files.sweep(tmp_path, time.time()) == 0
