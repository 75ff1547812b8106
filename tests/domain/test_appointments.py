"""Names of an appointment order, as people paste them."""

from __future__ import annotations

import pytest

from webapp.domain.appointments import Named, Unreadable, key_of, names_in


class TestALine:
    @pytest.mark.parametrize(
        ("written", "name", "number"),
        [
            ("นางมะลิ ตัวอย่างสุข", "นางมะลิ ตัวอย่างสุข", ""),
            ("๑. นางมะลิ  ตัวอย่างสุข ๑-๙๙๐๑-๐๐๐๐๐-๕๑-๑", "นางมะลิ ตัวอย่างสุข", "1990100000511"),
            ("12) น.ส.แก้ว ลองดู, 1990100000511", "น.ส.แก้ว ลองดู", "1990100000511"),
            ("1990100000511\tนาย สมชาย ใจดี", "นาย สมชาย ใจดี", "1990100000511"),
        ],
    )
    def test_gives_name_and_number(self, written: str, name: str, number: str) -> None:
        assert names_in(written) == [Named(name, number)]

    @pytest.mark.parametrize("wrong", ["1990100000511", "นายสมชาย 123", "ก", "นาย " + "ก" * 200])
    def test_that_names_nobody_says_which_it_is(self, wrong: str) -> None:
        with pytest.raises(Unreadable) as found:
            names_in(f"นางมะลิ ตัวอย่างสุข\n\n{wrong}")
        assert found.value.line == 3


class TestANameToMatchBy:
    @pytest.mark.parametrize(
        "written",
        ["นางมะลิ ตัวอย่างสุข", "นาง มะลิ  ตัวอย่างสุข", "น.ส. มะลิ ตัวอย่างสุข", "ว่าที่ ร.ต. มะลิ ตัวอย่างสุข"],
    )
    def test_has_no_title(self, written: str) -> None:
        assert key_of(written) == "มะลิ ตัวอย่างสุข"
