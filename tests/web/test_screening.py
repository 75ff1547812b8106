"""The pages of screening: who is worth a look and why, in whose areas, without an accusation."""

from __future__ import annotations

import database as databases
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests import screened, sightings, world
from tests.handset import sign_in
from tests.sightings import Sighting
from webapp.blueprints import screening_words
from webapp.domain.findings import KINDS

LIST = "/office/screening"
ONE = f"{LIST}/{world.NAM_SAI}/{world.MALI}"


@pytest.fixture
def compared(the_world: Session, database: databases.Addresses) -> Session:
    """A village compared, and a hamlet in another district where there is little to compare."""
    few = [
        Sighting(100 + n, village=world.FAR, document=screened.document(100 + n)) for n in range(5)
    ]
    sightings.put(the_world, *screened.village(**screened.MADE_UP), *few)
    engine = create_engine(database.app, poolclass=NullPool)
    with Session(engine) as finder:
        screened.screened(finder)
    engine.dispose()
    return the_world


def page(app: Flask, username: str, address: str, status: int = 200) -> str:
    client: FlaskClient = app.test_client()
    sign_in(client, username)
    answer = client.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


class TestTheList:
    def test_names_who_is_worth_a_look_and_why(self, app: Flask, compared: Session) -> None:
        told = page(app, "nida", LIST)
        assert "เวลาสั้น" in told
        assert "ไม่ใช่การกล่าวหา" in told
        assert f"/office/screening/{world.NAM_SAI}/{world.MALI}" in told

    def test_shows_the_areas_of_who_asks_alone(self, app: Flask, compared: Session) -> None:
        assert world.NAM_SAI not in page(app, "anan", LIST)
        assert world.FAR not in page(app, "nida", LIST)
        page(app, "nida", f"{LIST}?area=4302", 404)
        page(app, "wichai", LIST, 403)
        assert 'area=43"' not in page(app, "nida", LIST)

    def test_says_where_there_is_too_little(self, app: Flask, compared: Session) -> None:
        told = page(app, "anan", LIST)
        assert "ข้อมูลยังน้อย" in told

    def test_can_be_empty_and_refuses_what_is_no_area(self, app: Flask, the_world: Session) -> None:
        assert "ยังไม่มีการสัมภาษณ์ให้เทียบ" in page(app, "nida", LIST)
        page(app, "nida", f"{LIST}?area=x", 400)
        page(app, "nida", f"{LIST}?after=nonsense")


class TestOneVolunteer:
    def test_is_held_beside_the_village_with_reasons_in_words(
        self, app: Flask, compared: Session
    ) -> None:
        told = page(app, "nida", ONE)
        assert "ต่อสิ่งที่ถามหนึ่งอย่าง ส่วนใหญ่" in told
        assert "ของทุกคน" in told
        assert f"บ้านเลขที่ {screened.ODD}" in told

    def test_is_told_in_english_too(self, app: Flask, compared: Session) -> None:
        client = app.test_client()
        sign_in(client, "nida")
        client.set_cookie("jpt-language", "en")
        told = client.get(ONE).get_data(as_text=True)
        assert "for each thing asked; mostly" in told
        assert "ต่อสิ่งที่ถาม" not in told

    def test_of_another_area_is_not_there(self, app: Flask, compared: Session) -> None:
        page(app, "anan", ONE, 404)


class TestTheWords:
    def test_accuse_nobody_and_say_what_else_it_may_be(self) -> None:
        kinds = [kind for kind in KINDS.values() if kind.source == "screening"]
        assert len(kinds) == 6
        for kind in kinds:
            assert kind.besides_th
            assert not any(word in kind.th for word in ("ทุจริต", "ปลอม", "โกง", "เท็จ"))


class TestAnHour:
    @pytest.mark.parametrize(
        ("value", "said"), [(9.5, "09:30"), (14.9958, "15:00"), (23.999, "00:00"), (0.25, "00:15")]
    )
    def test_is_that_of_a_clock(self, app: Flask, value: float, said: str) -> None:
        """Of two that began at 14:59 and 15:00 the quarter lies between."""
        with app.test_request_context():
            assert screening_words.figure("hour", value) == f"{said} น."


class TestTheInterviewItself:
    def test_says_the_reasons_with_their_figures_and_what_else_they_may_be(
        self, app: Flask, compared: Session
    ) -> None:
        odd = sightings.Sighting(screened.ODD).id
        told = page(app, "nida", f"/interviews/{odd}")
        assert KINDS["times_short"].th in told
        assert "ต่อสิ่งที่ถามหนึ่งอย่าง ส่วนใหญ่" in told
        assert KINDS["times_short"].besides_th in told
