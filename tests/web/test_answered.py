"""What an inspector sees of a correction: each comment, what was, what is, what was said."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import returning, visits, world
from tests.handset import APP, Handset, Sealed
from tests.returning import corrected
from tests.web.test_own_card import FOUND, reply

LINES = {"9.1": "เก็บออมอย่างไร", "8.1": "จริงหรือ", "cover.house_number": "เลขที่"}


@pytest.fixture
def sent(app: Flask, mali: Handset) -> Sealed:
    """Mali's interview with evidence."""
    return visits.with_evidence(app, mali)


@pytest.fixture
def back(sent: Sealed, mali: Handset) -> dict[str, Any]:
    """The same, as its return reaches the phone; horizons of other tests are no matter here."""
    decision = returning.send_back(sent, LINES)
    [person] = sent.document["members"]
    known = {name: value for name, value in person.items() if name != "national_id"}
    answers = sent.document | {"members": [known]}
    return {
        "decision": decision,
        "number": 1,
        "base": [sent.digest],
        "numbers": ["m1"],
        "answers": answers,
    }


def shown(client: FlaskClient) -> str:
    answer = client.get(f"/households/{world.HOUSE}")
    assert answer.status_code == 200, answer.text
    return answer.get_data(as_text=True)


def line(page: str, about: str) -> str:
    """One answered line of the panel, as text."""
    found = page.split(f'data-about="{about}"')[1].split("</li>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def review(back: dict[str, Any], **texts: str) -> dict[str, Any]:
    said = [
        {"about": about, "kind": "defended", "text": words}
        for about, words in ((key.replace("_", "."), value) for key, value in texts.items())
    ]
    return {"decision": back["decision"], "replies": said}


class TestACorrection:
    def test_shows_old_and_new_beside_the_comment(
        self, back: dict[str, Any], mali: Handset, nida: FlaskClient
    ) -> None:
        answers = back["answers"]["answers"] | {"9.1": "enough", "8.2": "no"}
        mali.put(corrected(mali, back, answers=answers, review=review(back, **{"8_1": "ถามซ้ำแล้ว"})))
        page = shown(nida)
        assert 'data-about="9.1" data-kind="corrected"' in page
        assert "เก็บออมอย่างไร" in line(page, "9.1")
        assert "→" in line(page, "9.1")
        assert 'data-about="8.1" data-kind="defended"' in page
        assert "ถามซ้ำแล้ว" in line(page, "8.1")
        assert 'data-about="cover.house_number" data-kind="open"' in page
        assert "ยังไม่ได้ตอบ 1 ข้อ" in page

    def test_shows_what_was_changed_unasked(
        self, back: dict[str, Any], mali: Handset, nida: FlaskClient
    ) -> None:
        answers = back["answers"]["answers"] | {"8.2": "no"}
        mali.put(corrected(mali, back, answers=answers))
        assert "แก้อย่างอื่นด้วย 1 รายการ" in shown(nida)

    def test_believes_no_phone_that_says_it_corrected_what_it_did_not(
        self, back: dict[str, Any], mali: Handset, nida: FlaskClient
    ) -> None:
        said = [{"about": "9.1", "kind": "corrected", "text": ""}]
        mali.put(corrected(mali, back, review={"decision": back["decision"], "replies": said}))
        assert 'data-about="9.1" data-kind="open"' in shown(nida)

    @pytest.mark.parametrize(
        "odd",
        [5, {}, {"decision": "1"}, {"decision": True}, {"decision": 2**49}, {"decision": -1}],
        ids=str,
    )
    def test_that_says_odd_things_of_its_return_is_taken_and_shown_without(
        self, odd: object, back: dict[str, Any], mali: Handset, nida: FlaskClient
    ) -> None:
        assert mali.put(corrected(mali, back, review=odd)).status_code == 201
        assert "answered-title" not in shown(nida)

    def test_of_another_interviews_return_answers_nothing(
        self, back: dict[str, Any], mali: Handset, nida: FlaskClient
    ) -> None:
        other = {"decision": back["decision"] + 1_000, "replies": [{"about": 5}, 6]}
        assert mali.put(corrected(mali, back, review=other)).status_code == 201
        assert "answered-title" not in shown(nida)

    def test_escapes_what_the_volunteer_wrote(
        self, back: dict[str, Any], mali: Handset, nida: FlaskClient
    ) -> None:
        mali.put(corrected(mali, back, review=review(back, **{"8_1": "<b>x</b>"})))
        assert "<b>x</b>" not in shown(nida)


class TestEvidenceAskedAgain:
    def test_counts_what_was_and_what_is_new(
        self, sent: Sealed, mali: Handset, nida: FlaskClient
    ) -> None:
        decision = returning.ask_evidence(sent, {"photo", "position"})
        told = {"decision": decision, "number": 1, "base": [sent.digest], "numbers": ["m1"]}
        new, _ = mali.file(sent.interview, "photo", visits.a_photo("red"))
        kept = [one | {"earlier": True} for one in sent.document["evidence"]]
        mali.put(corrected(mali, told | {"answers": sent.document}, evidence=[new, *kept]))
        page = shown(nida)
        assert 'data-about="evidence.photo" data-kind="corrected"' in page
        assert "เดิม 1 รายการ ตอนนี้ 2 รายการ" in line(page, "evidence.photo")
        assert 'data-about="evidence.position" data-kind="open"' in page


class TestAReplyToAFinding:
    def test_stands_beside_it(
        self, sent: Sealed, mali: Handset, nida: FlaskClient, the_world: Session
    ) -> None:
        values = {"code": "photo_similar", "interview": sent.interview}
        finding = the_world.execute(text(FOUND), values).scalar_one()
        the_world.commit()
        said = reply(finding, "บ้านสองหลังสร้างแบบเดียวกัน")
        mali.client.post("/api/v1/card/replies", json={"items": [said]}, headers=APP)
        assert "บ้านสองหลังสร้างแบบเดียวกัน" in shown(nida)
