"""The registry of areas, and lists of local administrations."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.fixtures.lists import Take, forget_areas, kinds, taker
from webapp.models.area import Area
from webapp.services import area_import, local_administration_import

ADMINISTRATIONS = """lao_code,lao_type,lao_name,amphoe_code,tambon_code,coverage
,ทม.,หนองคาย,4301,430103,partial
,อบต.,มีชัย,4301,430103,partial
,อบต.,บ้านเดื่อ,4301,430108,full
,อบจ.,หนองคาย,4301,430108,full
"""


@pytest.fixture
def take(register: Session, tmp_path: Path) -> Take:
    return taker(register, tmp_path, local_administration_import.take)


@pytest.fixture
def country(register: Session) -> Session:
    """A register without any area yet."""
    forget_areas(register)
    return register


class TestTheRegistry:
    def test_of_one_province_has_its_nine_districts(self, country: Session) -> None:
        report = area_import.seed(country, "43")
        counts = dict(
            country.execute(select(Area.level, func.count()).group_by(Area.level)).all()  # type: ignore[arg-type]
        )
        assert counts == {"country": 1, "province": 1, "district": 9, "subdistrict": 62}
        assert report.added == 72

    def test_taken_twice_changes_nothing(self, country: Session) -> None:
        area_import.seed(country, "43")
        again = area_import.seed(country, "43")
        assert (again.added, again.changed) == (0, 0)

    def test_knows_which_edition_it_is(self, country: Session) -> None:
        area_import.seed(country, "43")
        area = country.get_one(Area, "430101")
        assert area.registry_version == area_import.REGISTRY
        assert (area.path, area.parent_code) == ("TH.43.4301.430101.", "4301")

    def test_keeps_an_area_it_no_longer_has_but_marks_it(self, country: Session) -> None:
        area_import.seed(country, "43")
        country.add(
            Area(
                code="4303", level="district", parent_code="43", path="TH.43.4303.", name_th="บึงกาฬ"
            )
        )
        country.flush()
        report = area_import.seed(country, "43")
        country.expire_all()
        assert country.get_one(Area, "4303").is_active is False
        assert "1 รหัส" in report.notes[0].written()

    def test_corrects_a_name(self, country: Session) -> None:
        area_import.seed(country, "43")
        country.execute(update(Area).where(Area.code == "430101").values(name_th="ผิด"))
        assert area_import.seed(country, "43").changed == 1


class TestAListOfAdministrations:
    def test_refuses_a_whole_claim_on_a_shared_subdistrict(self, take: Take) -> None:
        rows = ADMINISTRATIONS + ",ทต.,สอง,4301,430108,partial\n"
        assert kinds(take(rows).errors) == ["overlap"]

    def test_refuses_an_unknown_type_and_area(self, take: Take) -> None:
        heading = ADMINISTRATIONS.splitlines()[0] + "\n"
        report = take(heading + ",สภา,ก,4301,439999,full\n")
        assert kinds(report.errors) == ["type", "unknown_code"]
        assert kinds(take(f"{heading},ทต.,ก,,430108,full\n").errors) == ["district"]

    def test_names_the_subdistricts_left_without_one(self, take: Take) -> None:
        report = take(ADMINISTRATIONS)
        assert "60 ตำบล" in report.notes[0].written()
