"""What comes back to whose phone, until when, and what becomes of the correction."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests import returning, visits, world
from tests.handset import Handset, Sealed
from tests.returning import ask_evidence, corrected, send_back, state, told

LINES = {"9.1": "ถามอีกครั้งว่าเก็บออมอย่างไร", "cover.house_number": "เลขที่ไม่ตรง"}


@pytest.fixture
def sent(app: Flask, mali: Handset) -> Sealed:
    """Mali's interview with photo, signature and position."""
    return visits.with_evidence(app, mali)


def back(phone: Handset, after: str = "0") -> list[dict[str, Any]]:
    """What the phone is told came back, once older transactions have ended."""
    for _ in range(300):
        page = told(phone, after)
        if page["settled"]:
            found: list[dict[str, Any]] = page["returned"]
            return found
        time.sleep(0.2)
    raise AssertionError("never settled")


class TestAReturn:
    def test_reaches_its_volunteer_with_comments_deadline_and_answers(
        self, mali: Handset, sent: Sealed
    ) -> None:
        decision = send_back(sent, LINES)
        [one] = back(mali)
        assert one["comments"] == [{"about": a, "comment": c} for a, c in LINES.items()]
        assert (one["decision"], one["kind"], one["number"]) == (decision, "returned", 1)
        assert (one["base"], one["deadline"]) == ([sent.digest], returning.DEADLINE.isoformat())
        assert one["answers"]["answers"] == sent.document["answers"]
        assert [one["village"], one["house_number"]] == [world.NAM_SAI, "1"]

    def test_tells_no_id_number_but_that_there_is_one(self, mali: Handset, sent: Sealed) -> None:
        send_back(sent, LINES)
        page = mali.client.get("/api/v1/changes?after=0").get_data(as_text=True)
        assert "1990100000011" not in page
        assert back(mali)[0]["numbers"] == ["m1"]

    def test_keeps_no_number_of_who_left_since_last_year(
        self, mali: Handset, the_world: Session
    ) -> None:
        left = {"member": "m9", "name": "คนที่ย้าย", "left": "moved"}
        said = {"id": "m9", "national_id": "1990100000029", "phone": "0800000000"}
        mali.put(mali.interview(roster=[left | {"said": said}]))
        [kept] = the_world.scalars(text("select answers -> 'roster' from revisions"))
        assert kept == [left | {"said": {"id": "m9"}}]

    def test_is_told_to_nobody_else(self, mali: Handset, chai: Handset, sent: Sealed) -> None:
        send_back(sent, LINES)
        page = told(chai)
        assert (page["returned"], page["open_returns"]) == ([], [])

    def test_is_told_once_and_named_as_long_as_it_waits(self, mali: Handset, sent: Sealed) -> None:
        send_back(sent, LINES)
        back(mali)
        cursor = told(mali)["cursor"]
        again = told(mali, cursor)
        assert (again["returned"], again["open_returns"]) == ([], [sent.interview])

    def test_is_told_to_a_phone_whose_cursor_is_older_than_returns(
        self, mali: Handset, sent: Sealed
    ) -> None:
        back(mali)
        transaction, household, *_ = told(mali)["cursor"].split("_")
        send_back(sent, LINES)
        assert back(mali, f"{transaction}_{household}")

    def test_decided_anew_takes_the_place_of_the_first(self, mali: Handset, sent: Sealed) -> None:
        send_back(sent, LINES)
        second = send_back(sent, {"": "ดูทั้งหมดอีกครั้ง"})
        assert [one["decision"] for one in back(mali)] == [second]

    def test_without_a_comment_on_a_line_is_about_the_whole(
        self, mali: Handset, sent: Sealed
    ) -> None:
        send_back(sent, {})
        assert back(mali)[0]["comments"] == [{"about": "", "comment": ""}]


class TestAReturnUnderWay:
    def test_is_kept_back_while_an_older_transaction_is_open_and_told_after_it(
        self, mali: Handset, sent: Sealed, loader_engine: Engine
    ) -> None:
        back(mali)
        cursor = told(mali)["cursor"]
        with loader_engine.connect() as older:
            older.execute(text("select pg_current_xact_id()"))
            send_back(sent, LINES)
            held = told(mali, cursor)
            assert (held["returned"], held["settled"]) == ([], False)
            assert held["cursor"].split("_")[2:] == cursor.split("_")[2:]
        assert len(back(mali, held["cursor"])) == 1


