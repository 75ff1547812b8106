"""What a phone may count on when it sends a finished interview."""

from __future__ import annotations

import io
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jwt
import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import world
from tests.handset import APP, Handset
from webapp.models.household import Household
from webapp.models.interview import Custody, Interview, Receipt, Revision

POSITION = {
    "kind": "position",
    "latitude": 17.851,
    "longitude": 102.701,
    "accuracy": 12.0,
    "taken_at": "2026-11-23T02:00:00Z",
    "age_s": 3,
    "fixes": 4,
}


def a_photo() -> bytes:
    """Small, obviously artificial."""
    written = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(written, "JPEG")
    return written.getvalue()


class TestAFinishedInterview:
    def test_is_in_the_register_with_its_position_and_people(
        self, mali: Handset, the_world: Session
    ) -> None:
        one = mali.interview(evidence=[POSITION])
        answer = mali.put(one)
        assert answer.status_code == 201, answer.text
        assert answer.get_json()["level"] == "complete"
        kept = the_world.get_one(Interview, uuid.UUID(one.interview))
        where = the_world.scalar(select(func.st_astext(Interview.point)))
        assert (kept.state, kept.people, kept.position_inside) == ("received", 1, True)
        assert where == "POINT(102.701 17.851)"
        assert the_world.get_one(Household, world.HOUSE).state == "received"

    def test_is_acknowledged_by_a_receipt_that_the_phone_can_check(
        self, mali: Handset, app: Flask
    ) -> None:
        one = mali.interview()
        receipt = mali.put(one).get_json()["receipt"]
        public = app.extensions["keys"].receipt.public_key()
        said = jwt.decode(receipt, public, algorithms=["ES256"])
        assert (said["interview"], said["digest"]) == (one.interview, one.digest)

    def test_moves_the_counts_of_its_village(self, mali: Handset, the_world: Session) -> None:
        mali.put(mali.interview())
        counts = world.counts(the_world, world.NAM_SAI)
        assert (counts["todo"], counts["received"], counts["people"]) == (1, 1, 1)
        assert counts["surveyed"][7] == 1  # indicator 8, met
        assert (counts["surveyed"][8], counts["failing"][8]) == (1, 1)  # indicator 9, not met
        assert counts["surveyed"][9] == 0  # indicator 10 was not answered: undecided


class TestAnInterviewSentAgain:
    def test_is_held_once_and_acknowledged_alike(self, mali: Handset, the_world: Session) -> None:
        one = mali.interview()
        first, second = mali.put(one), mali.put(one)
        assert (first.status_code, second.status_code) == (201, 200)
        assert first.get_json() == second.get_json()
        assert the_world.scalar(select(func.count()).select_from(Revision)) == 1

    def test_fifty_times_at_once_gives_one_row_and_fifty_equal_receipts(
        self, mali: Handset, app: Flask, the_world: Session
    ) -> None:
        one = mali.interview()
        assert mali.token
        headers = APP | one.headers | {"Authorization": f"Hand-In {mali.token}"}
        address = f"/api/v1/interviews/{one.interview}/revisions/{one.digest}"

        def send(_: int) -> tuple[int, str]:
            answer = app.test_client().put(
                address,
                data=one.envelope,
                headers=headers,
                content_type="application/octet-stream",
            )
            return answer.status_code, answer.get_json()["receipt"]

        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(send, range(50)))
        assert {status for status, _ in answers} == {200, 201}
        assert len({receipt for _, receipt in answers}) == 1
        assert the_world.scalar(select(func.count()).select_from(Receipt)) == 1


class TestEvidence:
    def test_completes_the_interview_with_its_last_file(
        self, mali: Handset, the_world: Session
    ) -> None:
        files = {"photo": a_photo(), "signature": b"not yet looked at"}
        one = mali.interview(files, evidence=[POSITION])
        told = mali.put(one).get_json()
        assert (told["level"], sorted(told["missing"])) == ("data", sorted(one.files))
        levels = [mali.put_file(one, digest).get_json()["level"] for digest in one.files]
        assert levels == ["data", "complete"]
        the_world.rollback()
        kept = the_world.get_one(Interview, uuid.UUID(one.interview))
        assert (kept.evidence_due, kept.evidence_grade) == (0, "good")
        assert the_world.get_one(Household, world.HOUSE).evidence_grade == "good"
        assert world.counts(the_world, world.NAM_SAI)["evidence_good"] == 1

    def test_may_come_before_its_interview(self, mali: Handset) -> None:
        one = mali.interview({"photo": a_photo()})
        [digest] = one.files
        assert mali.put_file(one, digest).status_code == 201
        assert mali.put(one).get_json()["level"] == "complete"

    def test_that_no_revision_lists_brings_nobody_a_receipt(
        self, mali: Handset, chai: Handset
    ) -> None:
        one = mali.interview({"photo": a_photo()})
        mali.put(one)
        entry, content = chai.file(one.interview, "photo", a_photo())
        one.files[entry["sealed_sha256"]] = content
        told = chai.put_file(one, entry["sealed_sha256"])
        assert (told.status_code, told.get_json()) == (201, {"receipt": None, "level": None})

    def test_damaged_on_the_way_is_refused_and_leaves_nothing(self, mali: Handset) -> None:
        one = mali.interview({"photo": a_photo()})
        [digest] = one.files
        one.files[digest] += b"x"
        answer = mali.put_file(one, digest)
        assert (answer.status_code, answer.get_json()["code"]) == (422, "hash-mismatch")

    def test_in_a_body_of_another_kind_is_refused_before_it_is_read(self, mali: Handset) -> None:
        one = mali.interview({"photo": a_photo()})
        [digest] = one.files
        for path in (f"evidence/{digest}", f"revisions/{one.digest}"):
            answer = mali.client.put(
                f"/api/v1/interviews/{one.interview}/{path}",
                data=one.files[digest],
                headers=APP | one.headers,
                content_type="image/jpeg",
            )
            assert (answer.status_code, answer.get_json()["code"]) == (415, "unsupported")
            assert answer.mimetype == "application/problem+json"


