"""The page of progress and the figures it follows the register with."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from tests.handset import Handset, sign_in
from webapp.queries import progress

FIGURES = "/progress/figures"


@pytest.fixture
def wichai(app: Flask, the_world: Session) -> FlaskClient:
    """A viewer of the whole province."""
    client = app.test_client()
    assert sign_in(client, "wichai").status_code == 302
    return client


class TestTheFigures:
    def test_change_when_an_interview_has_come_and_not_before(
        self, mali: Handset, nida: FlaskClient
    ) -> None:
        first = nida.get(FIGURES)
        again = nida.get(FIGURES, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        mali.put(mali.interview())
        after = nida.get(FIGURES, headers={"If-None-Match": first.headers["ETag"]})
        assert after.status_code == 200
        assert first.get_json()["cells"]["total.done"] == "0"
        assert after.get_json()["cells"]["total.done"] == "1"
        assert after.get_json()["cells"]["area-430101.people"] == "1"

    def test_are_kept_by_nobody_elses_browser(self, nida: FlaskClient, wichai: FlaskClient) -> None:
        answers = [one.get(f"{FIGURES}?area=4301") for one in (nida, wichai)]
        assert answers[0].headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in answers[0].vary
        assert answers[0].headers["ETag"] != answers[1].headers["ETag"]

    def test_are_those_on_the_page(self, nida: FlaskClient) -> None:
        page = nida.get("/progress").get_data(as_text=True)
        for place, words in nida.get(FIGURES).get_json()["cells"].items():
            assert f'data-cell="{place}">{words}<' in page, place

    @pytest.mark.parametrize("query", ["area=4302", "area=43", "area=99"])
    def test_of_another_area_are_not_there(self, nida: FlaskClient, query: str) -> None:
        assert nida.get(f"{FIGURES}?{query}").status_code == 404
        assert nida.get(f"/progress?{query}").status_code == 404

    @pytest.mark.parametrize("query", ["area=x", "order=x", "area=%00"])
    def test_of_nonsense_are_refused(self, nida: FlaskClient, query: str) -> None:
        assert nida.get(f"/progress?{query}").status_code == 400


class TestTheVolunteers:
    def test_are_shown_page_by_page_and_followed_there(
        self, nida: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(progress, "PAGE", 1)
        seen, at = [], "/progress?area=4301"
        while at:
            page = nida.get(at).get_data(as_text=True)
            seen += re.findall(r'<tr><th scope="row"><a href="[^"]*volunteer=[^>]*>([^<]+)', page)
            follows = re.search(r'data-follow="([^"]+)" data-partial', page)
            assert follows
            cells = nida.get(html.unescape(follows[1])).get_json()["cells"]
            assert set(re.findall(r'data-cell="(volunteer-[^"]+)"', page)) <= set(cells)
            more = re.search(r'rel="next" href="([^"]+)"', page)
            assert "คุณ" not in (more[1] if more else "")
            at = html.unescape(more[1]) if more else ""
        assert sorted(seen) == ["คุณchai", "คุณmali"]


class TestAViewersPage:
    def test_names_no_person(self, wichai: FlaskClient) -> None:
        for area in ("43", "4301", "430101", world.NAM_SAI):
            page = wichai.get(f"/progress?area={area}").get_data(as_text=True)
            assert "คุณmali" not in page
            assert "แยกตามอาสาสมัคร" not in page
            assert "/map?" not in page


class TestAVolunteersPage:
    def test_shows_their_own_villages(self, mali: Handset) -> None:
        page = mali.client.get("/progress").get_data(as_text=True)
        assert "บ้านน้ำใส" in page
        assert "บ้านดอน" not in page
        assert mali.client.get(f"/progress?area={world.DON}").status_code == 404


class TestTheService:
    def test_says_until_when_it_was_open(self, nida: FlaskClient, the_world: Session) -> None:
        the_world.execute(
            text("update service_windows set closes_on = :day where service = 'progress_report'"),
            {"day": date.today() - timedelta(days=2)},
        )
        the_world.commit()
        answer = nida.get("/progress", headers={"Accept": "text/html"})
        assert answer.status_code == 403
        assert "ปิดเมื่อ" in answer.get_data(as_text=True)