class TestACorrection:
    def test_puts_the_interview_back_to_waiting_and_leaves_the_phones_list(
        self, mali: Handset, sent: Sealed, the_world: Session
    ) -> None:
        send_back(sent, LINES)
        again = corrected(mali, back(mali)[0], answers=sent.document["answers"] | {"9.1": "enough"})
        assert mali.put(again).status_code == 201
        now = state(the_world, sent)
        assert (now.state, now.house, now.head_number, now.given_to) == (
            "received",
            "received",
            2,
            None,
        )
        assert told(mali)["open_returns"] == []

    def test_keeps_id_numbers_that_the_phone_was_not_told(
        self, mali: Handset, sent: Sealed, the_world: Session
    ) -> None:
        send_back(sent, LINES)
        assert mali.put(corrected(mali, back(mali)[0])).status_code == 201
        indexes = the_world.scalars(text("select national_id_index from members order by digest"))
        assert len(set(indexes)) == 1
        [missing] = the_world.scalars(
            text("select evaluation -> 'missing' from revisions where number = 2")
        )
        assert "members.m1.no_id_reason" not in missing

    def test_replaces_a_number_and_keeps_none_that_was_let_go(
        self, mali: Handset, sent: Sealed, the_world: Session
    ) -> None:
        send_back(sent, LINES)
        [one] = back(mali)
        person = one["answers"]["members"][0]
        mali.put(corrected(mali, one, members=[person]))
        held = the_world.scalars(text("select national_id_sealed from members order by digest"))
        assert sorted(one is None for one in held) == [False, True]

    def test_counts_the_files_that_the_register_holds_and_asks_for_none(
        self, mali: Handset, sent: Sealed, the_world: Session
    ) -> None:
        send_back(sent, LINES)
        answer = mali.put(corrected(mali, back(mali)[0])).get_json()
        assert (answer["level"], answer["missing"]) == ("complete", [])
        now = state(the_world, sent)
        assert (now.evidence_grade, now.evidence_due) == ("good", 0)

    def test_is_of_the_day_of_the_visit_and_no_finding_for_that(
        self, mali: Handset, sent: Sealed, the_world: Session
    ) -> None:
        send_back(sent, LINES)
        clock = {"server_time": "2030-01-01T00:00:00Z", "elapsed_ms": 0}
        mali.put(corrected(mali, back(mali)[0], clock=clock))
        [found] = the_world.scalars(text("select findings from revisions where number = 2"))
        assert {"code": "date_differs"} not in found

    def test_of_an_app_that_knows_no_returns_is_taken_as_ever(
        self, mali: Handset, sent: Sealed, the_world: Session
    ) -> None:
        send_back(sent, LINES)
        again = sent.document | {"number": 2, "based_on": [sent.digest]}
        assert mali.put(mali.seal(again, sent.files)).status_code == 201
        now = state(the_world, sent)
        assert (now.state, now.head_number, now.given_to) == ("received", 2, None)


class TestEvidenceAskedAgain:
    def test_names_the_kinds_and_takes_new_beside_old(
        self, mali: Handset, sent: Sealed, the_world: Session
    ) -> None:
        ask_evidence(sent, {"photo"})
        [one] = back(mali)
        assert (one["kind"], one["comments"]) == (
            "evidence_again",
            [{"about": "evidence.photo", "comment": ""}],
        )
        new, content = mali.file(sent.interview, "photo", visits.a_photo("red"))
        old = [each | {"earlier": True} for each in one["answers"]["evidence"]]
        again = corrected(mali, one, evidence=[new, *old])
        answer = mali.put(again).get_json()
        assert answer["missing"] == [new["sealed_sha256"]]
        again.files[new["sealed_sha256"]] = content
        given = mali.put_file(again, new["sealed_sha256"]).get_json()
        assert given["level"] == "complete"
        assert state(the_world, sent).evidence_grade == "good"


class TestAReturnToSomebodyElse:
    @pytest.fixture
    def given(self, sent: Sealed, mali: Handset, chai: Handset, the_world: Session) -> Sealed:
        """Chai, who works in another village, is given this household and the return."""
        insert = (
            "insert into assignments (round_id, account_id, village_code, household_id, path) "
            "values (:round, :who, :village, :house, :path)"
        )
        the_world.execute(
            text(insert),
            {
                "round": world.ROUND,
                "who": world.CHAI,
                "village": world.NAM_SAI,
                "house": world.HOUSE,
                "path": world.PATHS[world.NAM_SAI],
            },
        )
        the_world.commit()
        send_back(sent, LINES)
        back(mali)
        send_back(sent, LINES, to=world.CHAI)
        return sent

    def test_reaches_that_phone_and_leaves_the_other(
        self, given: Sealed, mali: Handset, chai: Handset
    ) -> None:
        assert [one["interview"] for one in back(chai)] == [given.interview]
        page = told(mali)
        assert (page["returned"], page["open_returns"]) == ([], [])

    def test_is_corrected_in_the_others_name_with_the_same_numbers(
        self, given: Sealed, chai: Handset, the_world: Session
    ) -> None:
        again = corrected(chai, back(chai)[0])
        assert chai.put(again).status_code == 201
        now = state(the_world, given)
        assert (now.state, now.head_number, now.author_id) == ("received", 2, world.CHAI)
        indexes = the_world.scalars(text("select national_id_index from members"))
        assert len(set(indexes)) == 1

    def test_is_at_work_on_it_though_the_assignment_ended(
        self, given: Sealed, chai: Handset, the_world: Session, app: Flask
    ) -> None:
        [one] = back(chai)
        the_world.execute(
            text("update assignments set ended_at = now() where account_id = :who"),
            {"who": world.CHAI},
        )
        the_world.commit()
        app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own interface
        assert [each["interview"] for each in told(chai)["returned"]] == [one["interview"]]
        assert chai.put(corrected(chai, one)).status_code == 201
        assert state(the_world, given).author_id == world.CHAI

    def test_lets_nobody_else_correct_it(
        self, given: Sealed, chai: Handset, the_world: Session, nida: FlaskClient
    ) -> None:
        """A volunteer of the village who is asked no more is kept in custody, not the author."""
        [one] = back(chai)
        returning.take_back(given)
        assert chai.put(corrected(chai, one)).status_code == 202


class TestARecordingThatIsOver:
    def test_takes_a_correction_that_was_asked_for(
        self, mali: Handset, sent: Sealed, the_world: Session
    ) -> None:
        send_back(sent, LINES)
        the_world.execute(
            text(
                "update service_windows set opens_on = '2020-01-01', closes_on = '2020-01-02' "
                "where service = 'recording'"
            )
        )
        the_world.commit()
        assert mali.put(corrected(mali, back(mali)[0])).status_code == 201
