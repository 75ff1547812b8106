"""The notice that people agree to when they register: a version's wording never changes."""

from __future__ import annotations

import hashlib

from webapp import wording
from webapp.domain.registration import NOTICE_VERSION

WORDINGS = {
    "volunteers-1": "7ccc1f3f95003abc022396428904baa766102b0b586041ab615f8f9ed672ce7a",
}
"""Each version ever shown, by the digest of its Thai wording; another wording is a new version."""


class TestTheNotice:
    def test_of_every_version_reads_as_it_was_agreed_to(self) -> None:
        assert NOTICE_VERSION in WORDINGS
        for version, digest in WORDINGS.items():
            text = wording.texts("th")[f"register.notice_{version.replace('-', '_')}"]
            assert hashlib.sha256(text.encode()).hexdigest() == digest, version

    def test_says_what_is_kept_why_who_sees_it_and_how_to_stop(self) -> None:
        text = wording.texts("th")[f"register.notice_{NOTICE_VERSION.replace('-', '_')}"]
        for said in ("เลขประจำตัวประชาชน", "ใช้เพื่อ", "ผู้ที่เห็น", "ลบ", "เลิกเป็นอาสาสมัคร"):
            assert said in text
