"""A boundary that is put right after the visits: positions, grades, counts and findings follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import books, visits, world
from tests.fixtures.lists import layer, square
from tests.handset import Handset, Sealed
from webapp.models.interview import Interview

AWAY, HERE = square(101.0, 16.0), square(102.65, 17.8)
"""Where nobody lives, and round the village: tenths of a degree."""


def boundary(app: Flask, folder: Path, shape: dict[str, Any]) -> str:
    """The subdistrict's boundary is this one; what the command said."""
    path = layer(folder / "l.geojson", {"430101": shape})
    done = app.test_cli_runner().invoke(args=["areas", "import", str(path)])
    assert done.exit_code == 0, done.output
    return done.output


def shown(register: Session, one: Sealed) -> tuple[bool | None, str]:
    register.rollback()
    found = register.get_one(Interview, one.interview, populate_existing=True)
    assert books.kept_counts(register) == books.recounted(register)
    return found.position_inside, found.evidence_grade


def test_what_lay_inside_lies_outside_and_back(
    app: Flask, mali: Handset, the_world: Session, tmp_path: Path
) -> None:
    one = visits.with_evidence(app, mali)
    the_world.execute(text("delete from follow_ups"))
    the_world.commit()
    assert shown(the_world, one) == (True, "good")
    assert "1 หลัง" in boundary(app, tmp_path, AWAY)
    assert shown(the_world, one) == (False, "weak")
    waits = "select count(*) from follow_ups where interview_id = :one"
    assert the_world.scalar(text(waits), {"one": one.interview}) == 1
    assert world.counts(the_world, world.NAM_SAI)["evidence_weak"] == 1
    assert "1 หลัง" in boundary(app, tmp_path, HERE)
    assert shown(the_world, one) == (True, "good")


def test_a_boundary_that_changes_nothing_moves_nothing(
    app: Flask, mali: Handset, the_world: Session, tmp_path: Path
) -> None:
    one = visits.with_evidence(app, mali)
    assert "0 หลัง" in boundary(app, tmp_path, HERE)
    assert shown(the_world, one) == (True, "good")
