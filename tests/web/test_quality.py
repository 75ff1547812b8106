"""The quality sheet, its exceptions and readiness, over HTTP."""

from __future__ import annotations

import io
import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests import visits, world
from tests.handset import Handset, sign_in
from tests.officer import OURS
from tests.services.test_reckoning import reckon
from webapp.models.interview import Interview, Revision

SHEET = f"/office/quality/{world.NAM_SAI}"
SUBDISTRICT = world.NAM_SAI[:6]
GROUP = f"/office/working-group/{SUBDISTRICT}"
SOMEBODY = {"name": "สมมุติ คนหนึ่ง", "agency": "อบต.ในเมือง", "sector": "state"}
PDF = b"%PDF-1.4 a made-up paper"


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.get_data(as_text=True)


def post(client: FlaskClient, address: str, **form: object) -> int:
    answer = client.post(address, data=form, headers=OURS)
    return answer.status_code


def sent(client: FlaskClient, address: str, **form: object) -> int:
    """A form with the token of its page."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page(client, GROUP))
    return post(client, address, **({"csrf_token": token[1] if token else ""} | form))


def figures(client: FlaskClient, area: str = "") -> dict[str, str]:
    answer = client.get("/office/quality/figures", query_string={"area": area} if area else {})
    assert answer.status_code == 200
    found: dict[str, str] = answer.get_json()["cells"]
    return found


@pytest.fixture
def signed_in(app: Flask, the_world: Session) -> dict[str, FlaskClient]:
    people = {}
    for name in ("orathai", "wichai"):
        people[name] = app.test_client()
        assert sign_in(people[name], name).status_code == 302
    return people


@pytest.fixture
def officer(signed_in: dict[str, FlaskClient]) -> FlaskClient:
    return signed_in["orathai"]


@pytest.fixture
def viewer(signed_in: dict[str, FlaskClient]) -> FlaskClient:
    return signed_in["wichai"]


@pytest.fixture
def interview(app: Flask, mali: Handset, register: Session) -> UUID:
    one = visits.with_evidence(app, mali)
    reckon()
    return UUID(str(one.interview))


class TestAVillagesSheet:
    def test_shows_all_eight_with_their_formula(self, nida: FlaskClient, interview: UUID) -> None:
        shown = page(nida, SHEET)
        assert len(re.findall('class="card quality-check"', shown)) == 8
        assert shown.count("สูตรรุ่นที่") == 8
        assert "1,200.00" in shown  # the one household's income, to an inspector

    def test_has_every_figure_that_follows_and_no_other(
        self, nida: FlaskClient, interview: UUID
    ) -> None:
        for area in (world.NAM_SAI, SUBDISTRICT, "4301"):
            shown = page(nida, f"/office/quality/{area}")
            places = set(re.findall(r'data-(?:cell|kind)="([^"]+)"', shown))
            followed = figures(nida, area)
            assert places <= followed.keys()
            rows = {name for name in followed if re.match("(area|check)-", name)}
            assert rows <= places

    def test_says_a_rule_that_fails_in_its_own_words(
        self, nida: FlaskClient, interview: UUID, register: Session
    ) -> None:
        failed = {"failures": [{"id": "R29-no_debt", "severity": "soft"}]}
        register.execute(update(Revision).values(evaluation=failed))
        register.execute(update(Interview).values(soft_open=1, evidence_grade="weak"))
        register.commit()
        reckon()
        for shown in (page(nida, SHEET), page(nida, f"{SHEET}/exceptions/5")):
            assert "กฎ R29" in shown
            assert "มีรายจ่ายชำระหนี้ แต่ตอบว่าไม่มีหนี้สิน" in shown
            assert "R29-no_debt</" not in shown

    def test_is_not_sent_again_while_nothing_changes(
        self, nida: FlaskClient, interview: UUID
    ) -> None:
        first = nida.get("/office/quality/figures", query_string={"area": world.NAM_SAI})
        again = nida.get(
            "/office/quality/figures",
            query_string={"area": world.NAM_SAI},
            headers={"If-None-Match": first.headers["ETag"]},
        )
        assert (again.status_code, again.data) == (304, b"")

    def test_shows_a_viewer_no_figure_of_so_few_households(
        self, viewer: FlaskClient, interview: UUID
    ) -> None:
        for area in (world.NAM_SAI, SUBDISTRICT):
            shown = page(viewer, f"/office/quality/{area}")
            assert "1,200" not in shown
            assert "น้อยกว่า 5 ครัวเรือน" in shown
            assert not [name for name in figures(viewer, area) if name.startswith("check-8.mean")]

    def test_leads_a_viewer_to_no_household(self, viewer: FlaskClient, interview: UUID) -> None:
        shown = page(viewer, SHEET)
        assert "/exceptions/" not in shown
        assert viewer.get(f"{SHEET}/exceptions/5").status_code == 403

    def test_is_not_there_for_another_district(self, anan: FlaskClient, interview: UUID) -> None:
        assert anan.get(SHEET).status_code == 404
        assert anan.get(f"{SHEET}/exceptions/5").status_code == 404
        assert anan.get("/office/quality/figures?area=430101").status_code == 404


class TestAnAreasSheet:
    def test_counts_villages_by_state(self, officer: FlaskClient, interview: UUID) -> None:
        province = figures(officer)
        assert province["whole.bad"] == "3"
        assert province["area-4301.8.count"] == "2"
        assert figures(officer, "4301")["area-430101.8.count"] == "1"
        assert figures(officer, SUBDISTRICT)[f"area-{world.NAM_SAI}.8.kind"] == "bad"

    @pytest.mark.parametrize("area", ["9999", "x", "43010199"])
    def test_of_no_area_is_not_there(self, officer: FlaskClient, area: str) -> None:
        assert officer.get(f"/office/quality/{area}").status_code in (400, 404, 422)


class TestAnException:
    @pytest.fixture
    def outside(self, interview: UUID, register: Session) -> UUID:
        moved = update(Interview).where(Interview.id == interview).values(position_inside=False)
        register.execute(moved)
        register.commit()
        reckon()
        return interview

    def test_is_cleared_from_its_list(self, nida: FlaskClient, outside: UUID) -> None:
        address = f"/office/quality/exceptions/{outside}/1"
        assert "พิกัดอยู่นอกขอบเขตตำบล" in page(nida, f"{SHEET}/exceptions/1")
        assert post(nida, address, reason="บ้านริมเขต") == 303
        reckon()
        shown = page(nida, f"{SHEET}/exceptions/1")
        assert "บ้านริมเขต" in shown
        assert figures(nida, world.NAM_SAI)["check-1.outside_open"] == "0"

    def test_is_not_cleared_without_a_reason(self, nida: FlaskClient, outside: UUID) -> None:
        assert post(nida, f"/office/quality/exceptions/{outside}/1", reason=" ") == 422

    def test_of_a_check_settled_elsewhere_is_not_cleared(
        self, nida: FlaskClient, outside: UUID
    ) -> None:
        assert post(nida, f"/office/quality/exceptions/{outside}/6", reason="ไม่เป็นไร") == 400

    def test_of_another_district_is_not_cleared(self, anan: FlaskClient, outside: UUID) -> None:
        assert post(anan, f"/office/quality/exceptions/{outside}/1", reason="ผ่าน") == 404


class TestReadiness:
    def test_names_what_blocks_and_leads_there(self, officer: FlaskClient, interview: UUID) -> None:
        shown = page(officer, f"/office/readiness/{world.NAM_SAI}")
        for address in (f"/office/working-group/{SUBDISTRICT}", f"{SHEET}/exceptions/5"):
            assert f'href="{address}"' in shown
        for link in re.findall(r'class="blocker__title"><a href="([^"]+)"', shown):
            assert officer.get(link.replace("&amp;", "&")).status_code == 200, link

    def test_of_a_district_sums_its_subdistricts(self, nida: FlaskClient, interview: UUID) -> None:
        shown = page(nida, "/office/readiness/4301")
        assert 'href="/office/readiness/430101"' in shown
        assert 'href="/office/readiness/430102"' in shown
        assert "ใน 2 หมู่บ้าน" in shown  # neither has a working group

    def test_leads_from_a_district_to_where_one_kind_is_settled(
        self, officer: FlaskClient, interview: UUID
    ) -> None:
        kind = "?kind=unsettled"
        shown = page(officer, "/office/readiness/4301")
        assert f'href="/office/readiness/4301{kind}#below"' in shown
        district = page(officer, f"/office/readiness/4301{kind}")
        assert f'href="/office/readiness/{SUBDISTRICT}{kind}#below"' in district
        subdistrict = page(officer, f"/office/readiness/{SUBDISTRICT}{kind}")
        assert f'href="/office/reconciliation/{world.NAM_SAI}"' in subdistrict
        assert "พื้นที่ย่อยที่มี: บ้านที่ยังไม่มีคำอธิบาย" in subdistrict

    def test_of_a_province_is_looked_at_by_district(self, officer: FlaskClient) -> None:
        assert officer.get("/office/readiness/43").status_code == 404


class TestAWorkingGroup:
    def test_is_entered_corrected_and_ended(self, officer: FlaskClient) -> None:
        assert sent(officer, GROUP, **SOMEBODY) == 303
        link = re.search(r'href="(/office/working-group/members/[^"]+)"', page(officer, GROUP))
        assert link
        corrected = SOMEBODY | {"agency": "เทศบาลในเมือง"}
        assert sent(officer, link[1], **corrected) == 303
        assert sent(officer, link[1], **corrected) == 409  # somebody was sooner
        shown = page(officer, GROUP)
        assert "เทศบาลในเมือง" in shown
        assert "อบต.ในเมือง" in shown.split("ประวัติ")[1]
        serving = re.findall(r'href="(/office/working-group/members/[^"]+)"', shown)
        assert post(officer, f"{serving[0]}/end", how="ended", reason="ย้าย") == 303
        assert "ยังไม่มีใครในคณะทำงาน" in page(officer, GROUP)

    def test_says_beside_the_box_what_is_wrong(self, officer: FlaskClient) -> None:
        answer = officer.post(GROUP, data={"name": ""}, headers=OURS)
        assert answer.status_code == 422
        assert "กรุณาเลือกภาคส่วน" in answer.get_data(as_text=True)

    def test_is_read_and_not_changed_by_an_inspector(self, nida: FlaskClient) -> None:
        assert "เพิ่มคน" not in page(nida, GROUP)
        assert post(nida, GROUP, **SOMEBODY) == 403

    def minutes(self, client: FlaskClient, content: bytes, met_on: str = "1 พ.ย. 2569") -> int:
        papers = {"met_on": met_on, "papers": (io.BytesIO(content), "รายงาน.pdf")}
        return sent(client, f"{GROUP}/minutes", **papers)

    def test_has_its_minutes_sealed_and_given_back(self, app: Flask, officer: FlaskClient) -> None:
        assert self.minutes(officer, PDF) == 303
        link = re.search(r'href="(/office/working-group/minutes/[^"]+)"', page(officer, GROUP))
        assert link
        answer = officer.get(link[1])
        assert answer.data == PDF
        said = answer.headers["Content-Disposition"]
        assert said.startswith("attachment;")
        assert said.isascii()  # a server refuses to send Thai letters in a header
        kept = [one.read_bytes() for one in app.config["JPT"].documents.rglob("*") if one.is_file()]
        assert kept
        assert not any(b"made-up paper" in one for one in kept)

    def test_takes_no_other_kind_of_file(self, officer: FlaskClient) -> None:
        assert self.minutes(officer, b"MZ a program") == 422

    def test_withdraws_minutes_with_a_reason(self, officer: FlaskClient) -> None:
        assert self.minutes(officer, PDF) == 303
        shown = page(officer, GROUP)
        address = re.search(r'action="(/office/working-group/minutes/[^"]+/withdraw)"', shown)
        assert address
        assert post(officer, address[1], reason="") == 422
        assert post(officer, address[1], reason="แนบผิดฉบับ") == 303
        assert "แนบผิดฉบับ" in page(officer, GROUP)


class TestReconciliation:
    ADDRESS = f"/office/reconciliation/{int(world.NAM_SAI)}"

    def test_gives_a_house_its_reason_without_a_page(self, officer: FlaskClient) -> None:
        address = f"{self.ADDRESS}/houses/{world.HOUSE}"
        answer = officer.post(
            address, data={"reason": "empty"}, headers=OURS | {"Accept": "application/json"}
        )
        assert answer.get_json() == {"left": 1, "reason": "บ้านว่าง"}

    def test_gives_a_house_its_reason_with_a_page(self, officer: FlaskClient) -> None:
        assert post(officer, f"{self.ADDRESS}/houses/{world.HOUSE}", reason="moved") == 303
        assert "ย้ายออก" in page(officer, self.ADDRESS)

    def test_says_why_a_reason_was_not_kept(self, officer: FlaskClient) -> None:
        address = f"{self.ADDRESS}/houses/{world.HOUSE}"
        answer = officer.post(
            address, data={"reason": "merged"}, headers=OURS | {"Accept": "application/json"}
        )
        assert answer.status_code == 422
        assert answer.mimetype == "application/problem+json"

    def test_of_another_district_is_not_there(self, anan: FlaskClient) -> None:
        assert anan.get(self.ADDRESS).status_code == 404
