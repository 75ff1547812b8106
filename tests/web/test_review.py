"""The pages of review: the list, one interview, what is decided, and all of it without a script."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import visits, world
from tests.handset import Handset, Sealed, blank, sign_in

LIST = "/office/review"
PAGE = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
SCRIPT = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"}
IN_TWO_DAYS = (date.today() + timedelta(days=2)).isoformat()


@pytest.fixture
def odd(app: Flask, mali: Handset) -> Sealed:
    """Mali's first house: evidence, and an income that is worth a look."""
    return visits.with_evidence(app, mali)


@pytest.fixture
def plain(app: Flask, mali: Handset, odd: Sealed, register: Session) -> Sealed:
    """Her second house, in which nothing is left to look at."""
    house = {
        "id": str(world.SECOND_HOUSE),
        "new": False,
        "village": world.NAM_SAI,
        "house_number": "2/1",
    }
    files = {"photo": visits.a_photo("olive")}
    answers = blank(mali)["answers"] | {"9.1": "enough"}
    one = mali.interview(files, evidence=[visits.AT_HOME], household=house, answers=answers)
    assert mali.put(one).status_code == 201
    for digest in one.files:
        assert mali.put_file(one, digest).status_code in (200, 201)
    explained = "update interviews set soft_open = 0, hard_open = 0 where id = :id"
    register.execute(text(explained), {"id": one.interview})
    register.commit()
    return one


@pytest.fixture
def orathai(app: Flask, the_world: Session) -> FlaskClient:
    """An officer of the province."""
    client = app.test_client()
    assert sign_in(client, "orathai").status_code == 302
    return client


def shown(client: FlaskClient, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.get_data(as_text=True)


def decide(
    client: FlaskClient, one: Sealed, act: str, headers: dict[str, str] = SCRIPT, **form: Any
) -> TestResponse:
    address = f"{LIST}/{one.interview}/{act}"
    return client.post(address, data={"digest": one.digest} | form, headers=headers)


def state(register: Session, one: Sealed) -> str:
    register.rollback()
    asked = text("select state from interviews where id = :id")
    return str(register.scalar(asked, {"id": one.interview}))


@pytest.mark.usefixtures("odd", "plain")
class TestTheList:
    def test_shows_what_wants_a_look_before_what_does_not(self, nida: FlaskClient) -> None:
        page = shown(nida, LIST)
        assert page.index("บ้านเลขที่ 1<") < page.index("บ้านเลขที่ 2/1<")
        assert "ควรดู" in page

    def test_is_filtered_by_its_address(self, nida: FlaskClient) -> None:
        page = shown(nida, f"{LIST}?kind=nothing&area={world.NAM_SAI}&who={world.MALI}")
        assert "บ้านเลขที่ 2/1<" in page
        assert "บ้านเลขที่ 1<" not in page

    def test_says_what_to_do_where_it_is_empty(self, anan: FlaskClient) -> None:
        assert "ไม่มีรายการรอตรวจ" in shown(anan, LIST)

    def test_speaks_english_behind_the_switch(self, nida: FlaskClient) -> None:
        nida.set_cookie("jpt-language", "en")
        assert "Begin with the first" in shown(nida, LIST)


class TestOneInterview:
    def test_leads_to_the_next_of_the_same_list(
        self, odd: Sealed, plain: Sealed, nida: FlaskClient
    ) -> None:
        page = shown(nida, f"{LIST}/{odd.interview}?area=4301")
        assert f'data-next="{LIST}/{plain.interview}?area=4301"' in page
        assert 'name="about:22.1.1"' in page
        assert re.search(r'<img src="/evidence/[^"]+" alt="ภาพผู้ให้ข้อมูล', page)

    def test_is_a_part_alone_for_the_pages_script(self, odd: Sealed, nida: FlaskClient) -> None:
        part = shown(nida, f"{LIST}/{odd.interview}", **{"Sec-Fetch-Dest": "empty"})
        assert "<html" not in part
        assert "data-review=" in part

    def test_tells_no_id_number(self, odd: Sealed, nida: FlaskClient) -> None:
        assert "1990100000011" not in shown(nida, f"{LIST}/{odd.interview}")

    def test_is_not_there_for_another_district(self, odd: Sealed, anan: FlaskClient) -> None:
        assert anan.get(f"{LIST}/{odd.interview}").status_code == 404
        assert decide(anan, odd, "accept").status_code == 404


class TestADecision:
    def test_tells_the_script_what_follows(
        self, odd: Sealed, plain: Sealed, nida: FlaskClient, register: Session
    ) -> None:
        told = decide(nida, odd, "accept").get_json()
        assert told["next"] == f"{LIST}/{plain.interview}"
        assert "บ้านเลขที่ 1" in told["said"]
        assert state(register, odd) == "accepted"
        told = decide(nida, plain, "accept").get_json()
        assert (told["is_end"], told["left"]) == (True, "รอตรวจ 0")

    def test_leads_a_form_on_to_the_next(
        self, odd: Sealed, plain: Sealed, nida: FlaskClient
    ) -> None:
        answer = decide(nida, odd, "accept", PAGE)
        assert (answer.status_code, answer.location) == (303, f"{LIST}/{plain.interview}")

    def test_on_an_older_revision_says_so(
        self, odd: Sealed, nida: FlaskClient, mali: Handset
    ) -> None:
        newer = odd.document | {"number": 2, "based_on": [odd.digest]}
        assert mali.put(mali.seal(newer)).status_code == 201
        answer = decide(nida, odd, "accept")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "newer-revision")

    def test_after_somebody_elses_says_so(
        self, odd: Sealed, nida: FlaskClient, orathai: FlaskClient, register: Session
    ) -> None:
        page = shown(nida, f"{LIST}/{odd.interview}")
        [decided] = set(re.findall(r'name="decided" value="(\d+)"', page))
        form = {"about:22.1.1": "ทั้งปีหรือไม่", "deadline": IN_TWO_DAYS, "decided": decided}
        assert decide(orathai, odd, "return", **form).status_code == 200
        answer = decide(nida, odd, "accept", decided=decided)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "moved-on")
        assert state(register, odd) == "returned"

    def test_returns_with_what_was_written_at_each_answer(
        self, odd: Sealed, nida: FlaskClient, register: Session
    ) -> None:
        form = {"about:22.1.1": "ทั้งปีหรือไม่", "about:6.4": " ", "deadline": IN_TWO_DAYS}
        assert decide(nida, odd, "return", **form).status_code == 200
        rows = register.execute(text("select about, comment from decision_comments")).all()
        assert rows == [("22.1.1", "ทั้งปีหรือไม่")]
        assert "ส่งกลับให้แก้" in shown(nida, f"{LIST}/{odd.interview}")

    def test_asks_for_evidence_alone(
        self, odd: Sealed, nida: FlaskClient, register: Session
    ) -> None:
        form = {"kind": ["photo"], "reason": "มืดมาก", "deadline": IN_TWO_DAYS}
        assert decide(nida, odd, "evidence", **form).status_code == 200
        assert register.scalar(text("select kinds from decisions")) == ["photo"]
        assert decide(nida, odd, "evidence", reason="x", deadline="soon").status_code == 422

    def test_is_taken_back_and_shown_again(
        self, odd: Sealed, nida: FlaskClient, register: Session
    ) -> None:
        decide(nida, odd, "accept")
        told = decide(nida, odd, "withdraw", reason="กดผิด").get_json()
        assert told["next"] == f"{LIST}/{odd.interview}"
        assert state(register, odd) == "received"


