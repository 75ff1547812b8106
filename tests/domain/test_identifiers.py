"""ID numbers and house codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain import identifiers

TWELVE = st.text("0123456789", min_size=12, max_size=12)


class TestAnIdNumber:
    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("1-2345-45678-78-1", None),
            ("๑-๒๓๔๕-๔๕๖๗๘-๗๘-๑", None),
            ("1990100000011", None),
            ("1990100000012", "checksum"),
            ("199010000001", "length"),
            ("199010000001X", "length"),
            ("", "length"),
            ("9990100000011", "first_digit"),
        ],
    )
    def test_is_judged_by_length_first_digit_and_check_digit(
        self, text: str, problem: str | None
    ) -> None:
        assert identifiers.thai_id_problem(text) == problem

    @given(TWELVE)
    def test_with_its_own_check_digit_is_right(self, twelve: str) -> None:
        number = twelve + identifiers.check_digit(twelve)
        assert identifiers.thai_id_problem(number) == ("first_digit" if twelve[0] == "9" else None)

    def test_of_a_person_without_registration_status_may_begin_with_nought(self) -> None:
        number = "012345678901"
        assert identifiers.thai_id_problem(number + identifiers.check_digit(number)) is None


class TestAHouseCode:
    def test_has_eleven_digits_dashes_aside(self) -> None:
        assert identifiers.house_code_problem("9901-000001-7") is None
        assert identifiers.house_code_problem("9901-000001") == "length"

    def test_is_written_as_the_house_book_writes_it(self) -> None:
        assert identifiers.written_house_code("99010000017") == "9901-000001-7"
