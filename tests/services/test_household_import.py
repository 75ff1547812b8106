"""Lists of households to visit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.fixtures.lists import kinds, taker
from webapp.models.household import Household
from webapp.models.progress import VillageProgress
from webapp.models.survey_round import Round
from webapp.services import household_import, village_import
from webapp.services.import_report import ImportReport

HEADING = "รหัสหมู่บ้าน,บ้านเลขที่,รหัสประจำบ้าน,ชื่อหัวหน้าครัวเรือน,จำนวนคน\n"
LIST = HEADING + (
    "43010801,๑๒/๓,9901-000001-1,นายสมมุติ ทดลอง,4\n"
    "43010801,13,,นางตัวอย่าง ทดลอง,2\n"
    "43010801,,,นายไม่มี เลขที่,\n"
)

TakeHouseholds = Callable[[str], ImportReport]


@pytest.fixture
def take(register: Session, tmp_path: Path) -> TakeHouseholds:
    """Import a text as the household list of the round 2569, in a province of one village."""
    area_list = taker(register, tmp_path, village_import.take)
    area_list("village_code,name_th\n43010801,บ้านสมมุติ\n43010802,บ้านอื่น\n")
    register.add(Round(id="2569", name_th="ก", questionnaire_id="bmn-31", is_current=True))
    register.flush()

    def taken(text: str) -> ImportReport:
        path = tmp_path / "households.csv"
        path.write_text(text)
        return household_import.take(register, path, "2569")

    return taken


def households(session: Session) -> list[Household]:
    session.expire_all()
    return list(session.scalars(select(Household).order_by(Household.house_number)))


def todo(session: Session) -> int | None:
    session.expire_all()
    return session.scalar(select(VillageProgress.todo))


class TestAHouseholdList:
    def test_enters_whole(self, take: TakeHouseholds, register: Session) -> None:
        report = take(LIST)
        first, second, third = households(register)
        assert (report.errors, report.added) == ([], 3)
        assert (first.house_number, first.house_code) == ("12/3", "99010000011")
        assert (second.head_name, second.people_registered) == ("นางตัวอย่าง ทดลอง", 2)
        assert (third.house_number, third.people_registered) == ("ไม่มีเลขที่", None)
        assert first.path == "TH.43.4301.430108.43010801."
        assert (first.state, first.origin) == ("todo", "list")

    def test_raises_the_villages_count_of_households_to_visit(
        self, take: TakeHouseholds, register: Session
    ) -> None:
        take(LIST)
        assert todo(register) == 3

    def test_taken_twice_adds_none(self, take: TakeHouseholds, register: Session) -> None:
        take(LIST)
        again = take(LIST)
        assert (again.added, again.changed) == (0, 0)
        assert (len(households(register)), todo(register)) == (3, 3)

    def test_finds_a_household_again_by_its_house_code(
        self, take: TakeHouseholds, register: Session
    ) -> None:
        take(LIST)
        again = take(LIST.replace("๑๒/๓", "12/4").replace("นายสมมุติ ทดลอง", "นางใหม่ ทดลอง"))
        assert (again.added, again.changed) == (0, 1)
        assert households(register)[0].head_name == "นางใหม่ ทดลอง"

    def test_that_brings_a_missing_house_code_adds_none(
        self, take: TakeHouseholds, register: Session
    ) -> None:
        take(LIST)
        again = take(LIST.replace("13,,", "13,99010000022,"))
        assert (again.added, again.changed) == (0, 1)

    def test_keeps_the_state_of_a_household_and_those_it_no_longer_names(
        self, take: TakeHouseholds, register: Session
    ) -> None:
        take(LIST)
        register.execute(update(Household).values(state="received"))
        again = take(HEADING + "43010801,13,,นางตัวอย่าง ทดลอง,5\n")
        assert {one.state for one in households(register)} == {"received"}
        assert (again.changed, len(households(register))) == (1, 3)
        assert "2 ครัวเรือน" in again.notes[0].written()

    def test_takes_two_households_of_one_house_apart_by_name(
        self, take: TakeHouseholds, register: Session
    ) -> None:
        shared = HEADING + "43010801,9,99010000033,นายก,1\n43010801,9,99010000033,นายข,1\n"
        report = take(shared)
        assert (report.added, kinds(report.warnings)) == (2, ["shared_house"])
        assert (take(shared).added, len(households(register))) == (0, 2)


class TestAListWithAMistake:
    @pytest.mark.parametrize(
        ("row", "kind"),
        [
            ("43019999,1,,ก,1", "village"),
            ("430108,1,,ก,1", "village"),
            ("43010801,,,,1", "empty"),
            ("43010801,1,123,ก,1", "house_code"),
            ("43010801,1,,ก,สี่", "people"),
            ("43010801,1,,ก,1000", "people"),
            (f"43010801,1,,ก,{'9' * 5_000}", "people"),
            ("43010801,13,,นางตัวอย่าง ทดลอง,2", "duplicate"),
        ],
    )
    def test_is_refused_as_a_whole(
        self, take: TakeHouseholds, register: Session, row: str, kind: str
    ) -> None:
        report = take(LIST + row + "\n")
        assert kinds(report.errors) == [kind]
        assert report.errors[0].row == 5
        assert households(register) == []
        assert todo(register) is None
