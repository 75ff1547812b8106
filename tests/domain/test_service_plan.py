"""The services of a round and the words for when each is open."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from webapp.demo import rounds as demo
from webapp.domain.service_plan import SERVICES, Window, day_in_thailand

OPENS, CLOSES = date(2022, 4, 1), date(2022, 7, 15)
BOTH = Window("recording", OPENS, CLOSES)


class TestThePlan:
    def test_has_the_letters_seventeen_services_in_its_order(self) -> None:
        letter = [one["service"] for one in demo.windows(date(2026, 11, 23))]
        assert list(SERVICES) == letter
        assert len(letter) == 17


class TestAWindow:
    def test_includes_its_first_and_its_last_day(self) -> None:
        days = [date(2022, 3, 31), OPENS, CLOSES, date(2022, 7, 16)]
        assert [BOTH.is_open(day) for day in days] == [False, True, True, False]

    def test_without_a_day_is_not_limited_on_that_side(self) -> None:
        assert Window("x", OPENS, None).is_open(date(2999, 1, 1))
        assert Window("x", None, CLOSES).is_open(date(2000, 1, 1))

    def test_that_was_never_planned_is_closed(self) -> None:
        assert not Window("x", is_planned=False).is_open(OPENS)

    @pytest.mark.parametrize(
        ("window", "today", "words"),
        [
            (BOTH, date(2022, 3, 1), "ยังไม่เปิด จะเปิดตั้งแต่ 1 เม.ย. 2565"),
            (BOTH, date(2022, 5, 1), "เปิดตั้งแต่ 1 เม.ย. 2565 ถึง 15 ก.ค. 2565"),
            (BOTH, date(2022, 8, 1), "ปิดเมื่อ 15 ก.ค. 2565"),
            (Window("x", OPENS), date(2022, 5, 1), "เปิดตั้งแต่ 1 เม.ย. 2565 เป็นต้นไป"),
            (Window("x", None, CLOSES), date(2022, 5, 1), "เปิดถึง 15 ก.ค. 2565"),
            (Window("x", is_planned=False), date(2022, 5, 1), "ยังไม่ได้กำหนดวันเปิด"),
        ],
    )
    def test_says_since_when_or_until_when(self, window: Window, today: date, words: str) -> None:
        assert window.words_th(today) == words


class TestTheDay:
    def test_is_thailands_not_greenwichs(self) -> None:
        assert day_in_thailand(datetime(2022, 7, 15, 18, tzinfo=UTC)) == date(2022, 7, 16)
