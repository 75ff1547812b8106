"""Counting villages afresh: nothing differs after deliveries; what does is told, and mended."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import books, visits, world
from tests.handset import Handset


@pytest.fixture
def visited(app: Flask, mali: Handset, the_world: Session) -> Flask:
    """A house with an interview and evidence, and three without."""
    visits.with_evidence(app, mali)
    return app


def recount(app: Flask, *given: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["households", "recount", *given])
    return answer.exit_code, answer.output


class TestJudgingAllVillagesAgain:
    def test_puts_right_what_stands_wrong(self, visited: Flask, register: Session) -> None:
        runner = visited.test_cli_runner()
        kept = text("select village_code, households, worst from village_quality order by 1")
        assert runner.invoke(args=["quality", "reckon"]).exit_code == 0
        right = register.execute(kept).all()
        register.execute(text("update village_quality set households = 99, worst = 0"))
        register.commit()
        assert runner.invoke(args=["quality", "reckon", "--all"]).exit_code == 0
        register.rollback()
        assert register.execute(kept).all() == right


class TestARecount:
    def test_finds_nothing_where_nothing_drifted(self, visited: Flask) -> None:
        code, said = recount(visited)
        assert (code, said) == (0, "นับใหม่ 3 หมู่บ้าน ไม่ตรงกับที่เก็บไว้ 0 หมู่บ้าน\n")

    def test_counts_who_is_known_to_fail_where_it_is_unknown_whom_else_it_is_about(
        self, app: Flask, mali: Handset, the_world: Session
    ) -> None:
        people = [{"id": "m1", "birth": "1980-05-17"}, {"id": "m2"}]
        said = {"6.4": {"who": {"m1": "not_checked"}}}
        assert mali.put(mali.interview(members=people, answers=said)).status_code == 201
        assert books.kept_counts(the_world)[world.NAM_SAI]["surveyed 6"] == 1
        assert recount(app)[0] == 0

    def test_tells_what_differs_and_leaves_it(self, visited: Flask, register: Session) -> None:
        register.execute(text("update village_progress set todo = todo + 3, failing[22] = 7"))
        register.commit()
        code, said = recount(visited)
        assert code == 1
        assert f"{world.NAM_SAI}: todo 4 → 1" in said
        assert "failing" in said
        assert books.kept_counts(register) != books.recounted(register)

    def test_mends_it_where_that_is_wanted(self, visited: Flask, register: Session) -> None:
        drifted = "update village_progress set people = 9, evidence_good = 0, surveyed = '{}'"
        register.execute(text(drifted))
        gone = text("delete from village_progress where village_code = :v")
        register.execute(gone, {"v": world.FAR})
        register.commit()
        assert recount(visited, "--mend")[0] == 0
        register.rollback()
        assert books.kept_counts(register) == books.recounted(register)
        assert recount(visited)[0] == 0
