"""Who was a member last year and is no more: kept with the interview, looked at, never refused."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from tests.handset import Handset, sign_in


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

    def test_is_seen_by_the_inspector_with_the_reason_or_that_none_was_given(
        self, mali: Handset, app: Flask, the_world: Session
    ) -> None:
        gone = [
            {"member": "m7", "name": "ปู่แก้ว", "left": "died"},
            {"member": "m8", "name": "น้าบัว"},
            {"member": "m9", "name": "ลุงดำ", "left": "<script>"},
            7,
        ]
        assert mali.put(mali.interview(roster=gone)).status_code == 201
        nida = app.test_client()
        sign_in(nida, "nida")
        page = nida.get(f"/households/{world.HOUSE}").get_data(as_text=True)
        for words in ("ปู่แก้ว: เสียชีวิต", "น้าบัว", "ลุงดำ"):
            assert words in page
        assert page.count("ไม่ได้บอกเหตุผล") == 2
