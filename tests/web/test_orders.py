"""Appointment orders through the back office, and quality check 3 that comes of them."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import cast
from webapp.db import transaction
from webapp.demo.cast import Person
from webapp.domain.actors import Actor, Role
from webapp.domain.appointments import Named
from webapp.domain.problems import Problem
from webapp.queries import orders
from webapp.services import orders as acts

OURS = {"Sec-Fetch-Site": "same-origin"}
PAPER = b"%PDF-1.4\nnobody reads this\n%%EOF"


@pytest.fixture
def suda(app: Flask, register: Session) -> FlaskClient:
    """The browser of Mali's district officer."""
    app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own interface
    cast.settle(register, app.extensions["keys"], 14)
    return browser(app, cast.SUDA)


def browser(app: Flask, person: Person) -> FlaskClient:
    client = app.test_client()
    assert cast.sign_in(client, person).status_code == 302
    return client


def enter(client: FlaskClient, names: str, **more: object) -> TestResponse:
    page = client.get("/office/orders/new").text
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page)
    assert token
    form = {"csrf_token": token[1], "area": "4301", "number": "12/2569", "issued_on": "1/11/2569"}
    return client.post("/office/orders/new", data=form | {"names": names} | more, headers=OURS)


def choose(client: FlaskClient, order: str, who: str) -> str:
    """The page after the order's first name was given to somebody."""
    page = client.get(order).text
    person = re.search(r'name="person" value="(\d+)"', page)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert person
    assert token
    form = {"csrf_token": token[1], "person": person[1], "who": who}
    answer = client.post(f"{order}/match", data=form, headers=OURS)
    return client.get(str(answer.location)).text + client.get(order).text


