"""The phone's session: a sign-out told late ends the session it meant and no other."""

from __future__ import annotations

from flask import Flask

from tests.handset import APP, Handset


class TestASignOutToldLate:
    def test_ends_the_session_it_meant(self, mali: Handset) -> None:
        meant = mali.hello()["session"]
        mali.client.post("/sign-out", headers=APP | {"Jpt-Session": meant})
        assert mali.client.get("/api/v1/changes").status_code == 401

    def test_leaves_a_session_begun_since(self, mali: Handset, app: Flask) -> None:
        meant = mali.hello()["session"]
        mali.client = app.test_client()  # the former session ran out
        mali.sign_in()
        told = mali.client.post("/sign-out", headers=APP | {"Jpt-Session": meant})
        assert told.status_code == 204
        assert mali.client.get("/api/v1/changes").status_code == 200
