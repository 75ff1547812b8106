"""Days as people in Thailand write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain import thai_dates

JULY = date(2026, 7, 15)


class TestADay:
    @pytest.mark.parametrize(
        "written",
        ["15/7/2569", "15-07-2569", "15 ก.ค. 2569", "๑๕ กรกฎาคม ๒๕๖๙", "15กค2569", " 15.7.2026 ",
         "2026-07-15", "15 / 7 / 2569"],
    )  # fmt: skip
    def test_is_read_as_people_write_it(self, written: str) -> None:
        assert thai_dates.read(written) == JULY

    @pytest.mark.parametrize(
        "written", ["", "31/2/2569", "15/7/69", "15/7/1200", "กรกฎาคม", "15 กขค 2569", "0/1/2569"]
    )
    def test_that_is_none_is_refused(self, written: str) -> None:
        with pytest.raises(thai_dates.NoDay):
            thai_dates.read(written)

    @given(st.dates(date(1900, 1, 1), date(2140, 1, 1)))
    def test_reads_as_it_is_written(self, day: date) -> None:
        assert thai_dates.read(thai_dates.write(day)) == day
