"""Households chosen on the map and decided on one after another."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import sightings, world
from tests.sightings import Sighting

ONE = {"interview": str(Sighting(1).id), "digest": Sighting(1).digest.hex()}
APP = {"Jpt-App": "test", "Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
AROUND = [[102.70, 17.84], [102.72, 17.84], [102.72, 17.86], [102.70, 17.86]]
BOW = [[102.70, 17.84], [102.72, 17.86], [102.72, 17.84], [102.70, 17.86]]


@pytest.fixture
def seen(app: Flask, nida: FlaskClient, register: Session) -> None:
    """Three houses of Ban Nam Sai, and one of another district within the same outline."""
    sightings.put(
        register,
        Sighting(1),
        Sighting(2),
        Sighting(3, longitude=102.75),
        Sighting(4, village=world.FAR, author=world.CHAI),
    )
    register.execute(
        text("update interviews set hard_open = 1 where id = :i"), {"i": Sighting(2).id}
    )
    register.commit()


def ask(client: FlaskClient, path: str, **body: Any) -> Any:
    return client.post(path, json=body, headers=APP)


def numbers(client: FlaskClient, query: str = "", **body: Any) -> list[str]:
    answer = ask(client, f"/map/chosen{query}", **body)
    assert answer.status_code == 200
    return [one["house_number"] for one in answer.get_json()["households"]]


@pytest.mark.usefixtures("seen")
class TestChoosing:
    def test_by_outline_gives_what_lies_inside_the_weakest_first(self, nida: FlaskClient) -> None:
        assert numbers(nida, outline=AROUND) == ["2", "1"]

    def test_by_village_gives_all_of_it(self, nida: FlaskClient) -> None:
        assert numbers(nida, village=world.NAM_SAI) == ["2", "1", "3"]

    def test_by_id_gives_those(self, nida: FlaskClient) -> None:
        ids = [str(Sighting(n).values()["household"]) for n in (1, 3, 4)]
        assert numbers(nida, households=ids) == ["1", "3"]

    def test_keeps_to_the_filters(self, nida: FlaskClient) -> None:
        assert numbers(nida, "?state=accepted", village=world.NAM_SAI) == []
        assert numbers(nida, "?state=received", village=world.NAM_SAI) == ["2", "1", "3"]
        assert numbers(nida, village=world.NAM_SAI, only_found=True) == []

    def test_by_an_outline_that_crosses_itself_is_no_failure(self, nida: FlaskClient) -> None:
        assert set(numbers(nida, outline=BOW)) <= {"1", "2"}

    def test_tells_nothing_of_another_district(self, anan: FlaskClient) -> None:
        assert numbers(anan, outline=AROUND) == ["4"]
        assert numbers(anan, village=world.NAM_SAI) == []

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"outline": AROUND[:2]},
            {"outline": [*AROUND, [999, 1]]},
            {"outline": [*AROUND, ["1); drop table x", 1]]},
            {"outline": [*AROUND, [True, 1]]},
            {"outline": [[102.7, float("nan")]] * 4},
            {"outline": AROUND * 200},
            {"village": "4301"},
            {"village": 7},
            {"village": int(world.NAM_SAI)},
            {"households": ["x"]},
            {"households": "x"},
            {"outline": AROUND, "village": world.NAM_SAI},
            {"outline": [*AROUND, [10**300, 1]]},
            {"outline": [*AROUND, [10**400, 1]]},
            {"village": "4301010\ud800"},
        ],
    )
    def test_by_nothing_that_can_be_chosen_is_refused(
        self, nida: FlaskClient, body: dict[str, Any]
    ) -> None:
        assert ask(nida, "/map/chosen", **body).status_code == 400


@pytest.mark.usefixtures("seen")
class TestDeciding:
    def _state(self, register: Session) -> str:
        register.rollback()
        found = register.scalar(
            text("select state from interviews where id = :id"), {"id": Sighting(1).id}
        )
        return str(found)

    def test_accepts_and_takes_it_back(self, nida: FlaskClient, register: Session) -> None:
        answer = ask(nida, "/map/accept", **ONE)
        assert (answer.status_code, answer.get_json()["state"]) == (200, "accepted")
        assert self._state(register) == "accepted"
        assert ask(nida, "/map/undo", **ONE, reason="กดผิด").status_code == 200
        assert self._state(register) == "received"

    def test_asks_for_evidence_again_until_a_day(
        self, nida: FlaskClient, register: Session
    ) -> None:
        answer = ask(nida, "/map/evidence-again", **ONE, kinds=["photo"], reason="ภาพมืดมาก")
        assert answer.status_code == 200
        assert len(answer.get_json()["deadline"]) == 10
        assert self._state(register) == "returned"

    def test_of_another_revision_than_was_seen_is_refused(self, nida: FlaskClient) -> None:
        answer = ask(nida, "/map/accept", **(ONE | {"digest": "ab" * 32}))
        assert (answer.status_code, answer.get_json()["code"]) == (409, "newer-revision")

    def test_is_not_for_another_district(self, anan: FlaskClient, register: Session) -> None:
        assert ask(anan, "/map/accept", **ONE).status_code == 404
        assert self._state(register) == "received"

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("/map/accept", {"interview": "x", "digest": "00"}),
            ("/map/accept", {"interview": str(Sighting(1).id), "digest": "zz"}),
            ("/map/evidence-again", {**ONE, "kinds": ["face"], "reason": "x"}),
            ("/map/evidence-again", {**ONE, "kinds": "photo", "reason": "x"}),
            ("/map/evidence-again", {**ONE, "kinds": [], "reason": "x"}),
            ("/map/undo", {**ONE, "reason": 7}),
            ("/map/undo", {**ONE, "reason": "กด\ud800ผิด"}),
            ("/map/undo", {**ONE, "reason": "กด\0ผิด"}),
            ("/map/evidence-again", {**ONE, "kinds": ["photo"], "reason": "\udfff"}),
        ],
    )
    def test_of_something_odd_is_refused(
        self, nida: FlaskClient, path: str, body: dict[str, Any]
    ) -> None:
        assert ask(nida, path, **body).status_code == 400

    @pytest.mark.parametrize("act", ["chosen", "accept", "evidence-again", "undo"])
    def test_of_what_is_no_body_is_refused(self, nida: FlaskClient, act: str) -> None:
        headers = APP | {"Content-Type": "application/json"}
        for body in (b"", b"null", b"[]", b"\xff", b"[" * 100_000, b'{"outline":' * 3_000):
            assert nida.post(f"/map/{act}", data=body, headers=headers).status_code == 400, body[:9]
        told = nida.post(f"/map/{act}", data=b'"' + b"x" * 300_000 + b'"', headers=headers)
        assert told.status_code == 413
        assert nida.post(f"/map/{act}", data={"interview": "x"}, headers=APP).status_code == 415
