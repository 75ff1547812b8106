"""Envelopes are packed before they are sealed; those of an older app still open."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import replace

import pytest

from tests import handset
from tests.handset import Handset, Sealed


def sealed_as(phone: Handset, opened: bytes) -> Sealed:
    """A sound interview whose envelope holds these bytes instead."""
    one = phone.interview()
    about = f"jpt/1 interview {one.interview} {one.digest}"
    return replace(one, envelope=phone._sealed(about, opened))


class TestAnEnvelope:
    def test_of_an_older_app_opens(self, mali: Handset, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(handset, "packed", lambda plain: plain)
        assert mali.put(mali.interview()).status_code == 201

    def test_is_known_by_the_digest_of_what_was_packed(self, mali: Handset) -> None:
        one = mali.interview()
        plain = json.dumps(one.document, ensure_ascii=False).encode()
        assert hashlib.sha256(plain).hexdigest() == one.digest
        assert len(one.envelope) < len(plain)
        assert mali.put(one).status_code == 201

    @pytest.mark.parametrize(
        "opened",
        [
            b"\1",
            b"\1not packed at all",
            b"\1" + zlib.compress(b"{}")[:-3],
            b"\1" + zlib.compress(b" " * 2**26),
        ],
        ids=["empty", "not packed", "cut off", "sixty-four megabytes"],
    )
    def test_that_cannot_be_unpacked_is_refused(self, mali: Handset, opened: bytes) -> None:
        answer = mali.put(sealed_as(mali, opened))
        assert answer.get_json()["code"] == "unreadable"

    def test_of_another_interview_is_refused(self, mali: Handset) -> None:
        answer = mali.put(sealed_as(mali, handset.packed(b"{}")))
        assert answer.get_json()["code"] == "hash-mismatch"
