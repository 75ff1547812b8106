"""The civil registration's totals come by list; an officer explains what differs from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import world
from tests.services.test_reckoning import OFFICER, reckon, village
from webapp.db import transaction
from webapp.domain.problems import Problem
from webapp.models.quality import RegisterTotal
from webapp.services import clearing, register_totals
from webapp.services.import_report import ImportReport

Take = Callable[[str], ImportReport]
HEAD = "รหัสหมู่บ้าน,จำนวนบ้าน,จำนวนประชากร\n"


@pytest.fixture
def take(the_world: Session, tmp_path: Path) -> Take:
    """A list is taken as the command does."""

    def _take(rows: str) -> ImportReport:
        path = tmp_path / "totals.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        report = register_totals.take(the_world, path, world.ROUND, "ทร. ทดสอบ")
        the_world.commit()
        return report

    return _take


class TestAList:
    def test_gives_each_village_its_totals_and_again_changes_them(
        self, take: Take, register: Session
    ) -> None:
        assert take(f'{world.NAM_SAI},๒,"1,007"\n').added == 1
        assert take(f"{world.NAM_SAI},3,9\n").changed == 1
        register.expire_all()
        found = register.scalars(select(RegisterTotal)).one()
        assert (found.houses, found.people, found.source) == (3, 9, "ทร. ทดสอบ")

    @pytest.mark.parametrize(
        "row",
        ["99999999,1,2", f"{world.DON},x,2", f"{world.DON},1,-2", f"{world.DON},{'9' * 5_000},2"],
    )
    def test_with_one_wrong_row_changes_nothing(
        self, take: Take, register: Session, row: str
    ) -> None:
        report = take(f"{world.NAM_SAI},2,7\n{row}\n")
        assert [line.row for line in report.errors] == [3]
        assert register.scalars(select(RegisterTotal)).all() == []

    def test_names_no_village_twice(self, take: Take) -> None:
        report = take(f"{world.NAM_SAI},2,7\n{world.NAM_SAI},2,8\n")
        assert [line.kind for line in report.errors] == ["twice"]


class TestADifference:
    def test_blocks_until_it_is_explained_for_its_figure(
        self, take: Take, register: Session
    ) -> None:
        take(f"{world.NAM_SAI},2,10\n")
        reckon()
        assert village(register).blockers["register_people"] == 1
        with transaction(OFFICER) as session:
            clearing.explain(session, OFFICER, world.NAM_SAI, "population", "ไปทำงานต่างจังหวัด")
        reckon()
        assert "register_people" not in village(register).blockers

    def test_of_another_area_is_not_explained(self, take: Take) -> None:
        with pytest.raises(Problem, match="not-found"), transaction(OFFICER) as session:
            clearing.explain(session, OFFICER, "99010101", "population", "ไม่ใช่ของเรา")

    def test_is_not_explained_without_words(self, take: Take) -> None:
        with pytest.raises(Problem, match="reason"), transaction(OFFICER) as session:
            clearing.explain(session, OFFICER, world.NAM_SAI, "population", " ")
