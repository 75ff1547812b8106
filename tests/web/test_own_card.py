"""A volunteer's own quality card: their figures alone, and what they reply to what was noticed."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import returning, visits
from tests.handset import APP, Handset, Sealed
from webapp.queries import own_card

FOUND = """
    insert into findings (round_id, code, source, interview_id, household_id, account_id,
        village_code, path, weight)
    select i.round_id, :code, 'evidence', i.id, i.household_id, i.author_id, i.village_code, i.path,
        20 from interviews i where i.id = :interview returning id
"""


def card(phone: Handset) -> dict[str, Any]:
    answer = phone.client.get("/api/v1/card", headers=APP)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def replied(phone: Handset, *items: dict[str, Any]) -> list[dict[str, Any]]:
    answer = phone.client.post("/api/v1/card/replies", json={"items": list(items)}, headers=APP)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["items"]
    return found


@pytest.fixture
def sent(app: Flask, mali: Handset) -> Sealed:
    """Mali's interview with evidence."""
    return visits.with_evidence(app, mali)


@pytest.fixture
def finding(sent: Sealed, the_world: Session) -> int:
    """Something was noticed about it."""
    values = {"code": "photo_similar", "interview": sent.interview}
    found: int = the_world.execute(text(FOUND), values).scalar_one()
    the_world.commit()
    return found


def reply(finding: int, said: str = "บ้านสองหลังสร้างแบบเดียวกัน") -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "finding": finding, "text": said}


class TestACard:
    def test_counts_ones_own_interviews_and_returns(self, mali: Handset, sent: Sealed) -> None:
        returning.send_back(sent, {"9.1": "ดูอีกครั้ง"})
        shown = card(mali)
        counts = {name: shown["counts"][name] for name in ("interviews", "returned", "accepted")}
        assert counts == {"interviews": 1, "returned": 1, "accepted": 0}
        assert shown["counts"]["evidence_good"] == 1
        assert shown["returns"] == {"given": 1, "waiting": 1, "late": 0}

    def test_says_how_many_findings_there_are_where_it_shows_some(
        self, mali: Handset, sent: Sealed, the_world: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for code in ("photo_similar", "photo_plain", "position_old"):
            the_world.execute(text(FOUND), {"code": code, "interview": sent.interview})
        the_world.commit()
        monkeypatch.setattr(own_card, "MOST", 2)
        shown = card(mali)
        assert (len(shown["findings"]), shown["counts"]["findings"]) == (2, 3)

    def test_says_when_a_return_is_late(
        self, mali: Handset, sent: Sealed, the_world: Session
    ) -> None:
        returning.send_back(sent, {"9.1": "ดูอีกครั้ง"})
        the_world.execute(text("update decisions set deadline = '2020-01-01'"))
        the_world.commit()
        assert card(mali)["returns"]["late"] == 1

    def test_tells_of_a_finding_in_words_and_of_what_else_explains_it(
        self, mali: Handset, finding: int
    ) -> None:
        [one] = card(mali)["findings"]
        assert (one["id"], one["state"], one["house_number"]) == (finding, "open", "1")
        assert all(one[words] for words in ("th", "en", "besides_th", "besides_en"))

    def test_tells_nobody_else(self, chai: Handset, finding: int) -> None:
        shown = card(chai)
        assert (shown["counts"]["interviews"], shown["findings"]) == (0, [])


class TestAReply:
    def test_stands_beside_its_finding_once_however_often_it_is_sent(
        self, mali: Handset, finding: int, the_world: Session
    ) -> None:
        one = reply(finding)
        for _ in range(2):
            assert replied(mali, one) == [{"id": one["id"], "kept": True}]
        [shown] = card(mali)["findings"]
        assert [(r["id"], r["text"]) for r in shown["replies"]] == [(one["id"], one["text"])]
        acts = the_world.scalars(text("select act from audit_entries where act like 'finding.%'"))
        assert list(acts) == ["finding.replied"]

    def test_to_somebody_elses_finding_or_none_is_kept_nowhere(
        self, mali: Handset, chai: Handset, finding: int, the_world: Session
    ) -> None:
        for number in (finding, finding + 1_000_000):
            assert [one["kept"] for one in replied(chai, reply(number))] == [False]
        assert the_world.scalar(text("select count(*) from finding_replies")) == 0

    def test_does_not_stop_at_one_that_has_nowhere_to_stand(
        self, mali: Handset, finding: int
    ) -> None:
        told = replied(mali, reply(finding + 1_000_000), reply(finding))
        assert [one["kept"] for one in told] == [False, True]

    def test_is_for_volunteers(self, chai: Handset, finding: int) -> None:
        anonymous = chai.client.application.test_client()
        refused = anonymous.post("/api/v1/card/replies", json={"items": []}, headers=APP)
        assert refused.status_code == 401