class TestAnOfficer:
    def test_gives_the_household_with_the_return(
        self, odd: Sealed, orathai: FlaskClient, register: Session
    ) -> None:
        form = {"reason": "คนเดิมลาออก", "deadline": IN_TWO_DAYS, "given_to": str(world.CHAI)}
        assert decide(orathai, odd, "return", **form).status_code == 200
        given = text("select given_to from interviews where id = :id")
        assert register.scalar(given, {"id": odd.interview}) == world.CHAI
        work = text("select count(*) from assignments where household_id = :house")
        assert register.scalar(work, {"house": world.HOUSE}) == 1

    def test_who_is_none_gives_nobody_work_by_a_return(
        self, odd: Sealed, nida: FlaskClient, register: Session
    ) -> None:
        form = {"reason": "คนเดิมลาออก", "deadline": IN_TWO_DAYS, "given_to": str(world.CHAI)}
        assert decide(nida, odd, "return", **form).get_json()["code"] == "no-volunteer"
        assert state(register, odd) == "received"


class TestAcceptingAtOnce:
    def test_says_how_many_are_not_among_them_yet(
        self, odd: Sealed, plain: Sealed, nida: FlaskClient, register: Session
    ) -> None:
        register.execute(text("update interviews set soft_open = 0, hard_open = 0"))
        pending = text("delete from follow_ups where interview_id = :one")
        register.execute(pending, {"one": plain.interview})
        register.commit()
        page = shown(nida, f"{LIST}/at-once")
        assert "1 ครัวเรือน" in page
        assert "อีก 1 ครัวเรือนยังไม่อยู่ในนี้" in page

    def test_counts_first_and_accepts_only_what_was_counted(
        self, odd: Sealed, plain: Sealed, nida: FlaskClient, register: Session
    ) -> None:
        assert "1 ครัวเรือน" not in shown(nida, f"{LIST}/at-once")
        register.execute(text("delete from follow_ups"))  # compared with all others by now
        register.commit()
        page = shown(nida, f"{LIST}/at-once")
        assert "1 ครัวเรือน" in page
        [mark] = re.findall(r'name="mark" value="(\w+)"', page)
        answer = nida.post(f"{LIST}/at-once", data={"mark": mark}, headers=PAGE)
        assert answer.status_code == 303
        assert (state(register, odd), state(register, plain)) == ("received", "accepted")
        [batch] = re.findall(r"done=([\w-]+)", answer.location)
        back = nida.post(f"{LIST}/at-once/{batch}/withdraw", data={"reason": "x"}, headers=PAGE)
        assert back.status_code == 303
        assert state(register, plain) == "received"

    def test_accepts_nothing_where_the_count_is_old(
        self, plain: Sealed, nida: FlaskClient, register: Session
    ) -> None:
        nida.post(f"{LIST}/at-once", data={"mark": "0" * 32}, headers=PAGE)
        assert state(register, plain) == "received"
        assert "กรุณาดูจำนวนใหม่" in shown(nida, f"{LIST}/at-once")


class TestLastYear:
    def test_stands_beside_where_it_was_another(
        self, odd: Sealed, plain: Sealed, nida: FlaskClient, register: Session
    ) -> None:
        last = "update households set previous_id = :before where id = :house"
        register.execute(text(last), {"before": world.SECOND_HOUSE, "house": world.HOUSE})
        register.commit()
        page = shown(nida, f"{LIST}/{odd.interview}")
        assert "ปีก่อน: " in page
