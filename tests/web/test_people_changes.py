"""Adding, editing, moving and importing people; two officers who edit see each other's change."""

from __future__ import annotations

import io
import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import world
from tests.officer import OURS, Officer, person
from webapp.blueprints import people_import
from webapp.models.account import Account, Grant
from webapp.models.audit import AuditEntry
from webapp.models.person import OfferedVillage, PersonDetails
from webapp.queries import area_choices
from webapp.services import details

ID, OTHER_ID, THIRD_ID = "1990100000511", "1990100000529", "1990100000537"
PHONE = "0812345678"
HEADING = "บทบาท,คำนำหน้า,ชื่อ,นามสกุล,เลขประจำตัวประชาชน,เบอร์โทรศัพท์,รหัสพื้นที่,สังกัด"
SOUND = f"""{HEADING}
อาสาสมัคร,นาง,สมศรี,ตัวอย่าง,{ID},{PHONE},{world.NAM_SAI},
,นาย,สมชาย,ตัวอย่าง,๑๙๙๐๑๐๐๐๐๐๕๒๙,,{world.DON},
ผู้ดูรายงาน,,นิภา,ตัวอย่าง,,042411234,4301,อำเภอ
"""


@pytest.fixture
def orathai(app: Flask, the_world: Session) -> Officer:
    """The officer of the province."""
    return Officer(app, "orathai")


def form_of(page: str) -> dict[str, Any]:
    """The fields of a form as the page shows them."""
    main = page.split("<main")[1]
    boxes = re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', main)
    chosen = re.findall(r'<select[^>]*name="(\w+)".*?</select>', main, re.DOTALL)
    for name in chosen:
        found = re.search(rf'name="{name}".*?value="([^"]*)" selected', main, re.DOTALL)
        boxes.append((name, found[1] if found else ""))
    return dict(boxes)


class TestAdding:
    @pytest.mark.parametrize(
        ("username", "kinds"),
        [
            ("suda", ["volunteer", "inspector", "viewer"]),
            ("orathai", ["volunteer", "inspector", "viewer", "district_officer"]),
        ],
    )
    def test_is_offered_for_the_level_below_only(
        self, app: Flask, suda: Officer, username: str, kinds: list[str]
    ) -> None:
        page = Officer(app, username).get("/office/people/new")
        assert re.findall(r'href="/office/people/new/(\w+)"', page) == kinds

    def test_a_viewer_gives_them_the_area_and_no_password(
        self, suda: Officer, the_world: Session
    ) -> None:
        suda.get("/office/people/new/viewer")
        typed = {"given": "นิภา", "family": "ตัวอย่าง", "phone": PHONE, "province": "43"}
        answer = suda.post("/new/viewer", **typed, district="4301")
        account = UUID(str(answer.location).rsplit("/", 1)[1])
        made = the_world.get_one(Account, account)
        assert (made.role, made.status, made.password_hash) == ("viewer", "active", None)
        assert the_world.scalars(
            select(Grant.area_code).where(Grant.account_id == account)
        ).all() == ["4301"]

    def test_outside_ones_areas_is_refused_with_everything_kept(self, suda: Officer) -> None:
        suda.get("/office/people/new/viewer")
        typed = {"given": "นิภา", "family": "ตัวอย่าง", "phone": PHONE, "province": "43"}
        answer = suda.post("/new/viewer", **typed, district="4302")
        assert answer.status_code == 409
        assert 'value="นิภา"' in answer.get_data(as_text=True)

    def test_an_officer_is_not_for_the_same_level(self, suda: Officer) -> None:
        assert suda.client.get("/office/people/new/district_officer").status_code == 404

    def test_a_district_officer_is_for_the_province(
        self, orathai: Officer, the_world: Session
    ) -> None:
        orathai.get("/office/people/new/district_officer")
        typed = {"given": "รัตนา", "family": "ตัวอย่าง", "phone": PHONE, "province": "43"}
        answer = orathai.post("/new/district_officer", **typed, district="4302")
        assert answer.status_code == 303
        made = the_world.scalars(select(Account).where(Account.name_th == "รัตนา ตัวอย่าง")).one()
        assert (made.level, made.path) == ("district", world.PATHS["4302"])

    def test_a_volunteer_needs_an_id_and_a_village(self, suda: Officer, the_world: Session) -> None:
        suda.get("/office/people/new/volunteer")
        answer = suda.post("/new/volunteer", given="ก", family="ข", phone=PHONE, province="43")
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert "กรุณาใส่เลขประจำตัวประชาชน" in page
        assert "กรุณาเลือกพื้นที่" in page


