"""The store's own housekeeping."""

from __future__ import annotations

import os
import time
from pathlib import Path

from webapp import files


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
