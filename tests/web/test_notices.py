"""Notices reach their roles inside their area and nobody else; documents come as downloads."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests import world
from tests.handset import APP, Handset, sign_in
from webapp.db import transaction
from webapp.domain.actors import Actor, Level, Role
from webapp.models.notice import Notice, NoticeRead
from webapp.queries import notices as board
from webapp.services import notices
from webapp.services.notices import Document, Refused, Written

PDF = b"%PDF-1.7\n" + b"x" * 100
OFFICER = Actor(world.OFFICER, Role.OFFICER, "", "orathai", Level.PROVINCE, ("TH.43.",))
DISTRICT = Actor(world.OFFICER, Role.OFFICER, "", "orathai", Level.DISTRICT, ("TH.43.4302.",))


def publish(app: Flask, area: str = "4301", *roles: str, **more: Any) -> int:
    wanted = {"title_th": "นัดพบ", "text_th": "พบกันเก้าโมง"} | more
    with transaction(OFFICER) as session:
        folder = app.config["JPT"].documents
        written = Written(area, roles or ("volunteer", "inspector"), **wanted)
        return notices.publish(session, OFFICER, folder, written)


def told(phone: Handset) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = phone.client.get("/api/v1/notices", headers=APP).get_json()[
        "notices"
    ]
    return found


@pytest.fixture
def officer(app: Flask, the_world: Session) -> FlaskClient:
    client = app.test_client()
    assert sign_in(client, "orathai").status_code == 302
    return client


def write(client: FlaskClient, **form: Any) -> Any:
    page = client.get("/office/notices/new").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    filled = {"csrf_token": token, "area": "4301", "roles": ["volunteer"], "title_th": "ชี้แจง"}
    data = filled | {"text_th": "พบกันเก้าโมง"} | form
    return client.post("/office/notices/new", data=data, content_type="multipart/form-data")


class TestANotice:
    def test_reaches_its_roles_inside_its_area(
        self, app: Flask, mali: Handset, chai: Handset, nida: FlaskClient, anan: FlaskClient
    ) -> None:
        number = publish(app, "430101", "volunteer")
        publish(app, "4301", "inspector")
        assert [one["id"] for one in told(mali)] == [number]
        assert told(chai) == []
        assert "นัดพบ" in nida.get("/office/notices/").get_data(as_text=True)
        assert nida.get(f"/office/notices/{number}").status_code == 404
        assert "นัดพบ" not in anan.get("/office/notices/").get_data(as_text=True)

    def test_reaches_a_volunteer_of_single_households(
        self, app: Flask, mali: Handset, the_world: Session
    ) -> None:
        the_world.execute(
            text("update assignments set household_id = :h where account_id = :a"),
            {"h": world.HOUSE, "a": world.MALI},
        )
        the_world.commit()
        app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own interface
        publish(app, "4301", "volunteer")
        assert len(told(mali)) == 1

    def test_is_unread_until_it_is_opened(self, app: Flask, nida: FlaskClient) -> None:
        number = publish(app)
        assert "ประกาศที่ยังไม่ได้อ่าน" in nida.get("/office/").get_data(as_text=True)
        nida.get(f"/office/notices/{number}")
        assert "ประกาศที่ยังไม่ได้อ่าน" not in nida.get("/office/").get_data(as_text=True)
        with transaction(OFFICER) as session:
            assert board.read(session, OFFICER, number).readers == 1

    def test_read_on_the_phone_is_read_at_the_register(
        self, app: Flask, mali: Handset, the_world: Session
    ) -> None:
        mine, other = publish(app), publish(app, "4302")
        said = mali.client.post(
            "/api/v1/notices/read", json={"notices": [mine, other, 999]}, headers=APP
        )
        assert said.status_code == 200
        assert the_world.scalars(select(NoticeRead.notice_id)).all() == [mine]
        assert told(mali)[0]["read"] is True

    def test_that_is_withdrawn_is_gone_for_readers_and_kept_for_officers(
        self, app: Flask, mali: Handset, officer: FlaskClient
    ) -> None:
        number = publish(app)
        page = officer.get(f"/office/notices/{number}").get_data(as_text=True)
        token = page.split('name="csrf_token"')[2].split('value="')[1].split('"')[0]
        answer = officer.post(f"/office/notices/{number}/withdraw", data={"csrf_token": token})
        assert answer.status_code == 302
        assert told(mali) == []
        assert "ถอนแล้ว" in officer.get("/office/notices/").get_data(as_text=True)


class TestWriting:
    def test_is_one_form_with_documents(self, officer: FlaskClient, mali: Handset) -> None:
        upload = (io.BytesIO(PDF), "../../คำสั่ง/กำหนดการ.exe")
        answer = write(officer, held_on="15/12/2569", documents=upload, video_url="https://ex.th/1")
        assert answer.status_code == 302, answer.get_data(as_text=True)[-2000:]
        [one] = told(mali)
        assert (one["held_on"], one["video_url"]) == ("2026-12-15", "https://ex.th/1")
        assert one["files"][0]["name"] == "กำหนดการ.pdf"
        got = mali.client.get(one["files"][0]["url"])
        assert (got.data, got.mimetype) == (PDF, "application/pdf")
        assert got.headers["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in got.headers["Content-Security-Policy"]

    def test_keeps_what_was_typed_beside_what_is_wrong(self, officer: FlaskClient) -> None:
        answer = write(officer, title_th="หัวข้อของฉัน", text_th="", video_url="http://x")
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert 'value="หัวข้อของฉัน"' in page
        assert "กรุณาใส่ข้อความ" in page
        assert "https://" in page

    @pytest.mark.parametrize(
        ("box", "wrong"),
        [
            ("video_url", {"video_url": "javascript:alert(1)"}),
            ("video_url", {"video_url": "https://user@evil.example/"}),
            ("roles", {"roles": ("anonymous",)}),
            ("documents", {"documents": (Document("x.pdf", b"MZ\x90"),)}),
            ("documents", {"documents": (Document("x.svg", b"<svg onload=x>"),)}),
            ("documents", {"documents": (Document("x.pdf", PDF + b"x" * 5 * 1024 * 1024),)}),
            ("documents", {"documents": (Document("x.pdf", PDF),) * 6}),
            ("title_th", {"title_th": " "}),
        ],
    )
    def test_refuses_what_nobody_should_receive(
        self, app: Flask, the_world: Session, box: str, wrong: dict[str, Any]
    ) -> None:
        asked: dict[str, Any] = {"title_th": "ก", "text_th": "ข", "roles": ("volunteer",)} | wrong
        with pytest.raises(Refused) as refused, transaction(OFFICER) as session:
            notices.publish(session, OFFICER, app.config["JPT"].documents, Written("4301", **asked))
        assert box in refused.value.boxes
        assert the_world.scalar(select(Notice.id)) is None

    def test_is_for_officers_inside_their_area(
        self, app: Flask, nida: FlaskClient, officer: FlaskClient
    ) -> None:
        assert nida.get("/office/notices/new").status_code == 403
        assert write(officer, area="10").status_code == 404


class TestTheDatabaseAlone:
    @pytest.mark.parametrize(
        "statement",
        [
            "update notices set withdrawn_at = now()",
            "insert into notice_reads (notice_id, account_id) select id, :other from notices",
            "insert into notices (path, area_code, roles, title_th, text_th, author_id) "
            "values ('TH.43.4301.', '4301', '{viewer}', 'x', 'x', :me)",
        ],
    )
    def test_lets_an_officer_of_another_district_do_nothing(
        self, app: Flask, the_world: Session, statement: str
    ) -> None:
        publish(app)
        with transaction(DISTRICT) as session:
            assert session.scalars(select(Notice)).all() == []
            asked = {"me": world.OFFICER, "other": world.MALI}
            try:
                done = session.execute(text(statement), asked if ":" in statement else {})
            except DBAPIError:
                session.rollback()
                return
            assert done.rowcount == 0  # type: ignore[attr-defined]
