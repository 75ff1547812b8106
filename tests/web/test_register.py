"""Registering oneself: once however often it is sent, kindly refused, told to nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from tests import world
from tests.registrant import JSON, SOMKID, SOMSRI, Registrant, shown_code
from webapp.models.account import Account
from webapp.models.audit import AuditEntry
from webapp.models.person import OfferedVillage, PersonDetails
from webapp.models.survey_round import ServiceWindow
from webapp.services import details

ID, PHONE = "1990100000511", "0812345678"


@pytest.fixture
def somsri(app: Flask, the_world: Session) -> Registrant:
    return Registrant(app.test_client())


def waiting(register: Session) -> list[Account]:
    register.rollback()
    return list(register.scalars(select(Account).where(Account.status == "waiting")))


class TestAVolunteerWhoRegisters:
    def test_waits_in_her_home_village_with_her_numbers_sealed(
        self, app: Flask, somsri: Registrant, the_world: Session
    ) -> None:
        somsri.register(SOMSRI)
        (account,) = waiting(the_world)
        assert (account.role, account.name_th) == ("volunteer", "สมศรี ตัวอย่างงาม")
        assert account.path == world.PATHS[world.NAM_SAI]
        assert account.password_hash is None
        kept = the_world.get_one(PersonDetails, account.id)
        secrets = app.extensions["keys"].secrets
        assert details.opened(secrets, account.id, "national_id", kept.national_id) == ID
        assert details.opened(secrets, account.id, "phone", kept.phone) == PHONE
        assert the_world.scalars(select(OfferedVillage.village_code)).all() == [world.NAM_SAI]

    def test_leaves_no_number_in_any_table(self, somsri: Registrant, the_world: Session) -> None:
        somsri.register(SOMSRI)
        for table in ("accounts", "person_details", "audit_entries", "sessions"):
            rows = the_world.execute(text(f"select t::text from {table} t")).scalars()
            written = " ".join(rows)
            assert ID not in written
            assert PHONE not in written

    def test_is_told_her_code_and_finds_her_registration_with_it(self, somsri: Registrant) -> None:
        code = somsri.register(SOMSRI)
        page = somsri.status(code).get_data(as_text=True)
        assert "รอเจ้าหน้าที่ตรวจ" in page
        assert "สมศรี" not in page

    def test_sees_the_code_no_more_once_it_is_noted(self, somsri: Registrant) -> None:
        somsri.register(SOMSRI)
        page = somsri.client.get("/register/done")
        assert page.status_code == 200
        somsri.client.post("/register/noted", data=somsri.hidden)
        assert somsri.client.get("/register/done").status_code == 302

    def test_is_noted_in_the_audit_log_without_her_name(
        self, somsri: Registrant, the_world: Session
    ) -> None:
        somsri.register(SOMSRI)
        act = AuditEntry.act == "person.registered"
        entry = the_world.scalars(select(AuditEntry).where(act)).one()
        assert entry.path == world.PATHS[world.NAM_SAI]
        assert "สมศรี" not in str(entry.subject)


class TestARegistrationSentTwice:
    def test_is_one_registration_with_one_code(
        self, somsri: Registrant, the_world: Session
    ) -> None:
        codes = {somsri.register(SOMSRI), somsri.register(SOMSRI)}
        assert len(codes) == 1
        assert len(waiting(the_world)) == 1

    def test_keeps_what_was_put_right_in_between(
        self, somsri: Registrant, the_world: Session
    ) -> None:
        somsri.register(SOMSRI)
        somsri.register(SOMSRI | {"given": "สมศรีใจ", "offered": [world.NAM_SAI, world.DON]})
        assert [one.name_th for one in waiting(the_world)] == ["สมศรีใจ ตัวอย่างงาม"]
        assert the_world.scalar(select(func.count()).select_from(OfferedVillage)) == 2

    def test_changes_nothing_once_it_is_decided(
        self, somsri: Registrant, the_world: Session
    ) -> None:
        code = somsri.register(SOMSRI)
        the_world.execute(
            update(Account).where(Account.status == "waiting").values(status="active")
        )
        the_world.commit()
        assert somsri.register(SOMSRI | {"given": "อื่น"}) == code
        assert the_world.scalar(select(Account.id).where(Account.name_th.like("อื่น%"))) is None


class TestSomebodyWhoIsThereAlready:
    def test_looks_to_the_browser_like_anybody_else(
        self, app: Flask, somsri: Registrant, the_world: Session
    ) -> None:
        first = somsri.register(SOMSRI)
        again = Registrant(app.test_client())
        fresh = Registrant(app.test_client())
        same = again.send(SOMSRI)
        other = fresh.send(SOMSRI | {"national_id": "1990100000537", "phone": "0899999999"})
        assert (same.status_code, same.location) == (other.status_code, other.location)
        pages = [one.client.get("/register/done").get_data(as_text=True) for one in (again, fresh)]
        codes = [shown_code(one.client) for one in (again, fresh)]
        assert first not in codes
        bare = [
            "".join(line for line in page.replace(code, "").splitlines() if "csrf" not in line)
            for page, code in zip(pages, codes, strict=True)
        ]
        assert bare[0] == bare[1]
        assert len(waiting(the_world)) == 3


class TestAFormWithMistakes:
    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"given": " "}, "กรุณาใส่ชื่อ"),
            ({"family": "ทดสอบ7"}, "ใช้เฉพาะตัวอักษร"),
            ({"national_id": "199010000051"}, "13 หลัก"),
            ({"national_id": ""}, "กรุณาใส่เลขประจำตัว"),
            ({"phone": "0512345678901"}, "ไม่ใช่เบอร์โทรศัพท์"),
            ({"village": ""}, "กรุณาเลือกหมู่บ้าน"),
            ({"village": "4301"}, "กรุณาเลือกหมู่บ้าน"),
            ({"offered": ["99999999"]}, "ไม่อยู่ในทะเบียนพื้นที่"),
            ({"agreed": ""}, "กดยินยอม"),
        ],
    )
    def test_comes_back_with_the_sentence_and_everything_typed(
        self, somsri: Registrant, the_world: Session, wrong: dict[str, Any], says: str
    ) -> None:
        answer = somsri.send(SOMSRI | wrong)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert says in page
        kept = {"given", "family", "phone"} - wrong.keys()
        assert all(f'value="{SOMSRI[name]}"' in page for name in kept)
        assert waiting(the_world) == []

    def test_may_have_a_doubtful_check_digit(self, somsri: Registrant, the_world: Session) -> None:
        somsri.register(SOMSRI | {"national_id": "1990100000512"})
        assert len(waiting(the_world)) == 1
        assert "ดูไม่ตรงรูปแบบ" in somsri.client.get("/register/done").get_data(as_text=True)

    def test_is_told_box_by_box_to_a_script(self, somsri: Registrant) -> None:
        told = somsri.send(SOMSRI | {"phone": "1"}, headers=JSON).get_json()
        assert list(told["errors"]) == ["phone"]

    def test_grown_too_old_is_sent_again_with_the_token_it_gets(
        self, somsri: Registrant, the_world: Session
    ) -> None:
        somsri.hidden["csrf_token"] = "stale"
        answer = somsri.send(SOMSRI, headers=JSON)
        assert answer.status_code == 409
        somsri.hidden["csrf_token"] = answer.get_json()["token"]
        assert somsri.send(SOMSRI, headers=JSON).get_json() == {"done": "/register/done"}
        assert len(waiting(the_world)) == 1


class TestTheListsWithoutAScript:
    def test_show_the_next_level_and_lose_nothing(self, somsri: Registrant) -> None:
        asked = SOMSRI | {"subdistrict": "", "village": "", "show": "area"}
        page = somsri.send(asked).get_data(as_text=True)
        assert "ในเมือง" in page
        assert 'value="สมศรี"' in page
        assert "problem" not in page.split("<main")[1].split('problem"></div>')[0][:0] + ""

    def test_find_a_village_by_its_name(self, somsri: Registrant) -> None:
        asked = {"given": "สมศรี", "village_name": "น้ำใส", "show": "search"}
        page = somsri.send(asked).get_data(as_text=True)
        assert "บ้านน้ำใส" in page
        taken = somsri.send({"found": world.NAM_SAI, "show": "area"}).get_data(as_text=True)
        assert f'<option value="{world.NAM_SAI}" selected>' in taken

    def test_forget_a_village_that_does_not_lie_in_the_subdistrict(
        self, somsri: Registrant, the_world: Session
    ) -> None:
        assert somsri.send(SOMSRI | {"subdistrict": "430102"}).status_code == 422
        assert waiting(the_world) == []


class TestTheWindow:
    def close(self, register: Session, service: str) -> None:
        yesterday = date.today() - timedelta(days=1)
        window = ServiceWindow.service == service
        register.execute(update(ServiceWindow).where(window).values(closes_on=yesterday))
        register.commit()

    def test_when_over_says_since_when_and_takes_nobody(
        self, somsri: Registrant, the_world: Session
    ) -> None:
        self.close(the_world, "volunteer_registration")
        assert "ปิดเมื่อ" in somsri.client.get("/register/volunteer").get_data(as_text=True)
        answer = somsri.send(SOMSRI)
        assert answer.status_code == 403
        assert 'value="สมศรี"' in answer.get_data(as_text=True)
        assert waiting(the_world) == []

    def test_of_volunteers_is_not_the_one_of_inspectors(
        self, app: Flask, the_world: Session
    ) -> None:
        self.close(the_world, "volunteer_registration")
        Registrant(app.test_client(), "inspector").register(SOMKID)
        assert [one.role for one in waiting(the_world)] == ["inspector"]


class TestAnInspectorWhoRegisters:
    def test_belongs_to_the_district_and_has_no_rights_yet(
        self, app: Flask, the_world: Session
    ) -> None:
        Registrant(app.test_client(), "inspector").register(SOMKID)
        (account,) = waiting(the_world)
        assert account.path == world.PATHS["4301"]
        kept = the_world.get_one(PersonDetails, account.id)
        assert (kept.agency_th, kept.position_th) == (SOMKID["agency_th"], "พัฒนากร")

    def test_may_ask_for_the_whole_province(self, app: Flask, the_world: Session) -> None:
        Registrant(app.test_client(), "inspector").register(SOMKID | {"district": ""})
        assert waiting(the_world)[0].path == world.PATHS["43"]


class TestLimits:
    def test_stop_one_number_that_registers_without_end(
        self, app: Flask, the_world: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from webapp.blueprints import register

        monkeypatch.setitem(register.REGISTRATIONS, "phone", 2)
        answers = [Registrant(app.test_client()).send(SOMSRI).status_code for _ in range(3)]
        assert answers == [302, 302, 429]
        assert len(waiting(the_world)) == 2

    def test_let_a_registration_be_sent_again(
        self, somsri: Registrant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from webapp.blueprints import register

        monkeypatch.setitem(register.REGISTRATIONS, "phone", 2)
        assert [somsri.send(SOMSRI).status_code for _ in range(4)] == [302] * 4

    def test_stop_somebody_who_guesses_codes(
        self, somsri: Registrant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from webapp.blueprints import register

        monkeypatch.setattr(register, "WRONG_CODES", 3)
        codes = [somsri.status(f"{number:012}").status_code for number in range(5)]
        assert codes == [422, 422, 422, 429, 429]


class TestTheStatusPage:
    def test_takes_thai_digits_and_spaces(self, somsri: Registrant) -> None:
        code = somsri.register(SOMSRI)
        thai = code.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        assert "รอเจ้าหน้าที่ตรวจ" in somsri.status(thai).get_data(as_text=True)

    def test_tells_the_reason_of_a_refusal(self, somsri: Registrant, the_world: Session) -> None:
        code = somsri.register(SOMSRI)
        values = {"status": "refused", "status_reason": "ไม่ใช่คนในพื้นที่"}
        the_world.execute(update(Account).where(Account.status == "waiting").values(values))
        the_world.commit()
        page = somsri.status(code).get_data(as_text=True)
        assert "ไม่อนุมัติ" in page
        assert "ไม่ใช่คนในพื้นที่" in page


def test_pages_of_registering_need_no_account(client: FlaskClient, the_world: Session) -> None:
    for page in ("", "volunteer", "inspector", "status"):
        assert client.get(f"/register/{page}").status_code == 200
