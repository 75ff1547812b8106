"""Every kind of blocker, at every level, leads whoever sees it to a page that is there."""

from __future__ import annotations

import html
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import visits, world
from tests.handset import Handset, sign_in
from tests.services.test_reckoning import reckon
from webapp.domain.quality.blockers import BLOCKERS

SUBDISTRICT, DISTRICT = world.NAM_SAI[:6], world.NAM_SAI[:4]
LINK = re.compile(r'class="blocker__title">(?:<a href="([^"]+)")?')


@pytest.fixture
def blocked(app: Flask, mali: Handset, register: Session) -> Session:
    """A village in whose way everything stands that can."""
    visits.with_evidence(app, mali)
    reckon()
    village = json.dumps({one.code: 2 for one in BLOCKERS})
    whole = json.dumps({one.code: [2, 1] for one in BLOCKERS})
    values = {"village": village, "whole": whole, "here": world.NAM_SAI, "around": SUBDISTRICT}
    register.execute(
        text(
            "update village_quality set blockers = cast(:village as jsonb) "
            "where village_code = :here"
        ),
        values,
    )
    register.execute(
        text(
            "update subdistrict_quality set blockers = cast(:whole as jsonb) "
            "where subdistrict_code = :around"
        ),
        values,
    )
    register.commit()
    return register


def links(client: FlaskClient, area: str) -> list[str]:
    page = client.get(f"/office/readiness/{area}")
    assert page.status_code == 200
    return [html.unescape(one) for one in LINK.findall(page.text)]


@pytest.mark.usefixtures("blocked")
@pytest.mark.parametrize("area", [world.NAM_SAI, SUBDISTRICT, DISTRICT])
class TestEveryBlocker:
    def test_leads_an_officer_to_where_it_is_settled(self, app: Flask, area: str) -> None:
        officer = app.test_client()
        sign_in(officer, "orathai")
        shown = links(officer, area)
        assert len(shown) == len(BLOCKERS)
        assert all(shown), "something that blocks leads nowhere"
        assert {one: officer.get(one).status_code for one in set(shown)} == dict.fromkeys(
            shown, 200
        )

    def test_leads_an_inspector_nowhere_that_is_closed_to_them(
        self, nida: FlaskClient, area: str
    ) -> None:
        shown = links(nida, area)
        assert len(shown) == len(BLOCKERS)
        led = {one for one in shown if one}
        assert {one: nida.get(one).status_code for one in led} == dict.fromkeys(led, 200)
