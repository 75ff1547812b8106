"""The table of findings, likeness of photos, and what positions and times make somebody look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain import findings, likeness, positions
from webapp.domain.positions import Fix, Spot

ACCUSING = ("โกง", "ปลอม", "ทุจริต", "เท็จ", "fraud", "fake", "cheat", "forge", "lie ")
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
HOUSE = Spot(
    102.741234, 17.872345, 10.0, houses=20, nearest=40.0, middle=300.0, usual=280.0
)  # fmt: skip


def codes(spot: Spot) -> list[str]:
    return [one.code for one in positions.of_spot(spot)]


def fix(minutes: float = 0, *, device: str = "a", true: float | None = None) -> Fix:
    known = None if true is None else NOON + timedelta(minutes=true)
    return Fix("other", device, NOON + timedelta(minutes=minutes), known, 20.0)


class TestTheTableOfCodes:
    @pytest.mark.parametrize("code", findings.KINDS)
    def test_says_what_is_seen_and_what_else_explains_it_in_both_languages(self, code: str) -> None:
        kind = findings.KINDS[code]
        assert all(text.strip() for text in (*kind.words("th"), *kind.words("en")))
        assert kind.words("th") != kind.words("en")
        assert 1 <= kind.weight <= 100
        assert kind.source in findings.SOURCES

    @pytest.mark.parametrize("code", findings.KINDS)
    def test_accuses_nobody(self, code: str) -> None:
        told = " ".join(findings.KINDS[code].words("th") + findings.KINDS[code].words("en"))
        assert not [word for word in ACCUSING if word in told.lower()]

    def test_knows_no_other_code(self) -> None:
        with pytest.raises(KeyError):
            findings.found("made_up")


class TestTwoPhotos:
    @pytest.mark.parametrize(
        ("bits", "volunteer", "subdistrict"),
        [
            (0, "photo_same", "photo_same"),
            (3, "photo_same", "photo_same"),
            (4, "photo_similar", "photo_similar"),
            (6, "photo_similar", "photo_similar"),
            (7, "photo_similar", None),
            (8, "photo_similar", None),
            (9, None, None),
            (64, None, None),
        ],
    )
    def test_are_judged_more_strictly_where_more_are_compared(
        self, bits: int, volunteer: str | None, subdistrict: str | None
    ) -> None:
        assert likeness.code_of(bits, "volunteer") == volunteer
        assert likeness.code_of(bits, "subdistrict") == subdistrict

    @given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
    def test_are_equally_far_from_each_other_either_way(self, one: int, other: int) -> None:
        assert likeness.distance(one, other) == likeness.distance(other, one)
        assert likeness.distance(one, one) == 0
        assert likeness.distance(one, ~one) == 64

    def test_of_a_dark_picture_nothing_is_compared(self) -> None:
        assert not likeness.says_something(0)
        assert not likeness.says_something(11)
        assert likeness.says_something(12)


class TestAPositionAmongOthers:
    def test_of_an_ordinary_house_is_no_finding(self) -> None:
        assert codes(HOUSE) == []

    def test_with_exactly_the_coordinates_of_others_tells_each_of_them(self) -> None:
        told = positions.of_spot(replace(HOUSE, same=("x", "y"), on_spot=3))
        assert [(one.code, one.other) for one in told] == [
            ("position_same", "x"), ("position_same", "y")
        ]  # fmt: skip

    def test_of_many_households_is_told_from_four_on(self) -> None:
        assert codes(replace(HOUSE, on_spot=3)) == []
        assert codes(replace(HOUSE, on_spot=4)) == ["position_shared"]

    @pytest.mark.parametrize(
        ("changes", "point"),
        [
            ({"longitude": 0.0, "latitude": 0.0}, "zero"),
            ({"longitude": 0.0004, "latitude": -0.0003}, "zero"),
            ({"longitude": 101.0, "latitude": 13.5}, "start_view"),
            ({"longitude": 102.74, "latitude": 17.872}, "rounded"),
            ({"centres": {"province": 4.0}}, "province"),
            ({"centres": {"district": 29.0}}, "district"),
        ],
    )
    def test_that_no_house_has_is_a_default(self, changes: dict[str, float], point: str) -> None:
        told = positions.of_spot(replace(HOUSE, **changes))
        assert [(one.code, dict(one.detail)) for one in told] == [
            ("position_default", {"point": point})
        ]

    def test_beside_a_reference_point_is_none_of_it(self) -> None:
        assert codes(replace(HOUSE, centres={"village": 2.9})) == ["position_centroid"]
        assert codes(replace(HOUSE, centres={"village": 8.0, "province": 400.0})) == []


class TestAPositionFarFromTheVillage:
    FAR = replace(HOUSE, middle=9_000.0, nearest=8_400.0)

    def test_is_told_with_its_way_to_the_nearest_house(self) -> None:
        told = positions.of_spot(self.FAR)
        assert [(one.code, dict(one.detail)["metres"]) for one in told] == [("position_far", 8_400)]

    @pytest.mark.parametrize(
        "changes",
        [
            {"accuracy": 8_600.0},
            {"nearest": 200.0},
            {"middle": 1_100.0},
            {"houses": 4},
            {"usual": 2_500.0},
            {"houses": 0, "nearest": None, "middle": None, "usual": None},
        ],
        ids=["inaccurate", "second hamlet", "wide village", "few houses", "scattered", "first"],
    )
    def test_is_not_far_where_the_village_or_the_fix_allows_it(
        self, changes: dict[str, float]
    ) -> None:
        assert codes(replace(self.FAR, **changes)) == []

    def test_half_the_houses_may_lie_anywhere(self) -> None:
        assert positions.spread([100.0, 120.0, 90.0, 9_000.0]) == 110.0
        assert positions.spread([]) == 0.0


class TestTheTimeOfAFix:
    def test_belongs_to_the_interview_until_a_quarter_of_an_hour_beside_it(self) -> None:
        ended = NOON + timedelta(minutes=30)
        for minutes, old in ((-16, True), (-14, False), (10, False), (44, False), (46, True)):
            taken = NOON + timedelta(minutes=minutes)
            assert positions.is_old(taken, 2, NOON, ended) is old

    def test_that_the_phone_remembered_is_old(self) -> None:
        assert positions.is_old(NOON, 301, NOON, NOON)
        assert not positions.is_old(NOON, 300, NOON, NOON)

    def test_is_no_finding_where_nothing_is_known(self) -> None:
        assert positions.of_time(None, None, None, None) == []


class TestTheWayBetweenTwoInterviews:
    def test_that_nobody_can_travel_is_told_with_distance_and_time(self) -> None:
        told = positions.speed(fix(), fix(2), 10_000.0)
        assert told is not None
        assert told.other == "other"
        assert dict(told.detail) == {"metres": 10_000, "seconds": 120, "kmh": 299}

    def test_at_a_motorcycles_speed_is_none(self) -> None:
        assert positions.speed(fix(), fix(6), 10_000.0) is None

    def test_within_a_cluster_of_houses_is_none_even_in_no_time(self) -> None:
        assert positions.speed(fix(), fix(0), 530.0) is None
        assert positions.speed(fix(), fix(0), 545.0) is not None

    def test_counts_the_longest_time_that_a_clock_allows(self) -> None:
        """The phone's clock was put back; the register's time says that an hour went by."""
        assert positions.speed(fix(true=0), fix(1, true=60), 10_000.0) is None
        assert positions.speed(fix(true=0), fix(60, true=1), 10_000.0) is None
        assert positions.speed(fix(true=0), fix(1, true=1), 10_000.0) is not None

    def test_of_two_phones_is_judged_by_the_registers_time_only(self) -> None:
        assert positions.speed(fix(), fix(1, device="b"), 10_000.0) is None
        assert positions.speed(fix(true=0), fix(300, device="b", true=1), 10_000.0) is not None
