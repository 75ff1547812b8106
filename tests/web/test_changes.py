"""What a phone is told has changed: also of households given to its volunteer one by one."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, text, update
from sqlalchemy.orm import Session

from tests import world
from tests.handset import Handset
from webapp.models.household import Assignment, Household


def asked(phone: Handset, after: str = "") -> dict[str, Any]:
    """The next page of changes."""
    answer = phone.client.get("/api/v1/changes", query_string={"after": after} if after else {})
    found: dict[str, Any] = answer.get_json()
    return found


def told_since(phone: Handset, cursor: str = "") -> dict[str, Any]:
    """The first page that tells of a household: what is told waits for every older transaction."""
    for _ in range(200):
        page = asked(phone, cursor)
        if page["households"]:
            return page
        time.sleep(0.1)
    raise AssertionError("nothing was told")


def give(app: Flask, register: Session, volunteer: UUID, household: UUID) -> None:
    """One household of Ban Don."""
    register.add(
        Assignment(
            round_id=world.ROUND,
            account_id=volunteer,
            village_code=world.DON,
            household_id=household,
            path=world.PATHS[world.DON],
        )
    )
    register.commit()
    app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own interface


class TestAHouseholdGivenByItself:
    def test_is_told_though_nothing_in_it_changed(
        self, app: Flask, mali: Handset, the_world: Session
    ) -> None:
        before = told_since(mali)
        assert len(before["households"]) == 2
        give(app, the_world, world.MALI, world.CHAIS_HOUSE)
        told = told_since(mali, before["cursor"])
        assert [one["id"] for one in told["households"]] == [str(world.CHAIS_HOUSE)]
        assert told["alone"] == [str(world.CHAIS_HOUSE)]
        assert {one["code"]: one["whole"] for one in told["villages"]} == {
            world.NAM_SAI: True,
            world.DON: False,
        }

    def test_is_no_longer_named_once_it_is_taken_away(
        self, app: Flask, mali: Handset, the_world: Session
    ) -> None:
        give(app, the_world, world.MALI, world.CHAIS_HOUSE)
        ended = update(Assignment).where(Assignment.household_id == world.CHAIS_HOUSE)
        the_world.execute(ended.values(ended_at="2026-01-01T00:00:00Z"))
        the_world.commit()
        app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own interface
        assert asked(mali)["alone"] == []


class TestAListKeptBack:
    def test_says_so_while_an_older_change_is_under_way(
        self, mali: Handset, the_world: Session, loader_engine: Engine
    ) -> None:
        told_since(mali)
        with loader_engine.connect() as older:
            older.execute(text("select pg_current_xact_id()"))
            the_world.execute(update(Household).values(head_name="คนใหม่"))
            the_world.commit()
            assert asked(mali)["settled"] is False


class TestTheProgramsWindow:
    def test_over_gives_no_work_but_takes_what_is_finished(
        self, mali: Handset, the_world: Session
    ) -> None:
        sealed = mali.interview()
        the_world.execute(
            text(
                "update service_windows set opens_on = '2020-01-01', closes_on = '2020-01-02' "
                "where service = 'program'"
            )
        )
        the_world.commit()
        refused = mali.client.get("/api/v1/changes?after=0")
        assert (refused.status_code, refused.get_json()["code"]) == (403, "service-closed")
        assert "2563" in refused.get_json()["detail"]
        assert mali.put(sealed).status_code in (201, 202)