class TestEditing:
    def edit(self, officer: Officer, account: UUID, **changed: str) -> Any:
        fields = form_of(officer.get(f"/office/people/{account}/edit")) | changed
        return officer.post(f"/{account}/edit", **fields)

    def test_changes_what_was_written_and_keeps_the_numbers(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", numbers=(ID, PHONE))
        assert self.edit(suda, account, given="กนกพร", title_th="นาง").status_code == 303
        the_world.rollback()
        assert the_world.get_one(Account, account).name_th == "กนกพร ก"
        kept = the_world.get_one(PersonDetails, account)
        assert kept.title_th == "นาง"
        assert details.opened(secrets, account, "national_id", kept.national_id) == ID
        assert kept.home_village_code == world.NAM_SAI

    def test_logs_a_changed_number_without_the_number(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", numbers=(ID, PHONE))
        self.edit(suda, account, national_id=OTHER_ID)
        act = AuditEntry.act == "person.edited"
        assert the_world.scalars(select(AuditEntry.after).where(act)).one() == {
            "national_id": "เปลี่ยน"
        }

    def test_of_what_another_officer_changed_shows_both_and_loses_nothing(
        self, suda: Officer, orathai: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", numbers=(ID, PHONE))
        fields = form_of(suda.get(f"/office/people/{account}/edit"))
        self.edit(orathai, account, family="ของจังหวัด")
        answer = suda.post(f"/{account}/edit", **fields | {"family": "ของอำเภอ"})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert "คุณorathai" in page
        assert "<td>ของจังหวัด</td><td><strong>ของอำเภอ</strong></td>" in page
        assert suda.post(f"/{account}/edit", **form_of(page)).status_code == 303
        the_world.rollback()
        assert the_world.get_one(Account, account).name_th == "กนก ของอำเภอ"

    def test_that_changes_nothing_leaves_no_trace(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", numbers=(ID, PHONE))
        self.edit(suda, account)
        act = AuditEntry.act == "person.edited"
        assert the_world.scalar(select(func.count()).select_from(AuditEntry).where(act)) == 0

    def test_of_an_outsider_is_not_there(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "คนไกล ก", village=world.FAR)
        for page in ("edit", "transfer"):
            assert suda.client.get(f"/office/people/{account}/{page}").status_code == 404


class TestMoving:
    def test_inside_the_district_changes_who_sees_them_nowhere_else(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", status="active")
        fields = form_of(suda.get(f"/office/people/{account}/transfer"))
        to = {"subdistrict": "430102", "village": world.DON, "reason": "ย้ายบ้าน"}
        assert suda.post(f"/{account}/transfer", **fields | to).status_code == 303
        the_world.rollback()
        assert the_world.get_one(Account, account).path == world.PATHS[world.DON]

    def test_to_another_district_is_for_the_province(
        self, suda: Officer, orathai: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก", village="4301", role="inspector")
        to = {"province": "43", "district": "4302", "revision": "1"}
        suda.post(f"/{account}/transfer", **to)
        the_world.rollback()
        assert the_world.get_one(Account, account).path == world.PATHS["4301"]
        assert orathai.post(f"/{account}/transfer", **to).status_code == 303
        the_world.rollback()
        assert the_world.get_one(Account, account).path == world.PATHS["4302"]
        assert suda.client.get(f"/office/people/{account}").status_code == 404


class TestAList:
    def look(self, officer: Officer, text: str, name: str = "list.csv") -> Any:
        officer.get("/office/people/import")
        file = (io.BytesIO(text.encode()), name)
        data = {"csrf_token": officer.token, "file": file}
        return officer.client.post("/office/people/import", data=data, headers=OURS)

    def count(self, register: Session) -> int:
        register.rollback()
        return register.scalar(select(func.count()).select_from(Account)) or 0

    def test_is_looked_at_first_and_then_taken_whole(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        before = self.count(the_world)
        page = self.look(suda, SOUND).get_data(as_text=True)
        assert self.count(the_world) == before
        assert "เพิ่ม 3 คน" in page
        sealed = form_of(page)["sealed"]
        assert "สมศรี" not in page
        for _ in range(2):  # after a lost answer it is sent again
            assert suda.post("/import", sealed=sealed).status_code == 303
            assert self.count(the_world) == before + 3
        somsri = the_world.scalars(select(Account).where(Account.name_th.like("สมศรี%"))).one()
        assert somsri.path == world.PATHS[world.NAM_SAI]
        kept = the_world.get_one(PersonDetails, somsri.id)
        assert details.opened(secrets, somsri.id, "phone", kept.phone) == PHONE
        offers = select(OfferedVillage.village_code).where(OfferedVillage.account_id == somsri.id)
        assert the_world.scalars(offers).all() == [world.NAM_SAI]

    @pytest.mark.parametrize(
        ("row", "says"),
        [
            (f"อาสาสมัคร,,ก,ข,{ID},,{world.FAR},", "อยู่นอกพื้นที่ของท่าน"),
            (f"อาสาสมัคร,,ก,ข,{ID},,4301,", "ต้องเป็นรหัสหมู่บ้าน"),
            (f"อาสาสมัคร,,ก,ข,,,{world.DON},", "กรุณาใส่เลขประจำตัวประชาชน"),
            (f"อาสาสมัคร,,,ข,{THIRD_ID},,{world.DON},", "กรุณาใส่ชื่อ"),
            (f"อาสาสมัคร,,ก,ข,{ID},,{world.DON},", "ซ้ำกับแถว 2"),
            (f"นายอำเภอ,,ก,ข,{THIRD_ID},,{world.DON},", "บทบาทต้องเป็น"),
            (f"อาสาสมัคร,,ก,ข,{THIRD_ID},12,{world.DON},", "ไม่ใช่เบอร์โทรศัพท์"),
        ],
    )
    def test_with_one_wrong_row_adds_nobody_and_says_which(
        self, suda: Officer, the_world: Session, row: str, says: str
    ) -> None:
        before = self.count(the_world)
        answer = self.look(suda, SOUND + row + "\n")
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert f"แถว 5: {says}" in page or ("แถว 5" in page and says in page)
        assert 'name="sealed"' not in page
        assert self.count(the_world) == before

    def test_with_somebody_who_works_already_says_so(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        person(the_world, secrets, "เดิม ก", village=world.FAR, status="active", numbers=(ID, ""))
        page = self.look(suda, SOUND).get_data(as_text=True)
        assert "แถว 2: มีคนที่ใช้เลขประจำตัวนี้" in page

    @pytest.mark.parametrize(
        ("text", "name", "says"),
        [
            ("a,b\n1,2\n", "list.csv", "ไม่พบคอลัมน์"),
            ("not a workbook", "list.xlsx", "เปิดแฟ้ม Excel ไม่ได้"),
            ("", "list.csv", "กรุณาเลือกแฟ้ม"),
            ("x" * 1_000, "list.csv", "ใหญ่เกิน 1 MB"),
        ],
    )
    def test_that_is_no_list_is_refused_kindly(
        self, suda: Officer, text: str, name: str, says: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(people_import, "LARGEST_FILE", 999)
        answer = self.look(suda, text, name)
        assert answer.status_code == 422
        assert says in answer.get_data(as_text=True)

    def test_of_another_officer_cannot_be_sent_in_their_name(
        self, suda: Officer, orathai: Officer, the_world: Session
    ) -> None:
        sealed = form_of(self.look(suda, SOUND).get_data(as_text=True))["sealed"]
        orathai.get("/office/people/import")
        before = self.count(the_world)
        assert orathai.post("/import", sealed=sealed).status_code == 400
        assert self.count(the_world) == before

    def test_has_an_example_that_is_sound_where_its_villages_are(self, suda: Officer) -> None:
        with suda.client.get("/office/people/import/example.csv") as answer:
            text = answer.get_data(as_text=True).lstrip("\ufeff")
        assert self.look(suda, text).status_code == 200

    def test_has_an_example_of_the_officers_own_area(self, the_world: Session) -> None:
        assert area_choices.first_village(the_world, ("TH.43.4302.",)) == world.FAR
        assert area_choices.first_village(the_world, ("TH.99.",)) is None
