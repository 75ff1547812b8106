"""Getting in: one-time codes, the second thing, passkeys' refusals, and proving it anew."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from tests import cast, handset, second
from webapp.demo.cast import Person
from webapp.models.sign_in import SignInCode

OURS = {"Sec-Fetch-Site": "same-origin"}
NEW = "ปลาทูว่ายทวนน้ำโขงสามรอบ"


@pytest.fixture
def the_province(app: Flask, register: Session) -> Session:
    app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own interface
    cast.settle(register, app.extensions["keys"], 14)
    return register


def browser(app: Flask, person: Person) -> FlaskClient:
    client = app.test_client()
    assert cast.sign_in(client, person).status_code == 302
    return client


def code_for(app: Flask, person: Person, by: Person = cast.SUDA) -> str:
    page = browser(app, by).post(f"/office/people/{person.id}/code", headers=OURS)
    assert page.status_code == 200, page.status_code
    found = re.search(r'class="slip__code"[^>]*>([0-9 ]+)<', page.text)
    assert found, page.text
    return found[1]


def enter(app: Flask, code: str) -> tuple[FlaskClient, int]:
    client = app.test_client()
    return client, client.post("/first", data={"code": code}, headers=OURS).status_code


def choose(client: FlaskClient, password: str) -> int:
    return client.post("/first/choose", data={"password": password}, headers=OURS).status_code


class TestAOneTimeCode:
    def test_lets_its_person_choose_a_password_and_in(
        self, app: Flask, the_province: Session
    ) -> None:
        client, status = enter(app, code_for(app, cast.MALI))
        assert status == 302
        assert choose(client, NEW) == 302
        assert client.get("/me").status_code == 200
        again = app.test_client()
        assert handset.show_password(again, "mali", NEW).status_code == 302

    def test_serves_once(self, app: Flask, the_province: Session) -> None:
        code = code_for(app, cast.MALI)
        assert choose(enter(app, code)[0], NEW) == 302
        assert enter(app, code)[1] == 422

    def test_ends_what_opened_the_account_before(self, app: Flask, the_province: Session) -> None:
        before = browser(app, cast.MALI)
        choose(enter(app, code_for(app, cast.MALI))[0], NEW)
        app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own interface
        assert before.get("/me").status_code == 401
        old = handset.show_password(app.test_client(), "mali", cast.MALI.password)
        assert old.status_code == 422

    def test_is_taken_in_thai_digits_and_with_any_gaps(
        self, app: Flask, the_province: Session
    ) -> None:
        code = code_for(app, cast.MALI).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        assert enter(app, f" {code.replace(' ', '-')} ")[1] == 302

    def test_ends_after_three_days_and_with_a_newer_one(
        self, app: Flask, the_province: Session
    ) -> None:
        older, newer = code_for(app, cast.MALI), code_for(app, cast.MALI)
        assert enter(app, older)[1] == 422
        past = datetime.now(UTC) - timedelta(minutes=1)
        the_province.execute(update(SignInCode).values(expires_at=past))
        the_province.commit()
        assert enter(app, newer)[1] == 422

    def test_is_not_in_the_register_as_it_was_shown(
        self, app: Flask, the_province: Session
    ) -> None:
        digits = code_for(app, cast.MALI).replace(" ", "")
        kept = the_province.execute(text("select sign_in_codes::text from sign_in_codes")).scalars()
        assert not [row for row in kept if digits in row]

    @pytest.mark.parametrize("person", [cast.PRASERT, cast.RATANA, cast.ANAN, cast.SUDA])
    def test_is_only_for_people_below_and_inside(
        self, app: Flask, the_province: Session, person: Person
    ) -> None:
        page = browser(app, cast.SUDA).post(f"/office/people/{person.id}/code", headers=OURS)
        assert page.status_code == 404

    @pytest.mark.parametrize("weak", ["12345678", "password", "mali1234", "สั้น"])
    def test_takes_no_password_that_is_easily_guessed(
        self, app: Flask, the_province: Session, weak: str
    ) -> None:
        client, _ = enter(app, code_for(app, cast.MALI))
        assert choose(client, weak) == 422
        assert choose(client, NEW) == 302

    def test_cannot_be_guessed_for_long_and_guessing_keeps_nobody_else_out(
        self, app: Flask, the_province: Session
    ) -> None:
        code = code_for(app, cast.MALI)
        statuses = [enter(app, f"{number:020}")[1] for number in range(101)]
        assert statuses[0] == 422
        assert statuses[-1] == 429
        assert enter(app, code)[1] == 429
        elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
        answer = app.test_client().post(
            "/first", data={"code": code}, headers=OURS, environ_overrides=elsewhere
        )
        assert answer.status_code == 302


class TestAnOfficer:
    def test_is_not_in_before_the_second_thing(self, app: Flask, the_province: Session) -> None:
        client = app.test_client()
        answer = handset.show_password(client, "suda", cast.SUDA.password)
        assert answer.location.endswith("/sign-in/second")
        assert client.get("/office/").status_code == 401

    def test_shows_each_code_only_once(self, app: Flask, the_province: Session) -> None:
        first, other = app.test_client(), app.test_client()
        for client in (first, other):
            handset.show_password(client, "suda", cast.SUDA.password)
        code = {"code": second.code(app, "suda")}
        assert first.post("/sign-in/second", data=code, headers=OURS).status_code == 302
        assert other.post("/sign-in/second", data=code, headers=OURS).status_code == 422

    def test_is_held_up_after_many_wrong_codes(self, app: Flask, the_province: Session) -> None:
        second.code(app, "suda")
        client = app.test_client()
        handset.show_password(client, "suda", cast.SUDA.password)
        wrong = [
            client.post("/sign-in/second", data={"code": "000000"}, headers=OURS).status_code
            for _ in range(12)
        ]
        assert wrong[0] == 422
        assert wrong[-1] == 429


class TestAnActThatOpensRights:
    def test_asks_for_proof_and_then_goes_on_with_what_was_typed(
        self, app: Flask, the_province: Session
    ) -> None:
        client = browser(app, cast.SUDA)
        with client.session_transaction() as kept:
            kept["proved_at"] = "2026-01-01T00:00:00+00:00"
        asked = client.post(f"/office/people/{cast.MALI.id}/code", headers=OURS)
        assert asked.location.startswith("/prove")
        proof = {"code": second.code(app, "suda")}
        shown = client.post("/prove", data=proof, headers=OURS)
        assert shown.location.endswith("/prove/go-on")
        assert f'action="/office/people/{cast.MALI.id}/code"' in client.get("/prove/go-on").text
        assert client.post(f"/office/people/{cast.MALI.id}/code", headers=OURS).status_code == 200

    def test_is_not_opened_by_a_wrong_proof(self, app: Flask, the_province: Session) -> None:
        client = browser(app, cast.SUDA)
        assert client.post("/prove", data={"code": "123"}, headers=OURS).status_code == 422
        junk = {"answer": '{"id": "AAAA", "response": {}}'}
        assert client.post("/prove", data=junk, headers=OURS).status_code == 422
