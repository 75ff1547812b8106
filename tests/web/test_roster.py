"""Who was a member last year and is no more: kept with the interview, looked at, never refused."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.handset import Handset


class TestWhoLeft:
    @pytest.mark.parametrize(
        ("roster", "codes"),
        [
            ([{"member": "m1", "name": "ก"}], []),
            ([{"member": "m9", "name": "ข", "left": "died"}], []),
            ([{"member": "m9", "name": "ข"}], ["member_unexplained"]),
            ([7, {"member": None, "left": "x"}], []),
            ("not a list", []),
        ],
    )
    def test_stays_with_the_interview_and_refuses_none(
        self, mali: Handset, the_world: Session, roster: Any, codes: list[str]
    ) -> None:
        answer = mali.put(mali.interview(roster=roster))
        assert (answer.status_code, answer.get_json()["level"]) == (201, "complete")
        kept, found = the_world.execute(text("select answers, findings from revisions")).one()
        assert kept["roster"] == roster
        told = [one["code"] for one in found if one["code"] == "member_unexplained"]
        assert told == codes
