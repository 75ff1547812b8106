"""A browser whose requests are answered by two processes, each with a memory of its own."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import handset, second, world
from tests.officer import OURS, Officer, officer, person
from webapp.blueprints import entering
from webapp.blueprints.sessions import Sessions
from webapp.models.account import Account


class Processes:
    """Two processes that serve one application: what one remembers the other does not know."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.each = (Sessions(), Sessions())

    def answers(self, which: int) -> None:
        """From now on this process is asked."""
        self.app.session_interface = self.each[which]


@pytest.fixture
def processes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Processes:
    monkeypatch.setattr(app, "session_interface", app.session_interface)
    return Processes(app)


class TestAnOfficer:
    def test_comes_from_the_password_to_the_six_digits(
        self, app: Flask, the_world: Session, processes: Processes
    ) -> None:
        officer(the_world, "suda", "district", "4301")
        second.code(app, "suda")  # the app that shows them is known
        client = app.test_client()
        processes.answers(0)
        client.get("/sign-in")
        processes.answers(1)
        client.get("/about")  # the other process remembers this state of the session
        processes.answers(0)
        shown = handset.show_password(client, "suda", world.PASSWORD)
        assert shown.location == "/sign-in/second"
        processes.answers(1)
        assert client.get("/sign-in/second").status_code == 200
        assert second.show(client, "suda").status_code == 302
        processes.answers(0)
        assert client.get("/office/people").status_code == 200

    def test_finds_what_they_typed_after_proving_who_they_are(
        self,
        suda: Officer,
        the_world: Session,
        secrets: dict[str, bytes],
        processes: Processes,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        account = person(the_world, secrets, "กนก ก")
        the_world.commit()
        suda.get("/office/people")
        processes.answers(1)
        suda.client.get("/office/people")
        processes.answers(0)
        with monkeypatch.context() as old:
            old.setattr(entering, "is_proved", lambda: False)
            assert "/prove" in suda.post(f"/{account}/approve").location
        processes.answers(1)
        form = {"csrf_token": suda.token, "code": second.code(suda.client.application, "suda")}
        proved = suda.client.post("/prove", data=form, headers=OURS)
        assert proved.location == "/prove/go-on"
        processes.answers(0)
        assert f"/office/people/{account}/approve" in suda.get("/prove/go-on")
        assert suda.post(f"/{account}/approve").status_code == 303
        assert status(the_world, account) == "active"


def status(register: Session, account: UUID) -> str:
    register.rollback()
    return register.get_one(Account, account).status
