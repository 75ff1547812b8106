"""What the map's functions show, and to whom."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp import db
from webapp.domain.actors import Actor, Role
from webapp.domain.problems import Problem
from webapp.queries import map as maps

pytestmark = pytest.mark.usefixtures("environment")

AREAS = """
    insert into areas (code, level, parent_code, path, name_th) values
    ('TH', 'country', null, 'TH.', 'ประเทศไทย'),
    ('43', 'province', 'TH', 'TH.43.', 'หนองคาย'),
    ('4301', 'district', '43', 'TH.43.4301.', 'เมือง'),
    ('430101', 'subdistrict', '4301', 'TH.43.4301.430101.', 'ในเมือง'),
    ('430102', 'subdistrict', '4301', 'TH.43.4301.430102.', 'มีชัย'),
    ('43010101', 'village', '430101', 'TH.43.4301.430101.43010101.', 'บ้านหนึ่ง'),
    ('43010201', 'village', '430102', 'TH.43.4301.430102.43010201.', 'บ้านสอง')
    on conflict do nothing;
    insert into villages (code, subdistrict_code, moo, kind, point) values
    ('43010101', '430101', 1, 'village', 'SRID=4326;POINT(102.74 17.87)'),
    ('43010201', '430102', 1, 'village', 'SRID=4326;POINT(102.75 17.88)');
    insert into rounds (id, name_th, questionnaire_id, is_current) values ('2569', 'ปี', 'b', true);
    insert into village_progress (round_id, village_code, path, todo, received, evidence_good)
    select '2569', code, path, 2, 1, 1 from villages join areas using (code);
    insert into households (id, round_id, village_code, path, house_number, state,
        evidence_grade, point)
    select gen_random_uuid(), '2569', code, path, n::text,
        case n when 1 then 'received' else 'todo' end,
        case n when 1 then 'good' else 'none' end,
        case n when 1 then 'SRID=4326;POINT(102.745 17.875)'::geometry end
    from villages join areas using (code), generate_series(1, 3) n;
"""
EMPTY_VILLAGE = """
    insert into areas (code, level, parent_code, path, name_th)
    values ('43010102', 'village', '430101', 'TH.43.4301.430101.43010102.', 'บ้านใหม่');
    insert into villages (code, subdistrict_code, moo, kind, point)
    values ('43010102', '430101', 2, 'village', 'SRID=4326;POINT(102.741 17.871)');
