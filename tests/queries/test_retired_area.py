"""A subdistrict that the registry of areas no longer has, with households of this round in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from tests import world
from tests.services.test_reckoning import reckon
from webapp import db
from webapp.domain.actors import Actor, Role
from webapp.models.area import Area
from webapp.queries import progress, quality, readiness

RETIRED = world.DON[:6]
INSPECTOR = Actor(world.NIDA, Role.INSPECTOR, "นิดา", "nida", areas=("TH.43.4301.",))
PROVINCE = Actor(world.VIEWER, Role.VIEWER, "วิชัย", "wichai", areas=("TH.43.",))


@pytest.fixture(autouse=True)
def retired(the_world: Session) -> Iterator[None]:
    """Chai's household is in it; the areas stay from test to test, so it is there again after."""
    _set(the_world, RETIRED, is_active=False)
    yield
    _set(the_world, RETIRED, is_active=True)


def _set(session: Session, code: str, *, is_active: bool) -> None:
    session.rollback()
    session.execute(update(Area).where(Area.code == code).values(is_active=is_active))
    session.commit()


class TestARetiredSubdistrict:
    def test_is_counted_in_its_district_as_in_the_province(self, session: Session) -> None:
        db.enter(session, INSPECTOR.scope())
        inside = progress.sheet(session, INSPECTOR, "4301")
        db.enter(session, PROVINCE.scope())
        [line] = [
            one for one in progress.sheet(session, PROVINCE, "43").lines if one.code == "4301"
        ]
        assert RETIRED in {one.code for one in inside.lines}
        assert inside.total.figures == line.figures

    def test_is_shown_with_its_quality_and_with_what_blocks_it(self, session: Session) -> None:
        reckon()
        db.enter(session, INSPECTOR.scope())
        sheet = quality.sheet(session, INSPECTOR, "4301")
        assert {one.code: one.villages for one in sheet.rows} == {world.NAM_SAI[:6]: 1, RETIRED: 1}
        assert RETIRED in {
            one.area.code for one in readiness.read(session, INSPECTOR, "4301").below
        }

    def test_is_gone_where_it_has_no_household(self, session: Session, the_world: Session) -> None:
        _set(the_world, "430201", is_active=False)
        try:
            the_world.execute(text("delete from village_progress where path ^@ 'TH.43.4302.'"))
            the_world.commit()
            db.enter(session, PROVINCE.scope())
            assert progress.sheet(session, PROVINCE, "4302").lines == []
        finally:
            _set(the_world, "430201", is_active=True)