class TestCustody:
    def reason(self, register: Session) -> str | None:
        register.rollback()
        return register.scalar(select(Custody.reason))

    def test_takes_an_interview_of_a_village_not_assigned(
        self, mali: Handset, the_world: Session
    ) -> None:
        house = {
            "id": str(world.CHAIS_HOUSE),
            "new": False,
            "village": world.DON,
            "house_number": "9",
        }
        answer = mali.put(mali.interview(household=house))
        assert (answer.status_code, self.reason(the_world)) == (202, "not_assigned")

    def test_takes_what_somebody_else_hands_in(
        self, mali: Handset, chai: Handset, the_world: Session
    ) -> None:
        answer = chai.put(mali.interview())
        assert (answer.status_code, self.reason(the_world)) == (202, "hand_in")

    def test_takes_a_version_of_the_questionnaire_that_nobody_knows(
        self, mali: Handset, the_world: Session
    ) -> None:
        answer = mali.put(mali.interview(questionnaire="bmn-99"))
        assert (answer.status_code, self.reason(the_world)) == (202, "unknown_version")

    def test_takes_bytes_that_open_but_say_nothing_we_know(
        self, mali: Handset, the_world: Session
    ) -> None:
        answer = mali.put(mali.interview(members="ไม่มี"))
        assert (answer.status_code, self.reason(the_world)) == (202, "unreadable")

    @pytest.mark.parametrize(
        "odd",
        [{"explanations": []}, {"clock": "ตอนเช้า"}, {"clock": {"server_time": "0001-01-01"}}],
    )
    def test_or_the_register_takes_what_is_odd_without_falling(
        self, mali: Handset, odd: dict[str, Any]
    ) -> None:
        assert mali.put(mali.interview(**odd)).status_code in (201, 202)

    def test_keeps_a_second_interview_of_one_household_beside_the_first(
        self, mali: Handset, the_world: Session
    ) -> None:
        mali.put(mali.interview())
        answer = mali.put(mali.interview())
        assert (answer.status_code, self.reason(the_world)) == (202, "second_interview")

    def test_says_so_again_when_it_is_sent_again(self, mali: Handset) -> None:
        one = mali.interview(questionnaire="bmn-99")
        assert mali.put(one).get_json() == mali.put(one).get_json()


class TestACorrection:
    def test_becomes_what_the_register_shows_and_the_first_stays(
        self, mali: Handset, the_world: Session
    ) -> None:
        first = mali.interview()
        mali.put(first)
        second = mali.seal(
            first.document | {"number": 2, "based_on": [first.digest], "answers": {"9.1": "enough"}}
        )
        assert mali.put(second).status_code == 201
        the_world.rollback()
        kept = the_world.get_one(Interview, uuid.UUID(first.interview))
        assert kept.head_digest.hex() == second.digest
        assert the_world.scalar(select(func.count()).select_from(Revision)) == 2
        assert world.counts(the_world, world.NAM_SAI)["failing"][8] == 0

    def test_ends_the_same_when_it_overtakes_its_first_revision(
        self, mali: Handset, the_world: Session
    ) -> None:
        first = mali.interview()
        second = mali.seal(first.document | {"number": 2, "based_on": [first.digest]})
        assert [mali.put(one).status_code for one in (second, first)] == [201, 201]
        the_world.rollback()
        kept = the_world.get_one(Interview, uuid.UUID(first.interview))
        assert (kept.head_digest.hex(), kept.has_conflict) == (second.digest, False)

    def test_on_the_same_base_as_another_is_kept_as_a_conflict(
        self, mali: Handset, the_world: Session
    ) -> None:
        first = mali.interview()
        mali.put(first)
        base = first.document | {"number": 2, "based_on": [first.digest]}
        mali.put(mali.seal(base | {"answers": {"9.1": "enough"}}))
        answer = mali.put(mali.seal(base | {"answers": {"9.1": "not_enough"}}))
        assert (answer.status_code, answer.get_json()["level"]) == (202, "custody")
        the_world.rollback()
        assert the_world.get_one(Interview, uuid.UUID(first.interview)).has_conflict


class TestAPhoneThatIsSignedOut:
    def test_may_still_plan_and_hand_in_and_nothing_else(self, mali: Handset, app: Flask) -> None:
        one = mali.interview()
        stranger = app.test_client()
        right = {"Authorization": f"Hand-In {mali.token}"}
        mali.client = stranger
        assert mali.put(one, **right).status_code == 201
        assert stranger.get("/api/v1/changes", headers=right).status_code == 401

    def test_is_told_what_the_register_holds(self, mali: Handset) -> None:
        one = mali.interview({"photo": a_photo()})
        item = {"interview": one.interview, "digest": one.digest, "evidence": list(one.files)}
        body = {"items": [item]}
        before = mali.client.post("/api/v1/plan", json=body, headers=APP).get_json()["items"][0]
        mali.put(one)
        after = mali.client.post("/api/v1/plan", json=body, headers=APP).get_json()["items"][0]
        assert (before["needs"], after["needs"]) == ("revision", "evidence")
        assert after["missing"] == list(one.files)
