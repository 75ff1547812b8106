"""Sessions and who may begin an act: foreign pages, signing out, revocation, wrong passwords."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from tests.handset import Handset, sign_in
from tests.web.rights_asking import APP
from tests.web.rights_examples import EXAMPLES
from tests.web.rights_world import DEPARTMENT, PEOPLE, VOLUNTEER, Person, Rights
from tests.web.test_rights import NOTHING, ask
from webapp import create_app
from webapp.config import Config
from webapp.domain import policy

UNSAFE = [case for case in sorted(EXAMPLES) if case[1] != "GET"]
HOST = "http://localhost"
FOREIGN: dict[str, dict[str, str]] = {
    "nothing shown": {},
    "another site": {"Sec-Fetch-Site": "cross-site", "Jpt-App": "x"},
    "another host of the site": {"Sec-Fetch-Site": "same-site", "Jpt-App": "x"},
    "an odd word": {"Sec-Fetch-Site": "Same-Origin", "Jpt-App": "x"},
    "another origin": {"Origin": "https://example.org", "Jpt-App": "x"},
    "an origin that begins like ours": {"Origin": f"{HOST}.example.org", "Jpt-App": "x"},
    "our host on another port": {"Origin": f"{HOST}:1", "Jpt-App": "x"},
    "no origin at all": {"Origin": "null"},
    "our origin beside a foreign site": {"Origin": HOST, "Sec-Fetch-Site": "cross-site"},
}


def somebody(case: tuple[str, str]) -> Person:
    """A person who may do this."""
    allowed = (p for p in (DEPARTMENT, VOLUNTEER, *PEOPLE) if policy.ROUTES[case[0]].allows(p.role))
    return next(allowed)


@pytest.mark.parametrize("case", UNSAFE, ids=" ".join)
class TestAForeignPage:
    def test_begins_no_act(self, case: tuple[str, str], rights: Rights) -> None:
        person = somebody(case)
        for name, headers in FOREIGN.items():
            answer = ask(rights, person, case, NOTHING, headers=headers | {"Accept": "*/*"})
            assert answer.status_code == 403, name
        if person is DEPARTMENT:
            assert rights.browser(person).get("/map").status_code == 200, "still signed in"

    def test_needs_our_header_too_where_a_program_is_asked(
        self, case: tuple[str, str], rights: Rights
    ) -> None:
        if not case[0].startswith("sync."):
            return
        for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": HOST}):
            answer = ask(rights, somebody(case), case, NOTHING, headers=headers)
            assert (answer.status_code, answer.get_json()["code"]) == (403, "csrf")


class TestSigningOut:
    def test_by_the_page_needs_its_token(self, nida: FlaskClient) -> None:
        assert nida.post("/sign-out", data={"csrf_token": "made-up"}).status_code == 403
        assert nida.get("/map").status_code == 200
        token = nida.get("/about").get_data(as_text=True).split('name="csrf_token" value="')[1]
        form = {"csrf_token": token.split('"')[0]}
        answer = nida.post("/sign-out", data=form, headers={"Origin": "null"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in")

    def test_ends_this_session_for_whoever_kept_its_reference(self, mali: Handset) -> None:
        cookie = mali.client.get_cookie("__Host-jpt", domain="localhost")
        assert cookie
        assert mali.client.post("/sign-out", headers=APP).status_code == 302
        mali.client.set_cookie("__Host-jpt", cookie.value, domain="localhost")
        assert mali.client.get("/api/v1/changes").status_code == 401

    def test_leaves_the_persons_other_browser_alone(self, app: Flask, nida: FlaskClient) -> None:
        other = app.test_client()
        sign_in(other, "nida")
        nida.post("/sign-out", headers=APP)
        assert [one.get("/map").status_code for one in (nida, other)] == [401, 200]

    def test_gives_the_next_one_another_reference(self, nida: FlaskClient) -> None:
        before = nida.get_cookie("__Host-jpt", domain="localhost")
        nida.post("/sign-out", headers=APP)
        sign_in(nida, "nida")
        after = nida.get_cookie("__Host-jpt", domain="localhost")
        assert before
        assert after
        assert before.value != after.value


class TestARevokedPerson:
    @pytest.mark.parametrize("status", ["suspended", "closed", "waiting", "refused"])
    def test_is_out_on_every_device_and_may_still_hand_in(
        self, status: str, app: Flask, mali: Handset, the_world: Session
    ) -> None:
        other = app.test_client()
        sign_in(other, "mali")
        one = mali.interview()
        the_world.execute(
            text("update accounts set status = :status where id = :id"),
            {"status": status, "id": world.MALI},
        )
        the_world.commit()
        app.session_interface.forget_all()  # type: ignore[attr-defined]  # as five seconds later
        for client in (mali.client, other):
            assert client.get("/api/v1/changes").status_code == 401
        assert sign_in(app.test_client(), "mali").status_code == 422
        token = {"Authorization": f"Hand-In {mali.token}"}
        assert mali.put(one, **token).status_code == 202

    def test_with_an_area_taken_away_sees_nothing_of_it(
        self, app: Flask, nida: FlaskClient, the_world: Session
    ) -> None:
        assert nida.get("/map/households").get_json()["households"]
        the_world.execute(text("update grants set ended_at = now()"))
        the_world.commit()
        app.session_interface.forget_all()  # type: ignore[attr-defined]  # as five seconds later
        assert nida.get("/map/households").get_json()["households"] == []


class TestWrongPasswords:
    def test_are_slowed_down_from_the_database_for_every_server(
        self, app: Flask, the_world: Session, environment: dict[str, str]
    ) -> None:
        client, codes = app.test_client(), []
        for _ in range(11):
            codes.append(sign_in(client, "mali", "ผิด").status_code)
        assert codes == [422] * 10 + [429]
        another = create_app(Config.from_environment(environment)).test_client()
        answer = sign_in(another, "mali")
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 60
        assert sign_in(another, "chai").status_code == 302

    def test_are_told_alike_for_every_name(self, app: Flask, the_world: Session) -> None:
        told: set[Any] = set()
        for name in ("mali", "nobody-of-this-name"):
            answer = sign_in(app.test_client(), name, "ผิด")
            page = answer.get_data(as_text=True).replace(name, "")
            told.add((answer.status_code, page.split('role="alert"')[1].split("</div>")[0]))
        assert len(told) == 1

    def test_leave_no_name_and_no_address_behind(self, app: Flask, the_world: Session) -> None:
        sign_in(app.test_client(), "mali", "ผิด")
        rows = the_world.execute(text("select to_jsonb(s)::text from sign_in_attempts s")).all()
        assert len(rows) == 2
        assert not any("mali" in str(row) or "127.0.0" in str(row) for row in rows)


class TestARegisterThatIsAway:
    def test_says_so_before_anything_else_can_be_asked(
        self, app: Flask, mali: Handset, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from sqlalchemy.exc import OperationalError

        def away(*_: object) -> None:
            raise OperationalError("select", {}, Exception("gone"))

        monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
        monkeypatch.setattr(app.session_interface, "_find", away)
        answer = mali.client.get("/api/v1/changes")
        assert (answer.status_code, answer.get_json()["code"]) == (503, "maintenance")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert mali.client.get("/app/").status_code == 200
