"""The cast signs in and sees what is theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import cast
from tests.fixtures.lists import forget_everything
from webapp.demo.cast import CAST, Person
from webapp.demo.households import Dwelling


@pytest.fixture
def settled(app: Flask, register: Session) -> Iterator[list[Dwelling]]:
    """The cast in its province, with two households a village."""
    forget_everything(register)
    app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own interface
    yield cast.settle(register, app.extensions["keys"])
    forget_everything(register)


def signed_in(app: Flask, person: Person) -> FlaskClient:
    client = app.test_client()
    assert cast.sign_in(client, person).status_code == 302
    return client


class TestTheCast:
    def test_can_all_sign_in(self, app: Flask, settled: list[Dwelling]) -> None:
        for person in CAST:
            signed_in(app, person)

    def test_has_volunteers_who_receive_their_own_villages_only(
        self, app: Flask, settled: list[Dwelling]
    ) -> None:
        for person in (cast.MALI, cast.PRASERT):
            found = signed_in(app, person).get("/api/v1/changes").get_json()
            assert {one["code"] for one in found["villages"]} == set(person.areas)
            theirs = {str(one.id) for one in settled if one.village in person.areas}
            assert {one["id"] for one in found["households"]} == theirs

    def test_has_an_outsider_in_every_role_that_sees_households(self) -> None:
        assert {one.role.value for one in cast.OUTSIDERS} == {"volunteer", "inspector", "officer"}
        assert all("4301" not in one.areas[0][:4] for one in cast.OUTSIDERS)
