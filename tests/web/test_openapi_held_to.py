"""The API is held to its own description by made-up calls, as they should and should not be."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as held

from tests.web.rights_asking import APP
from tests.web.rights_world import VOLUNTEER, Rights
from tests.web.test_openapi import described
from webapp.blueprints.sessions import COOKIE

TAKES_NOTHING = {
    "/api/v1/card",
    "/api/v1/forums",
    "/api/v1/notices",
    "/api/v1/openapi.json",
    "/api/v1/standing",
}
"""Nothing can be said wrongly to these."""
ASKED = [
    (path, verb, mode)
    for path, verb in sorted(described())
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or verb != "GET" or path not in TAKES_NOTHING
]
CHECKS = [
    schemathesis.checks.not_a_server_error,
    held.status_code_conformance,
    held.content_type_conformance,
    held.response_schema_conformance,
]
USUAL = settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def description(app: Flask) -> Any:
    """As the register gives it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize(
    ("path", "verb", "mode"), ASKED, ids=lambda one: getattr(one, "value", one)
)
def test_keeps_its_word(
    path: str, verb: str, mode: GenerationMode, description: Any, rights: Rights
) -> None:
    cookie = rights.browser(VOLUNTEER).get_cookie(COOKIE, domain="localhost")
    operation = description[path][verb]

    @USUAL
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        case.headers = {**(case.headers or {}), **APP}
        answer = case.call(cookies={COOKIE: cookie.value if cookie else ""})
        case.validate_response(answer, checks=CHECKS)

    answers()
