"""What every page carries, whoever opens it: its policy, and the mark of the demo."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import world
from tests.handset import show_password
from tests.web.rights_examples import EXAMPLES
from tests.web.rights_world import Rights
from tests.web.test_english import PAGES, reader
from tests.web.test_rights import APP, NOTHING
from webapp import create_app

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOBODYS = {"default-src": "'none'", "base-uri": "'none'", "object-src": "'none'"}
MARK = 'class="top__demo"'
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|<[^>]*\s(?:on[a-z]+|style)="
)
"""A script or style in the page itself, which its policy would not run."""


def policy_of(answer: TestResponse) -> dict[str, str]:
    """The Content-Security-Policy, by directive."""
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


def is_guarded(answer: TestResponse, trusted_types: bool = True) -> None:
    """Nothing but our own files runs here, nobody frames it, and no cache keeps it."""
    assert FIXED.items() <= dict(answer.headers).items()
    policy = policy_of(answer)
    assert NOBODYS.items() <= policy.items()
    assert (policy["script-src"], policy["frame-ancestors"]) == ("'self'", "'none'")
    assert ("require-trusted-types-for" in policy) == trusted_types
    assert "unsafe" not in str(policy)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in answer.headers
    assert "upgrade-insecure-requests" not in policy
    assert not INLINE.search(answer.text)


@pytest.mark.parametrize("case", PAGES, ids=" ".join)
def test_a_page_is_guarded_and_marked_as_made_up(case: tuple[str, str], rights: Rights) -> None:
    for target in EXAMPLES[case].about or (NOTHING,):
        if (person := reader(case, target)) is None:
            continue
        values = EXAMPLES[case].values(rights.app, person, target)
        with rights.app.test_request_context():
            address = rights.app.url_for(case[0], **values)
        answer = rights.browser(person).get(address, headers=APP | {"Accept": "text/html"})
        if answer.mimetype != "text/html":
            continue
        is_guarded(answer, trusted_types=case[0] != "map.page")
        if answer.status_code == 200 and "<html" in answer.text:  # not a part of a page
            assert f"{MARK}>ข้อมูลตัวอย่าง" in answer.text, address


class TestAPageOfAnError:
    @pytest.mark.parametrize(
        ("method", "address", "status"),
        [("GET", "/nowhere", 404), ("DELETE", "/sign-in", 405), ("POST", "/sign-in", 403)],
    )
    def test_is_guarded_too(self, app: Flask, method: str, address: str, status: int) -> None:
        answer = app.test_client().open(address, method=method, headers={"Accept": "text/html"})
        assert answer.status_code == status
        is_guarded(answer)
        assert MARK in answer.text


class TestTheShell:
    def test_may_run_the_code_that_makes_keys_and_nothing_else(self, app: Flask) -> None:
        answer = app.test_client().get("/app/")
        policy = policy_of(answer)
        assert policy["script-src"] == "'self' 'wasm-unsafe-eval'"
        assert policy["require-trusted-types-for"] == "'script'"
        assert not INLINE.search(answer.text)


class TestUnderTls:
    def test_browsers_are_told_to_stay_there(self, app: Flask) -> None:
        config = replace(app.config["JPT"], behind_tls=True, demo=False)
        behind = create_app(config)
        answer = behind.test_client().get("/sign-in")
        behind.extensions["engine"].dispose()
        assert "max-age=" in answer.headers["Strict-Transport-Security"]
        assert "upgrade-insecure-requests" in policy_of(answer)
        assert MARK not in answer.text


class TestTheCookieOfASession:
    def test_is_this_hosts_secure_and_of_no_use_to_scripts_and_other_sites(
        self, app: Flask, the_world: Session
    ) -> None:
        answer = show_password(app.test_client(), "mali", world.PASSWORD)
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-jpt=")
        for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Strict"):
            assert f"; {part}" in cookie
        assert "Domain" not in cookie