"""
FIRST = "TH.43.4301.430101."


def inspector(*areas: str, role: Role = Role.INSPECTOR) -> Actor:
    return Actor(UUID(int=1), role, "ผู้ตรวจ", "inspector", areas=areas)


@pytest.fixture
def villages(register: Session) -> None:
    """Two villages in two subdistricts, three households each, one of them interviewed."""
    register.execute(text(AREAS))
    register.commit()


def tile_of(session: Session, z: int, actor: Actor, filters: maps.Filters) -> bytes:
    db.enter(session, actor.scope())
    x, y = session.execute(
        text(
            "select floor((102.745 + 180) / 360 * 2 ^ cast(:z as int))::int, "
            "floor((1 - ln(tan(radians(17.875)) + 1 / cos(radians(17.875))) / pi()) / 2 "
            "* 2 ^ cast(:z as int))::int"
        ),
        {"z": z},
    ).one()
    return maps.tile(session, actor, z, x, y, filters)


@pytest.mark.usefixtures("villages")
class TestATile:
    def test_shows_villages_with_counts_when_far(self, session: Session) -> None:
        body = tile_of(session, 10, inspector("TH.43."), maps.Filters())
        assert b"places" in body
        assert b"43010101" in body
        assert b"43010201" in body

    def test_shows_a_village_that_has_no_household_yet(
        self, session: Session, register: Session
    ) -> None:
        register.execute(text(EMPTY_VILLAGE))
        register.commit()
        everything, some = maps.Filters(), maps.Filters(state="todo")
        assert b"43010102" in tile_of(session, 10, inspector("TH.43."), everything)
        assert b"43010102" not in tile_of(session, 10, inspector("TH.43."), some)

    def test_counts_whole_districts_from_farther_away(self, session: Session) -> None:
        body = tile_of(session, 7, inspector("TH.43."), maps.Filters())
        assert b"4301" in body
        assert b"43010101" not in body

    def test_shows_households_when_near(self, session: Session) -> None:
        body = tile_of(session, 14, inspector("TH.43."), maps.Filters())
        assert b"households" in body
        assert b"received" in body

    def test_shows_nothing_of_another_area(self, session: Session) -> None:
        assert b"43010201" not in tile_of(session, 10, inspector(FIRST), maps.Filters())
        assert tile_of(session, 14, inspector("TH.44."), maps.Filters()) == b""

    @pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.VIEWER])
    def test_is_empty_for_who_does_not_review(self, session: Session, role: Role) -> None:
        for z in (5, 8, 10, 14):
            assert tile_of(session, z, inspector("TH.43.", role=role), maps.Filters()) == b""

    def test_keeps_to_the_filters(self, session: Session) -> None:
        actor = inspector("TH.43.")
        assert tile_of(session, 12, actor, maps.Filters(state="returned")) == b""
        assert tile_of(session, 8, actor, maps.Filters(grade="weak")) == b""
        assert tile_of(session, 8, actor, maps.Filters(state="todo", grade="good")) == b""
        assert tile_of(session, 12, actor, maps.Filters(volunteer=UUID(int=9))) == b""


@pytest.mark.usefixtures("villages")
class TestTheList:
    def test_gives_every_household_of_the_scope_once_page_by_page(self, session: Session) -> None:
        db.enter(session, inspector("TH.43.").scope())
        seen, after, more = [], None, True
        while more:
            rows, more = maps.households(session, maps.Filters(), after, page=2)
            seen += [(r["village_code"], r["house_number"]) for r in rows]
            after = maps.Place(rows[-1]["village_code"], rows[-1]["house_number"], rows[-1]["id"])
        assert seen == [(v, n) for v in ("43010101", "43010201") for n in "123"]

    def test_shows_nothing_of_another_area(self, session: Session) -> None:
        db.enter(session, inspector(FIRST).scope())
        rows, _ = maps.households(session, maps.Filters())
        assert {row["village_code"] for row in rows} == {"43010101"}

    def test_stands_a_household_without_position_at_its_village(self, session: Session) -> None:
        db.enter(session, inspector(FIRST).scope())
        rows, _ = maps.households(session, maps.Filters(state="todo"))
        assert [(r["is_placed"], r["longitude"]) for r in rows] == [(False, 102.74)] * 2


@pytest.mark.usefixtures("villages")
class TestTheListOfAnEmptyVillage:
    @pytest.fixture(autouse=True)
    def empty_village(self, villages: None, register: Session) -> None:
        register.execute(text(EMPTY_VILLAGE))
        register.commit()

    @pytest.mark.parametrize("page", [1, 2, 3, 4, 50])
    def test_has_one_line_between_its_neighbours(self, session: Session, page: int) -> None:
        db.enter(session, inspector("TH.43.").scope())
        seen, after, more = [], None, True
        while more:
            rows, more = maps.households(session, maps.Filters(), after, page=page)
            seen += [(r["village_code"], r["house_number"]) for r in rows]
            after = maps.Place(rows[-1]["village_code"], rows[-1]["house_number"], rows[-1]["id"])
        assert seen == [
            *(("43010101", n) for n in "123"),
            ("43010102", ""),
            *(("43010201", n) for n in "123"),
        ]

    def test_is_left_out_where_something_is_looked_for(self, session: Session) -> None:
        db.enter(session, inspector("TH.43.").scope())
        rows, _ = maps.households(session, maps.Filters(state="todo"))
        assert {row["village_code"] for row in rows} == {"43010101", "43010201"}


class TestTheLevelOfATile:
    @pytest.mark.parametrize(
        ("z", "paths", "level"),
        [
            (5, ["TH."], "province"),
            (5, ["TH.43."], "district"),
            (5, ["TH.43.4301."], "village"),
            (5, ["TH.43.4301.", "TH.44."], "district"),
            (8, ["TH."], "district"),
            (10, ["TH."], "village"),
            (12, ["TH."], "village"),
            (13, ["TH."], "village"),
            (14, ["TH."], None),
            (4, [], "province"),
        ],
    )
    def test_is_finer_than_what_is_looked_at(
        self, z: int, paths: list[str], level: str | None
    ) -> None:
        assert maps.level_at(z, paths) == level


@pytest.mark.usefixtures("villages")
class TestTheFilters:
    def test_count_what_the_rollups_count(self, session: Session) -> None:
        actor = inspector(FIRST)
        db.enter(session, actor.scope())
        found = maps.choices(session, actor, "430101")
        assert (found["counts"]["todo"], found["counts"]["evidence_good"]) == (2, 1)
        assert [area["code"] for area in found["areas"]] == ["43010101"]

    def test_know_no_area_outside_the_scope(self, session: Session) -> None:
        with pytest.raises(Problem, match="not-found"):
            maps.path_of(session, inspector(FIRST), "430102")
