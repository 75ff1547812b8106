"""The back office of people: worklists, approval, refusal, undoing, ends; inside one's areas."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tests import world
from tests.officer import Officer, person
from tests.registrant import SOMSRI, Registrant
from webapp.models.account import Account, SignedInSession
from webapp.models.audit import AuditEntry
from webapp.models.survey_round import ServiceWindow

ID, OTHER_ID = "1990100000511", "1990100000529"
PHONE = "0812345678"


def status_of(register: Session, account: UUID) -> str:
    register.rollback()
    return register.get_one(Account, account).status


class TestTheWorklist:
    def test_shows_who_waits_by_name_as_a_dictionary_sorts(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        for name in ("แก้ว ข", "กนก ก", "เกษม ค", "ไข่ ง"):
            person(the_world, secrets, name)
        assert suda.names() == ["กนก ก", "เกษม ค", "แก้ว ข", "ไข่ ง"]

    def test_shows_nobody_of_another_district_and_nobody_above(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        person(the_world, secrets, "คนไกล ก", village=world.FAR, status="active")
        names = suda.names("/office/people?status=all")
        assert names == ["คุณchai", "คุณmali", "คุณnida"]

    def test_masks_every_number(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        person(the_world, secrets, "กนก ก", numbers=(ID, PHONE))
        page = suda.get("/office/people")
        assert "x-xxxx-xxxxx-51-1" in page
        assert "xxx-xxx-5678" in page
        assert ID not in page.replace("-", "")
        assert PHONE not in page

    def test_says_who_has_the_same_number_and_names_nobody_elsewhere(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        person(the_world, secrets, "กนก ก", numbers=(ID, PHONE))
        person(the_world, secrets, "ขนิษฐา ข", numbers=(OTHER_ID, PHONE), status="active")
        person(the_world, secrets, "คนไกล ค", village=world.FAR, numbers=(ID, ""))
        page = suda.get("/office/people")
        assert "เบอร์โทรเดียวกับ ขนิษฐา" in page
        assert "เลขประจำตัวเดียวกับ (พื้นที่อื่น)" in page
        assert "คนไกล" not in page

    def test_goes_on_after_a_page_without_leaving_anybody_out(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        for number in range(120):
            person(the_world, secrets, f"คน{number:03} ก")
        seen: list[str] = []
        address: str | None = "/office/people"
        while address:
            page = suda.get(address)
            seen += suda.names(address)
            address = next_page(page)
        assert seen == [f"คน{number:03} ก" for number in range(120)]

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ("status=active&role=inspector", ["คุณnida"]),
            (f"status=active&area={world.DON[:6]}", ["คุณchai"]),
            (f"status=active&area=430101&home={world.NAM_SAI}", []),
            ("status=active&area=4302", ["คุณchai", "คุณmali", "คุณnida"]),
            ("status=active&area=nonsense&role=nonsense", ["คุณchai", "คุณmali", "คุณnida"]),
        ],
    )
    def test_is_narrowed_by_filters_and_never_widened(
        self, suda: Officer, filters: str, expected: list[str]
    ) -> None:
        assert suda.names(f"/office/people?{filters}") == expected

    def test_says_what_to_do_when_nobody_waits(self, suda: Officer) -> None:
        assert "ไม่มีใครรออนุมัติ" in suda.get("/office/people")

    def test_is_counted_on_the_front_page(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        person(the_world, secrets, "กนก ก")
        person(the_world, secrets, "คนไกล ก", village=world.FAR)
        assert "<b>1</b><span>คนรออนุมัติ" in suda.get("/office/")


def next_page(page: str) -> str | None:
    found = re.search(r'rel="next" href="([^"]+)"', page)
    return html.unescape(found[1]) if found else None


class TestASearch:
    @pytest.mark.parametrize(
        "words", ["กนก", "ตัวอย่างสุ", "กนก ตัวอย่าง", "1990100000511", "๑๙๙๐๑ ๐๐๐๐๐ ๕๑๑", "081-2345678"]
    )
    def test_finds_by_name_id_and_telephone_in_every_state(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes], words: str
    ) -> None:
        status = {"status": "refused", "numbers": (ID, PHONE)}
        person(the_world, secrets, "กนก ตัวอย่างสุข", **status)  # type: ignore[arg-type]
        person(the_world, secrets, "ขนิษฐา อื่น", numbers=(OTHER_ID, ""))
        answer = suda.post("/search", words=words)
        assert words not in (answer.location or "")
        assert suda.names() == ["กนก ตัวอย่างสุข"]

    def test_finds_nobody_of_another_district(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        person(the_world, secrets, "คนไกล ก", village=world.FAR, numbers=(ID, PHONE))
        for words in ("คนไกล", ID, PHONE):
            suda.post("/search", words=words)
            assert suda.names() == []

    def test_keeps_no_number_in_the_session(self, suda: Officer, the_world: Session) -> None:
        suda.post("/search", words=ID)
        kept = the_world.scalars(select(SignedInSession.data)).all()
        assert not any(ID in str(one) for one in kept)

    def test_says_where_more_begin_so_than_it_looks_at(
        self, suda: Officer, the_world: Session
    ) -> None:
        many = """
            insert into accounts (id, role, username, name_th, path)
            select gen_random_uuid(), 'volunteer', 'many-' || n, 'ขวัญใจ ' || n, :path
            from generate_series(1, :count) n
        """
        the_world.execute(text(many), {"path": world.PATHS[world.NAM_SAI], "count": 501})
        the_world.commit()
        suda.post("/search", words="ขวัญใจ")
        assert "มากกว่า 500 คน" in suda.get("/office/people")
        assert "มากกว่า 500 คน" not in suda.get("/office/people?status=refused")
        suda.post("/search", words="ขวัญใจ 50")
        assert "มากกว่า 500 คน" not in suda.get("/office/people")

    def test_finds_no_closed_account_by_its_name(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        person(the_world, secrets, "กนก ก", status="closed")
        suda.post("/search", words="กนก")
        assert suda.names() == []
        suda.post("/search", words="")
        (name,) = suda.names("/office/people?status=closed")
        assert name.startswith("บัญชีที่ปิดแล้ว")


class TestApprovingMany:
    def test_lets_all_of_them_work_and_can_be_undone(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        people = [person(the_world, secrets, f"คน{n} ก") for n in range(3)]
        suda.post("/approve", pick=[str(one) for one in people])
        assert [status_of(the_world, one) for one in people] == ["active"] * 3
        assert "เลิกทำ" in suda.get("/office/people")
        suda.post("/many", act="withdraw", pick=[str(one) for one in people])
        assert [status_of(the_world, one) for one in people] == ["waiting"] * 3

    def test_says_for_each_who_could_not_be_approved_why(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        person(the_world, secrets, "ขนิษฐา เดิม", numbers=(ID, ""), status="active")
        good = person(the_world, secrets, "กนก ก")
        twice = person(the_world, secrets, "คนซ้ำ ก", numbers=(ID, ""))
        far = person(the_world, secrets, "คนไกล ก", village=world.FAR)
        done = person(the_world, secrets, "คนเสร็จ ก", status="active")
        suda.post("/approve", pick=[str(one) for one in (good, twice, far, done)])
        page = suda.get("/office/people")
        assert [status_of(the_world, one) for one in (good, twice, far)] == [
            "active",
            "waiting",
            "waiting",
        ]
        assert "ทำไม่ได้ 3 คน" in page
        assert "ใช้เลขประจำตัวนี้ทำงานในบทบาทเดียวกันอยู่แล้ว" in page
        assert "คนไกล" not in page

    def test_writes_who_when_before_and_after(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก")
        suda.post("/approve", pick=str(account))
        act = AuditEntry.act == "person.approved"
        entry = the_world.scalars(select(AuditEntry).where(act)).one()
        assert (entry.before, entry.after) == ({"status": "waiting"}, {"status": "active"})
        assert entry.subject == {"account": str(account)}

    def test_is_refused_while_the_service_is_closed(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก")
        close(the_world, "manage_volunteers")
        suda.post("/approve", pick=str(account))
        assert status_of(the_world, account) == "waiting"
        assert "ไม่ได้เปิดอยู่" in suda.get("/office/people")


def close(register: Session, service: str) -> None:
    yesterday = date.today() - timedelta(days=1)
    register.execute(
        update(ServiceWindow).where(ServiceWindow.service == service).values(closes_on=yesterday)
    )
    register.commit()


class TestRefusingMany:
    def test_needs_a_reason_and_keeps_the_ticks(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก")
        suda.post("/many", act="refuse", pick=str(account), reason=" ")
        assert status_of(the_world, account) == "waiting"
        page = suda.get("/office/people")
        assert "กรุณาบอกเหตุผล" in page
        assert f'value="{account}" aria-label="เลือก กนก ก" checked' in page

    def test_tells_the_person_why_on_the_status_page(
        self, app: Flask, suda: Officer, the_world: Session
    ) -> None:
        somsri = Registrant(app.test_client())
        code = somsri.register(SOMSRI)
        waits = the_world.scalars(select(Account.id).where(Account.status == "waiting")).one()
        suda.post("/many", act="refuse", pick=str(waits), reason="ไม่ใช่คนในพื้นที่")
        page = somsri.status(code).get_data(as_text=True)
        assert "ไม่ใช่คนในพื้นที่" in page
        suda.post("/many", act="reconsider", pick=str(waits))
        assert "รอเจ้าหน้าที่ตรวจ" in somsri.status(code).get_data(as_text=True)

    @pytest.mark.parametrize("wrong", [{"act": "approve"}, {"act": "refuse", "pick": "x"}])
    def test_takes_nothing_else(self, suda: Officer, wrong: dict[str, Any]) -> None:
        assert suda.post("/many", **wrong).status_code == 400


class TestTheFigures:
    def test_follow_people_as_they_come_move_and_go(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        def shown(address: str) -> list[str]:
            return re.findall(r'<span class="number">\((\d+)\)', suda.get(address))

        people = [person(the_world, secrets, f"คน{n} ก") for n in range(3)]
        assert shown("/office/people") == ["3", "3", "0", "0", "0", "6"]
        suda.post("/approve", pick=str(people[0]))
        suda.post(f"/{people[1]}/act", act="close", reason="ลงทะเบียนซ้ำ")
        assert shown("/office/people") == ["1", "4", "0", "0", "0", "5"]
        assert shown("/office/people?area=430102") == ["0", "1", "0", "0", "0", "1"]
        assert shown(f"/office/people?area={world.NAM_SAI}") == ["1", "2", "0", "0", "0", "3"]
        assert shown("/office/people?role=inspector") == ["0", "1", "0", "0", "0", "1"]
