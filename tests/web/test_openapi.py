"""The API's own description says what the API is."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from webapp.blueprints import api_description

VERBS = {"GET", "PUT", "POST", "PATCH", "DELETE"}


def described() -> set[tuple[str, str]]:
    """Paths and methods of the document."""
    paths = api_description.document()["paths"]
    return {(path, verb.upper()) for path, operations in paths.items() for verb in operations}


def served(app: Flask) -> set[tuple[str, str]]:
    """Paths and methods of the application below /api/."""
    return {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), verb)
        for rule in app.url_map.iter_rules()
        for verb in (rule.methods or set()) & VERBS
        if rule.rule.startswith("/api/")
    }


class TestTheDescription:
    def test_names_every_call_and_no_other(self, app: Flask) -> None:
        assert described() == served(app)

    def test_is_what_the_address_gives(self, client: FlaskClient) -> None:
        answer = client.get("/api/v1/openapi.json")
        assert (answer.status_code, answer.get_json()) == (200, api_description.document())

    def test_names_every_part_of_an_address(self) -> None:
        for path, operations in api_description.document()["paths"].items():
            wanted = set(re.findall(r"{(\w+)}", path))
            for operation in operations.values():
                named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
                assert named == wanted, path
