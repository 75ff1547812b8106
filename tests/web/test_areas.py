"""Officers put their villages and local administrations right; others' are not theirs to touch."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import and_, func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, aliased

from tests import world
from tests.handset import Handset, sign_in
from webapp.db import transaction
from webapp.domain.actors import Actor, Level, Role
from webapp.domain.problems import Problem
from webapp.models.area import Area, LocalAdministration, LocalAdministrationArea, Village
from webapp.queries import areas
from webapp.services import local_administrations, villages
from webapp.services.local_administrations import Wanted
from webapp.services.villages import Corrected

SUBDISTRICT = "องค์การบริหารส่วนตำบล"
TOWN = "เทศบาลตำบล"
OFFICER = Actor(world.OFFICER, Role.OFFICER, "", "orathai", Level.PROVINCE, ("TH.43.",))
OTHER = Actor(world.OFFICER, Role.OFFICER, "", "orathai", Level.DISTRICT, ("TH.43.4302.",))
VILLAGE = f"/office/areas/villages/{world.NAM_SAI}"


def save(actor: Actor, id: int | None = None, **more: Any) -> int:
    asked: dict[str, Any] = {
        "revision": 1, "type": SUBDISTRICT, "name_th": "ในเมือง", "code": "",
        "district_code": "4301", "coverage": {"430101": "full"},
    }  # fmt: skip
    with transaction(actor) as session:
        return local_administrations.save(session, actor, id, Wanted(**(asked | more)))


def correct(actor: Actor, revision: int = 1, **more: Any) -> None:
    asked = {"name_th": "บ้านน้ำใส", "moo": "1", "administration": None,
             "latitude": "17.86", "longitude": "102.71"}  # fmt: skip
    with transaction(actor) as session:
        villages.correct(session, actor, world.NAM_SAI, Corrected(revision, **(asked | more)))


@pytest.fixture
def officer(app: Flask, the_world: Session) -> FlaskClient:
    client = app.test_client()
    assert sign_in(client, "orathai").status_code == 302
    return client


def boxes(page: str) -> dict[str, str]:
    found = dict(re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', page))
    chosen = re.findall(
        r'name="([^"]+)"[^>]*>(?:(?!</select>).)*?value="([^"]*)" selected', page, re.S
    )
    return found | dict(chosen)


class TestAVillage:
    def test_is_corrected_and_its_history_kept(
        self, officer: FlaskClient, mali: Handset, the_world: Session
    ) -> None:
        form = boxes(officer.get(VILLAGE).get_data(as_text=True))
        form |= {"name_th": "บ้านน้ำใสใหม่", "moo": "๓", "latitude": "17.86", "longitude": "102.71"}
        form["administration"] = ""
        assert officer.post(VILLAGE, data=form).status_code == 302
        kept = the_world.get_one(Village, world.NAM_SAI)
        assert (kept.moo, kept.revision) == (3, 2)
        page = officer.get(VILLAGE).get_data(as_text=True)
        assert "<del>บ้านน้ำใส</del> → <ins>บ้านน้ำใสใหม่</ins>" in page
        told = mali.client.get("/api/v1/changes").get_json()["villages"]
        assert [(one["name_th"], one["moo"]) for one in told] == [("บ้านน้ำใสใหม่", 3)]

    def test_changed_by_somebody_else_meanwhile_is_said(self, officer: FlaskClient) -> None:
        first = boxes(officer.get(VILLAGE).get_data(as_text=True)) | {"administration": ""}
        assert officer.post(VILLAGE, data=first | {"name_th": "ของเขา"}).status_code == 302
        answer = officer.post(VILLAGE, data=first | {"name_th": "ของฉัน"})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert "ของเขา" in page
        assert 'value="ของฉัน"' in page

    @pytest.mark.parametrize(
        ("box", "wrong"),
        [
            ("name_th", {"name_th": " "}),
            ("moo", {"moo": "สาม"}),
            ("moo", {"moo": "9" * 5_000}),
            ("administration", {"administration": 999}),
            ("latitude", {"latitude": "102.71", "longitude": "17.86"}),
            ("latitude", {"latitude": "17.86", "longitude": ""}),
        ],
    )
    def test_is_not_corrected_into_nonsense(
        self, the_world: Session, box: str, wrong: dict[str, Any]
    ) -> None:
        with pytest.raises(villages.Refused) as refused:
            correct(OFFICER, **wrong)
        assert list(refused.value.boxes) == [box]

    def test_of_another_district_is_nobody_elses_to_correct(self, the_world: Session) -> None:
        with pytest.raises(Problem, match="not-found"):
            correct(OTHER)
        asked = "select jpt_correct_village('43010101', 1, 'x', 1, null, null)"
        with transaction(OTHER) as session:
            assert session.scalar(text(asked)) is False
        assert the_world.get_one(Area, world.NAM_SAI).name_th == "บ้านน้ำใส"


class TestALocalAdministration:
    def test_may_share_a_subdistrict_when_both_have_a_part(self, the_world: Session) -> None:
        first = save(OFFICER, name_th="หนึ่ง", coverage={"430101": "partial"})
        save(OFFICER, type=TOWN, name_th="สอง", coverage={"430101": "partial", "430102": "full"})
        with pytest.raises(local_administrations.Refused) as refused:
            save(OFFICER, id=first, name_th="หนึ่ง", coverage={"430101": "full"})
        assert refused.value.boxes == {"cover-430101": "areas.coverage_claimed"}

    def test_keeps_the_subdistricts_of_its_villages(self, the_world: Session) -> None:
        one = save(OFFICER, name_th="หนึ่ง")
        correct(OFFICER, administration=one)
        with pytest.raises(local_administrations.Refused) as refused:
            save(OFFICER, id=one, name_th="หนึ่ง", coverage={"430102": "full"})
        assert refused.value.boxes == {"cover-430101": "areas.coverage_villages"}

    def test_is_known_by_kind_name_and_district(self, the_world: Session) -> None:
        save(OFFICER, name_th="โพนสา")
        with pytest.raises(local_administrations.Refused):
            save(OFFICER, name_th="โพนสา", coverage={})
        save(OFFICER, type=TOWN, name_th="โพนสา", coverage={})

    def test_changed_by_somebody_else_meanwhile_is_said(self, the_world: Session) -> None:
        one = save(OFFICER, name_th="หนึ่ง")
        save(OFFICER, id=one, name_th="หนึ่งใหม่")
        with pytest.raises(Problem, match="stale"):
            save(OFFICER, id=one, name_th="หนึ่งเก่า")

    @pytest.mark.parametrize(
        "statement",
        [
            "update local_administrations set name_th = 'x'",
            "delete from local_administration_areas",
            "insert into local_administrations (type, name_th, district_code) "
            "values ('x', 'x', '4301')",
        ],
    )
    def test_of_another_district_stays_as_it_is_in_the_database(
        self, the_world: Session, statement: str
    ) -> None:
        save(OFFICER, name_th="หนึ่ง")
        try:
            with transaction(OTHER) as session:
                assert session.execute(text(statement)).rowcount == 0  # type: ignore[attr-defined]
        except DBAPIError:
            return


class TestTheScreens:
    def test_lead_from_the_province_to_a_village(self, officer: FlaskClient) -> None:
        top = officer.get("/office/areas/").get_data(as_text=True)
        assert "เมืองตัวอย่าง" in top
        district = officer.get("/office/areas/?area=4301").get_data(as_text=True)
        assert "ในเมือง" in district
        inside = officer.get("/office/areas/?area=430101").get_data(as_text=True)
        assert "บ้านน้ำใส" in inside
        lacking = officer.get("/office/areas/lacking/point").get_data(as_text=True)
        assert "บ้านดอน" in lacking
        assert "บ้านน้ำใส" not in lacking

    @pytest.mark.parametrize("parent", ["TH", "43", "4301", "4302"])
    def test_count_the_villages_below_each_area_by_where_they_lie(
        self, the_world: Session, parent: str
    ) -> None:
        the_world.execute(
            update(Area).where(Area.code == world.NAM_SAI).values(is_active=parent != "4301")
        )
        here, village = aliased(Area), aliased(Area)
        by_path = (
            select(here.code, func.count(village.code), func.count(Village.point))
            .where(here.parent_code == parent, here.level != "village", here.is_active)
            .outerjoin(village, and_(village.path.startswith(here.path), village.is_active,
                                     village.level == "village"))
            .outerjoin(Village, Village.code == village.code)
            .group_by(here.code).order_by(here.code)
        )  # fmt: skip
        found = areas.below(the_world, parent)
        counted = [(one.code, one.villages, one.villages - one.without_point) for one in found]
        assert counted == [tuple(row) for row in the_world.execute(by_path)]
        assert found
        the_world.rollback()

    def test_show_nothing_of_another_area(self, officer: FlaskClient, nida: FlaskClient) -> None:
        for code in ("10", "TH", "999999", "x"):
            assert officer.get(f"/office/areas/?area={code}").status_code == 404
        assert nida.get("/office/areas/").status_code == 403

    def test_add_and_change_a_local_administration(
        self, officer: FlaskClient, the_world: Session
    ) -> None:
        address = "/office/areas/administrations/4301/new"
        form = boxes(officer.get(address).get_data(as_text=True))
        form |= {"type": TOWN, "name_th": "หนองใหม่", "cover-430102": "full"}
        assert officer.post(address, data=form).status_code == 302
        one = the_world.scalars(
            select(LocalAdministration).where(LocalAdministration.name_th == "หนองใหม่")
        ).one()
        covered = the_world.get(LocalAdministrationArea, (one.id, "430102"))
        assert covered is not None
        bad = boxes(officer.get(address).get_data(as_text=True)) | {"type": TOWN}
        answer = officer.post(address, data=bad | {"name_th": "อื่น", "cover-430102": "full"})
        assert (answer.status_code, "มี อปท. อื่นอยู่แล้ว" in answer.text) == (422, True)

    @pytest.mark.parametrize(("act", "there"), [("look", 0), ("take", 1)])
    def test_import_a_list_or_only_look_through_it(
        self, officer: FlaskClient, the_world: Session, act: str, there: int
    ) -> None:
        page = officer.get("/office/areas/administrations").get_data(as_text=True)
        lines = "ประเภท อปท.,ชื่อ อปท.,รหัสอำเภอ,รหัสตำบล,ครอบคลุม\nทต.,ริมโขง,4302,430201,full\n"
        upload = (io.BytesIO(lines.encode("cp874")), "รายชื่อ.csv")
        data = {"csrf_token": boxes(page)["csrf_token"], "act": act, "file": upload}
        answer = officer.post(
            "/office/areas/administrations/import", data=data, content_type="multipart/form-data"
        )
        assert answer.status_code == 200
        found = select(LocalAdministration).where(LocalAdministration.name_th == "ริมโขง")
        assert len(the_world.scalars(found).all()) == there

    def test_refuse_a_list_of_another_province(
        self, officer: FlaskClient, the_world: Session
    ) -> None:
        page = officer.get("/office/areas/administrations").get_data(as_text=True)
        lines = "lao_type,lao_name,amphoe_code\nทต.,ไกล,1001\n"
        data = {"csrf_token": boxes(page)["csrf_token"], "act": "take",
                "file": (io.BytesIO(lines.encode()), "l.csv")}  # fmt: skip
        the_world.add(Area(code="1001", level="district", parent_code="43", path="TH.10.1001.",
                           name_th="พระนคร"))  # fmt: skip
        the_world.commit()
        answer = officer.post(
            "/office/areas/administrations/import", data=data, content_type="multipart/form-data"
        )
        assert "อยู่นอกพื้นที่ของท่าน" in answer.text
