"""One person of the back office: rights and their reasons, suspension, deletion, whole numbers."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests import handset, world
from tests.handset import Handset
from tests.officer import OURS, Officer, person
from webapp.models.account import Account, Grant
from webapp.models.audit import AuditEntry
from webapp.models.household import Assignment
from webapp.models.interview import Interview
from webapp.models.person import PersonDetails

ID, PHONE = "1990100000511", "0812345678"
APPOINTED = f"""
    with made as (
        insert into appointment_orders (id, round_id, area_code, path, number, issued_on, made_by)
        values (gen_random_uuid(), '{world.ROUND}', '4301', 'TH.43.4301.', '1/2569',
            '2026-11-01', :officer)
        returning id)
    insert into appointed_people (order_id, place, name_th, name_key, account_id, matched_by)
    select id, 1, 'กนก ก', 'กนกก', :account, 'hand' from made
"""


class TestAPerson:
    def test_shows_what_they_may_do_and_why(self, suda: Officer) -> None:
        page = suda.get(f"/office/people/{world.MALI}")
        assert "ได้รับมอบหมายหมู่บ้านนี้" in page
        assert "บ้านน้ำใส" in page
        assert "มีสิทธิ์ทั้งพื้นที่" in suda.get(f"/office/people/{world.NIDA}")

    @pytest.mark.parametrize("account", [world.ANAN, world.OFFICER, UUID(int=99)])
    def test_outside_or_above_is_not_there(self, suda: Officer, account: UUID) -> None:
        assert suda.client.get(f"/office/people/{account}").status_code == 404
        for act in ("approve", "act", "unmask"):
            answer = suda.post(f"/{account}/{act}", act="suspend", reason="ลองดู")
            assert answer.status_code == 404, act

    def test_that_is_suspended_can_do_nothing_from_the_next_request_on(
        self, app: Flask, suda: Officer, the_world: Session
    ) -> None:
        nida = app.test_client()
        assert handset.sign_in(nida, "nida").status_code == 302
        assert nida.get("/map").status_code == 200
        suda.post(f"/{world.NIDA}/act", act="suspend", reason="ลาคลอด")
        app.session_interface.forget_all()  # type: ignore[attr-defined]  # within five seconds
        assert nida.get("/map").status_code == 401
        assert handset.sign_in(nida, "nida").status_code == 422
        suda.post(f"/{world.NIDA}/resume")
        assert handset.sign_in(nida, "nida").status_code == 302

    def test_needs_a_reason_to_be_suspended_and_keeps_the_page(self, suda: Officer) -> None:
        answer = suda.post(f"/{world.NIDA}/act", act="suspend", reason="ก")
        assert answer.status_code == 422
        assert "กรุณาบอกเหตุผล" in answer.get_data(as_text=True)

    def test_already_handled_by_somebody_else_is_said_so(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", status="active")
        answer = suda.post(f"/{account}/approve")
        assert answer.status_code == 409
        assert "มีคนทำรายการนี้ไปแล้ว" in answer.get_data(as_text=True)

    def test_of_an_inspector_gets_the_district_by_being_approved(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", village="4301", role="inspector")
        suda.post(f"/{account}/approve")
        granted = select(Grant.path).where(Grant.account_id == account, Grant.ended_at.is_(None))
        assert the_world.scalars(granted).all() == [world.PATHS["4301"]]


class TestDeleting:
    def test_somebody_who_did_nothing_leaves_nothing(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", numbers=(ID, PHONE))
        suda.post(f"/{account}/act", act="close", reason="ลงทะเบียนซ้ำ")
        the_world.rollback()
        assert the_world.get(Account, account) is None
        assert the_world.get(PersonDetails, account) is None
        act = AuditEntry.act == "person.erased"
        assert the_world.scalars(select(AuditEntry.after).where(act)).one()["role"] == "volunteer"

    def test_somebody_with_a_code_that_nobody_used_leaves_nothing(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", status="active")
        assert suda.client.post(f"/office/people/{account}/code", headers=OURS).status_code == 200
        assert suda.post(f"/{account}/act", act="close", reason="ลงทะเบียนซ้ำ").status_code == 303
        the_world.rollback()
        assert the_world.get(Account, account) is None

    def test_somebody_whom_an_order_names_is_closed_and_stays_named(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", status="active")
        the_world.execute(text(APPOINTED), {"account": account, "officer": world.OFFICER})
        the_world.commit()
        assert suda.post(f"/{account}/act", act="close", reason="ลงทะเบียนซ้ำ").status_code == 303
        the_world.rollback()
        assert the_world.get_one(Account, account).status == "closed"

    def test_somebody_who_worked_is_closed_without_numbers_and_stays_in_history(
        self, suda: Officer, the_world: Session
    ) -> None:
        suda.post(f"/{world.MALI}/act", act="close", reason="ย้ายไปต่างจังหวัด")
        the_world.rollback()
        kept = the_world.get_one(Account, world.MALI)
        assert (kept.status, kept.name_th) == ("closed", "คุณmali")
        assert "คุณmali" not in suda.get("/office/people?status=closed")
        assert "ปิดบัญชี" in suda.get(f"/office/people/{world.MALI}")

    def test_somebody_closed_who_comes_again_is_known_again(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        numbers = (ID, PHONE)
        gone = person(the_world, secrets, "กนก ก", status="closed", numbers=numbers)
        again = person(the_world, secrets, "กนก ก", numbers=numbers)
        person(the_world, secrets, "แม่ ก", numbers=("", PHONE), status="refused")
        page = suda.get("/office/people")
        assert f"เลขประจำตัวเดียวกับ บัญชีที่ปิดแล้ว {str(gone)[:4].upper()} (ปิดแล้ว)" in page
        assert "แม่ ก" not in page
        assert f'href="/office/people/{gone}"' in suda.get(f"/office/people/{again}")
        assert suda.post(f"/{again}/approve").status_code == 303


class TestUnmasking:
    def test_shows_the_numbers_once_for_a_reason_that_is_kept(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", numbers=(ID, PHONE))
        page = suda.post(f"/{account}/unmask", reason="เทียบกับบัตร").get_data(as_text=True)
        assert "1-9901-00000-51-1" in page
        assert PHONE in page
        assert "1-9901-00000-51-1" not in suda.get(f"/office/people/{account}")
        act = AuditEntry.act == "person.unmasked"
        entry = the_world.scalars(select(AuditEntry).where(act)).one()
        assert entry.after == {"reason": "เทียบกับบัตร"}

    def test_without_a_reason_shows_nothing(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", numbers=(ID, PHONE))
        answer = suda.post(f"/{account}/unmask", reason="")
        assert answer.status_code == 422
        assert "51-1" not in answer.get_data(as_text=True).replace("xxxxx-51-1", "")


class TestTheWorkOfSomebodyWhoIsClosed:
    def test_has_ended_with_the_reason_and_can_be_given_to_others(
        self, suda: Officer, the_world: Session, mali: Handset
    ) -> None:
        assert mali.put(mali.interview()).status_code == 201
        answer = suda.post(f"/{world.MALI}/act", act="close", reason="ย้ายไปต่างจังหวัด")
        assert answer.status_code == 303
        assert "มอบหมายให้คนอื่นได้" in suda.get(f"/office/people/{world.MALI}")
        the_world.rollback()
        work = select(Assignment.ended_by.is_not(None), Assignment.end_reason)
        ended = the_world.execute(work.where(Assignment.account_id == world.MALI)).all()
        assert ended == [(True, "ปิดบัญชีแล้ว")]
        author = select(Interview.author_id).where(Interview.household_id == world.HOUSE)
        assert the_world.scalar(author) == world.MALI
        assert "คุณmali" not in suda.get(f"/office/assignments/{world.NAM_SAI}").split("<h2 id")[0]
