"""What an inspector finds in order on the quality sheet holds for the revision that was shown."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests import visits
from tests.handset import Handset
from tests.services.test_reckoning import reckon
from tests.web.test_quality import SHEET, page, post
from webapp.models.quality import Clearance


@pytest.fixture
def outside(app: Flask, mali: Handset, register: Session) -> UUID:
    """An interview that was made outside its subdistrict."""
    one = UUID(str(visits.with_evidence(app, mali).interview))
    register.execute(text("update interviews set position_inside = false"))
    register.commit()
    reckon()
    return one


def test_is_not_in_order_for_a_revision_that_nobody_has_seen(
    nida: FlaskClient, outside: UUID, register: Session
) -> None:
    listed = page(nida, f"{SHEET}/exceptions/1")
    [digest] = set(re.findall(r'name="digest" value="(\w+)"', listed))
    register.execute(text("update interviews set head_digest = :new"), {"new": b"n" * 32})
    register.commit()
    for address in (f"exceptions/{outside}/1", f"explanations/{outside}"):
        form = {"reason": "บ้านริมเขต", "digest": digest}
        assert post(nida, f"/office/quality/{address}", **form) == 409
    assert register.scalars(select(Clearance)).all() == []