class TestAnOrder:
    def test_finds_the_accounts_of_its_names(self, suda: FlaskClient) -> None:
        answer = enter(suda, f"1. นาง{cast.MALI.name_th}\n2. นายไม่มี ในระบบ")
        assert answer.status_code == 303
        page = suda.get(answer.location).text
        assert "จับคู่กับบัญชีแล้ว 1 จาก 2 ชื่อ" in page
        listed = suda.get("/office/orders").text
        assert "1 / 2" in listed
        assert "นายไม่มี ในระบบ" in listed

    def test_sent_again_after_a_lost_answer_is_entered_once(
        self, suda: FlaskClient, app: Flask, register: Session
    ) -> None:
        page = suda.get("/office/orders/new").text
        made = {"request_id": re.findall(r'name="request_id" value="([^"]+)"', page)[0]}
        asked = f"นาง{cast.MALI.name_th}"

        def send(names: str) -> str | None:
            paper = {"document": (io.BytesIO(PAPER), "คำสั่ง.pdf")}
            return enter(suda, names, **paper, **made).location

        first = send(asked)
        stored = sum(one.is_file() for one in Path(app.config["JPT"].documents).rglob("*"))
        assert first == send(asked) is not None
        assert stored == sum(one.is_file() for one in Path(app.config["JPT"].documents).rglob("*"))
        changed = send(f"{asked}\nนายอีกคน ที่ลืม")  # the page gone back to: another order
        assert changed not in (first, None)
        noted = text("select count(*) from audit_entries where act = 'order.entered'")
        assert register.scalar(noted) == 2

    def test_cannot_be_entered_under_the_id_of_what_somebody_else_made(
        self, suda: FlaskClient, app: Flask, register: Session
    ) -> None:
        taken = UUID(str(enter(suda, f"นาง{cast.MALI.name_th}").location).rsplit("/", 1)[1])
        keys, folder = app.extensions["keys"].secrets, app.config["JPT"].documents
        named = [Named("นายอื่น คนละฉบับ")]
        for who, area, path in ((cast.ANAN, "43", "TH.43."), (cast.RATANA, "4302", "TH.43.4302.")):
            actor = Actor(who.id, Role.OFFICER, "", who.username, who.level, (path,))
            new = acts.NewOrder(area, "9/2569", date(2026, 11, 1), named, id=taken)
            with pytest.raises(Problem, match="malformed"), transaction(actor) as session:
                acts.enter(session, actor, folder, keys, new)
        assert register.scalar(text("select count(*) from appointment_orders")) == 1

    def test_of_many_names_is_shown_page_by_page_and_given_accounts_by_name(
        self, suda: FlaskClient, register: Session
    ) -> None:
        letters = "กขคงจชซดตถทน"
        names = "\n".join(f"คน{a}{b} ตัวอย่าง" for a in letters for b in letters[:10])
        order = str(enter(suda, names).location)
        seen, at = [], order
        while at:
            page = suda.get(at).text
            seen += re.findall(r'<th scope="row">(คน..) ', page)
            more = re.search(r'rel="next" href="([^"]+)"', page)
            at = html.unescape(more[1]) if more else ""
        assert len(seen) == len(set(seen)) == 120
        assert page.count("<datalist") == 1
        listed = suda.get("/office/orders").text
        assert listed.count("<li>คน") == 30
        assert "ดูทั้งหมด 120 รายการ" in listed

    def test_is_matched_by_a_user_name_or_a_name_that_one_person_has(
        self, suda: FlaskClient, register: Session
    ) -> None:
        order = str(enter(suda, "นางมะลิวรรณ ไม่เหมือนใคร").location)
        assert "ไม่พบ “somebody”" in choose(suda, order, "somebody")
        assert cast.MALI.name_th in choose(suda, order, cast.MALI.name_th)
        matched = text("select account_id from appointed_people where matched_by = 'hand'")
        assert register.scalars(matched).one() == cast.MALI.id

    def test_keeps_what_was_typed_when_a_line_is_wrong(self, suda: FlaskClient) -> None:
        answer = enter(suda, "นางมะลิ ตัวอย่างสุข\nสมชาย 12")
        assert answer.status_code == 422
        assert "บรรทัดที่ 2" in answer.text
        assert "สมชาย 12" in answer.text

    def test_keeps_its_paper_sealed_and_gives_it_back(
        self, suda: FlaskClient, app: Flask, register: Session
    ) -> None:
        paper = {"document": (io.BytesIO(PAPER), "../คำสั่ง.pdf")}
        answer = enter(suda, f"นาง{cast.MALI.name_th}", **paper)
        got = suda.get(f"{answer.location}/document")
        assert got.data == PAPER
        said = got.headers["Content-Disposition"]
        assert said.startswith("attachment;")
        assert said.isascii()  # a server refuses to send Thai letters in a header
        assert quote("คำสั่ง.pdf") in said
        kept = [one for one in Path(app.config["JPT"].documents).rglob("*") if one.is_file()]
        assert kept
        assert not [one for one in kept if b"nobody reads this" in one.read_bytes()]

    def test_takes_no_paper_of_another_kind(self, suda: FlaskClient) -> None:
        paper = {"document": (io.BytesIO(b"<script>alert(1)</script>"), "order.pdf")}
        assert enter(suda, f"นาง{cast.MALI.name_th}", **paper).status_code == 422

    def test_is_not_there_for_the_officer_of_another_district(
        self, suda: FlaskClient, app: Flask
    ) -> None:
        address = enter(suda, f"นาง{cast.MALI.name_th}").location
        other = browser(app, cast.RATANA)
        assert other.get(address).status_code == 404
        assert other.get(f"{address}/document").status_code == 404
        assert "12/2569" not in other.get("/office/orders").text

    def test_withdrawn_counts_no_more(self, suda: FlaskClient, register: Session) -> None:
        address = enter(suda, f"นาง{cast.MALI.name_th}").location
        said = {"reason": "พิมพ์ผิด"}
        assert suda.post(f"{address}/withdraw", data=said, headers=OURS).status_code == 303
        left = register.scalar(
            text("select count(*) from appointment_orders where withdrawn_at is null")
        )
        assert left == 0

    def test_is_not_withdrawn_without_a_reason_and_says_so_on_its_page(
        self, suda: FlaskClient, register: Session
    ) -> None:
        address = enter(suda, f"นาง{cast.MALI.name_th}").location
        for said in ({}, {"reason": " \u3000 "}):
            answer = suda.post(f"{address}/withdraw", data=said, headers=OURS)
            assert (answer.status_code, answer.location) == (303, address)
            assert "ยังไม่ได้ถอน คำสั่งนี้ยังใช้อยู่" in suda.get(address).text
        withdrawn = text("select count(*) from appointment_orders where withdrawn_at is not null")
        assert register.scalar(withdrawn) == 0

    def test_keeps_id_numbers_only_sealed(self, suda: FlaskClient, register: Session) -> None:
        enter(suda, f"นาง{cast.MALI.name_th} 1990100000511")
        row = register.scalar(text("select appointed_people::text from appointed_people"))
        assert "1990100000511" not in row

    def test_is_compared_in_a_smaller_area_where_too_many_belong_to_one(
        self, suda: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        enter(suda, f"นาง{cast.MALI.name_th}")
        department = browser(app, cast.CHALERM)
        assert "มีชื่อในคำสั่ง" in department.get("/office/orders?area=TH").text
        monkeypatch.setattr(orders, "MOST_COMPARED", 0)
        listed = department.get("/office/orders?area=TH").text
        assert "เลือกพื้นที่ให้เล็กลงก่อน" in listed
        assert "12/2569" in listed
