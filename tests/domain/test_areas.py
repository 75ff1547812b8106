"""Area codes and names."""

import pytest

from webapp.domain import areas
from webapp.domain.areas import AreaLevel


class TestACode:
    @pytest.mark.parametrize(
        ("code", "level"),
        [
            ("TH", AreaLevel.COUNTRY),
            ("43", AreaLevel.PROVINCE),
            ("4301", AreaLevel.DISTRICT),
            ("430101", AreaLevel.SUBDISTRICT),
            ("43010101", AreaLevel.VILLAGE),
            ("430101101", AreaLevel.VILLAGE),
            ("4301010", None),
            ("43010x", None),
            ("", None),
        ],
    )
    def test_tells_its_level_by_its_length(self, code: str, level: AreaLevel | None) -> None:
        assert areas.level_of(code) is level

    def test_names_every_area_above_it_in_its_path(self) -> None:
        assert areas.path_of("43") == "TH.43."
        assert areas.path_of("430101") == "TH.43.4301.430101."
        assert areas.village_path("430101", "43990001") == "TH.43.4301.430101.43990001."

    def test_has_the_next_area_above_it(self) -> None:
        assert [areas.parent_code(code) for code in ("430101", "4301", "43")] == [
            "4301",
            "43",
            "TH",
        ]

    def test_may_carry_the_country_in_front(self) -> None:
        assert areas.without_prefix(" TH430101 ") == "430101"
        assert areas.without_prefix("430101") == "430101"
        assert areas.without_prefix("TH") == "TH"

    def test_is_a_community_from_number_fifty(self) -> None:
        assert [areas.kind_of(moo) for moo in (1, 49, 50)] == ["village", "village", "community"]


class TestTwoNames:
    @pytest.mark.parametrize(
        ("one", "other"),
        [("ในเมือง", "ตำบลในเมือง"), ("บ้านเดื่อ", "เดื่อ"), ("โพธิ์ ตาก", "โพธิ์ตาก"), ("บ้าน", "บ้าน")],
    )
    def test_are_the_same_with_or_without_title_and_spaces(self, one: str, other: str) -> None:
        assert areas.same_name(one, other)

    def test_are_not_the_same_when_they_differ(self) -> None:
        assert not areas.same_name("สองห้อง", "โพนสว่าง")
