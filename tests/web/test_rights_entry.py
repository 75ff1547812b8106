"""Attacks on the way in: two at once with one code, somebody else's passkey, a stolen session."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pyotp
import pytest
from sqlalchemy import func, select, text

from tests.services.scopes_places import FAR, OWN
from tests.web.rights_asking import APP
from tests.web.rights_world import ANONYMOUS, DISTRICT, PROVINCE, VOLUNTEER, Rights
from webapp.blueprints import entering
from webapp.db import transaction
from webapp.domain.actors import door
from webapp.domain.problems import Problem
from webapp.services import passkeys, passwords, second_factor

AT_ONCE = 4
OLD, NEW = "ปลาทูว่ายทวนน้ำโขงสามรอบ", "หมูป่าเดินเล่นริมโขงตอนเย็น"


def at_once(act: Callable[[], Any]) -> list[Any]:
    """What each of some threads got that began together."""
    ready = Barrier(AT_ONCE)

    def begin(_: int) -> Any:
        ready.wait(10)
        try:
            return act()
        except Problem as problem:
            return problem.code

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(begin, range(AT_ONCE)))


class TestTwoAtOnce:
    def test_use_a_one_time_code_once(self, rights: Rights) -> None:
        def use() -> object:
            with transaction(door(token=FAR.token)) as session:
                return session.scalar(select(func.jpt_use_code(FAR.token, "a hash")))

        assert sorted(map(str, at_once(use))) == [str(FAR.volunteer), *["None"] * (AT_ONCE - 1)]

    def test_show_six_digits_once(self, rights: Rights) -> None:
        key = rights.app.extensions["keys"].secrets["fields"]
        secret, now = second_factor.fresh_secret(), datetime.now(UTC)
        code = pyotp.TOTP(secret).at(now)
        named = door(name=f"v{OWN.code}")
        with transaction(named) as session:
            earlier = pyotp.TOTP(secret).at(now - timedelta(seconds=30))
            second_factor.enrol(session, OWN.volunteer, secret, earlier, key, now)

        def show() -> str:
            with transaction(named) as session:
                second_factor.prove(session, OWN.volunteer, code, key, now)
            return "in"

        assert sorted(at_once(show)) == ["in", *["used-proof"] * (AT_ONCE - 1)]

    def test_make_one_authenticator_and_the_first_stays(self, rights: Rights) -> None:
        key = rights.app.extensions["keys"].secrets["fields"]

        def enrol() -> str:
            secret, now = second_factor.fresh_secret(), datetime.now(UTC)
            with transaction(door(name="desk7")) as session:
                code = pyotp.TOTP(secret).at(now)
                second_factor.enrol(session, PROVINCE.account, secret, code, key, now)  # type: ignore[arg-type]  # has one
            return secret

        [made] = [one for one in at_once(enrol) if one != "wrong-proof"]
        with transaction(door(name="desk7")) as session:
            assert second_factor.secret_of(session, PROVINCE.account, key) == made  # type: ignore[arg-type]  # has one


class TestAPasskey:
    def test_of_somebody_else_proves_nothing(
        self, rights: Rights, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known = passkeys.Known(OWN.volunteer, "", "volunteer")
        monkeypatch.setattr(passkeys, "check", lambda *_: known)
        browser, form = rights.browser(DISTRICT), {"answer": '{"id": "AAAA"}'}
        browser.get("/prove")
        assert browser.post("/prove", data=form, headers=APP).status_code == 422

    def test_that_is_somebodys_is_not_added_again(
        self, rights: Rights, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = SimpleNamespace(
            credential_id=FAR.digest, credential_public_key=b"mine", sign_count=0
        )
        monkeypatch.setattr(passkeys.webauthn, "verify_registration_response", lambda **_: made)
        browser = rights.browser(VOLUNTEER)
        browser.get("/me")
        assert browser.post("/me/passkeys", data={"answer": "{}"}, headers=APP).status_code == 422
        kept = rights.ask("select account_id from passkeys where id = :id", id=FAR.digest)
        assert kept == FAR.volunteer

    @pytest.mark.parametrize(
        "answer", ["[" * 100_000, '{"id": "\\ud800"}', '{"id": "\\u0000"}', "\0"]
    )
    def test_answer_that_is_nonsense_opens_nothing(self, answer: str, rights: Rights) -> None:
        form, browser = {"answer": answer}, rights.browser(ANONYMOUS)
        browser.get("/sign-in")
        with rights.no_form_tokens():
            assert browser.post("/sign-in/passkey", data=form, headers=APP).status_code == 403
            rights.browser(VOLUNTEER).get("/me")
            added = rights.browser(VOLUNTEER).post("/me/passkeys", data=form, headers=APP)
        assert added.status_code == 422

    @pytest.mark.parametrize("host", ["", ":80"])
    def test_is_of_a_host_or_none_is_asked_for(self, host: str, rights: Rights) -> None:
        asked = rights.app.test_client().get("/sign-in", headers={"Host": host})
        assert asked.status_code == 400

    def test_answer_serves_once(self, rights: Rights) -> None:
        with rights.app.test_request_context():
            entering.remember("show", b"a challenge")
            assert entering.challenge("show") == b"a challenge"
            with pytest.raises(Problem, match="passkey"):
                entering.challenge("show")


class TestAStolenSession:
    def test_sets_no_first_password_without_proof(self, rights: Rights) -> None:
        self.has(rights, None)
        told = self.change(rights, '{"proved_at": "2000-01-01T00:00:00+00:00"}', "")
        assert told.location.startswith("/prove")
        kept = rights.ask("select string_agg(data::text, ' ') from sessions")
        assert NEW not in kept.encode().decode("unicode_escape", "ignore")
        assert self.kept(rights) is None

    def test_ends_when_its_person_changes_the_password(self, rights: Rights) -> None:
        pepper = rights.app.extensions["keys"].secrets["pepper"]
        self.has(rights, passwords.hash_password(OLD, pepper))
        stolen = rights.browser(VOLUNTEER)
        assert stolen.get("/me").status_code == 200
        assert self.change(rights, '{"own": 1}', OLD).status_code == 303
        rights.app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own
        assert rights.browser(VOLUNTEER, '{"own": 1}').get("/me").status_code == 200
        assert stolen.get("/me").status_code == 401
        rights.leave(VOLUNTEER)

    def test_guesses_its_password_only_so_often(
        self, rights: Rights, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(passwords, "matches", lambda *_: False)
        told = [self.change(rights, '{"guess": 1}', "ผิดแน่").text for _ in range(12)]
        assert Problem("throttled").sentence not in told[0]
        assert Problem("throttled").sentence in told[-1]

    def has(self, rights: Rights, stored: str | None) -> None:
        with rights.engine.begin() as connection:
            connection.execute(
                text("update accounts set password_hash = :stored where id = :id"),
                {"stored": stored, "id": VOLUNTEER.account},
            )

    def kept(self, rights: Rights) -> Any:
        question = "select password_hash from accounts where id = :id"
        return rights.ask(question, id=VOLUNTEER.account)

    def change(self, rights: Rights, session: str, old: str) -> Any:
        form = {"old": old, "new": NEW}
        return rights.browser(VOLUNTEER, session).post("/me/password", data=form, headers=APP)
