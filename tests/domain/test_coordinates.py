"""Coordinates as people type them, and what is wrong with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain import coordinates
from webapp.domain.coordinates import Box, CoordinateProblem, Point

NONG_KHAI = Box(102.055, 17.604, 103.405, 18.305, "จังหวัดหนองคาย").grown()
MEANT = Point(17.878, 102.745)
WRONG = {
    "zero": [(0, 0)],
    "default_map_centre": [(13.72707, 100.53409)],
    "utm_metres": [(261066, 1978132), (1978132, 261066), (896958, 1980675)],
    "swapped": [(102.745, 17.878)],
    "lost_decimal_point": [(17.878, 102745), (17878, 102.745), (17.878, 1.02745e18)],
    "digit_wrong": [(17.878, 100.745), (17.878, 112.745), (10.878, 102.745)],
    "out_of_area": [(13.68271, 100.61717), (21.6258, 103.42376), (-17.9, 12.0)],
}
CASES = [(kind, *pair) for kind, pairs in WRONG.items() for pair in pairs]


def problem_of(latitude: float, longitude: float, *, repeated: bool = False) -> str | None:
    found = coordinates.problem_of(Point(latitude, longitude), NONG_KHAI, repeated=repeated)
    return found.kind if found else None


class TestAPoint:
    def test_inside_the_province_is_believed(self) -> None:
        assert problem_of(MEANT.latitude, MEANT.longitude) is None

    def test_a_little_outside_the_simplified_boundary_is_believed(self) -> None:
        assert problem_of(17.53, 102.745) is None
        assert problem_of(17.49, 102.745) == "out_of_area"

    @pytest.mark.parametrize(("kind", "latitude", "longitude"), CASES)
    def test_that_is_wrong_is_known_by_its_kind(
        self, kind: str, latitude: float, longitude: float
    ) -> None:
        assert problem_of(latitude, longitude) == kind

    def test_that_many_rows_share_is_a_map_nobody_moved(self) -> None:
        assert problem_of(14.5, 100.9, repeated=True) == "default_map_centre"
        assert problem_of(MEANT.latitude, MEANT.longitude, repeated=True) is None

    def test_slipped_by_one_step_comes_with_what_was_probably_meant(self) -> None:
        for latitude, longitude in [(261066, 1978132), (102.745, 17.878), (17.878, 102745)]:
            found = coordinates.problem_of(Point(latitude, longitude), NONG_KHAI)
            assert found is not None
            assert "17.878" in found.message_th

    @given(st.floats(allow_nan=False, allow_infinity=False), st.floats(-1e9, 1e9))
    def test_of_any_numbers_is_either_believed_or_named(self, one: float, other: float) -> None:
        assert problem_of(one, other) in (None, *coordinates.KINDS)


class TestTypedValues:
    @pytest.mark.parametrize(
        ("latitude", "longitude", "kind"),
        [
            ("17.878", "", "one_missing"),
            ("สิบเจ็ด", "102.7", "not_a_number"),
            ("nan", "102.7", "not_a_number"),
            ("17.878", "inf", "not_a_number"),
        ],
    )
    def test_that_are_no_point_are_named(self, latitude: str, longitude: str, kind: str) -> None:
        found = coordinates.read(latitude, longitude)
        assert isinstance(found, CoordinateProblem)
        assert found.kind == kind

    def test_may_be_in_thai_digits(self) -> None:
        assert coordinates.read("๑๗.๘๗๘", " 102.745 ") == MEANT

    def test_that_are_empty_are_no_problem(self) -> None:
        assert coordinates.read("", " ") is None


class TestUtmMetres:
    @pytest.mark.parametrize(
        ("easting", "northing", "zone"), [(261066, 1978132, 48), (896958, 1980675, 47)]
    )
    def test_of_both_zones_are_the_same_place(
        self, easting: float, northing: float, zone: int
    ) -> None:
        found = coordinates.from_utm(easting, northing, zone)
        assert found.latitude == pytest.approx(17.878, abs=1e-5)
        assert found.longitude == pytest.approx(102.745, abs=1e-5)
