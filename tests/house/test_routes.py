"""Every route says who may use it, and nothing else does."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from webapp.domain.actors import Role
from webapp.domain.policy import ROUTES


class TestARoute:
    def test_has_its_line_in_the_policy_table(self, app: Flask) -> None:
        endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
        assert endpoints - set(ROUTES) == set(), "routes without a line"
        assert set(ROUTES) - endpoints == set(), "lines without a route"

    def test_is_described_in_thai(self) -> None:
        assert all(rule.act_th and rule.roles for rule in ROUTES.values())

    def test_turns_a_stranger_away_unless_it_is_for_everybody(
        self, app: Flask, client: FlaskClient
    ) -> None:
        for rule in app.url_map.iter_rules():
            if Role.ANONYMOUS in ROUTES[rule.endpoint].roles or "GET" not in (rule.methods or ()):
                continue
            numbered = {
                name: "1"
                for name, converter in rule._converters.items()
                if "Integer" in type(converter).__name__
            }
            anything = dict.fromkeys(rule.arguments, "0198a3b0-0000-7000-8000-000000000000")
            built = rule.build(anything | (rule.defaults or {}) | numbered)
            assert built, rule
            address = built[1]
            assert client.get(address).status_code in {302, 303, 401, 403, 404}, address
