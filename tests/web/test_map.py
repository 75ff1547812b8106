"""The map's routes as a signed-in inspector and as anybody else meets them."""

from __future__ import annotations

import gzip
from types import SimpleNamespace
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.blueprints import access
from webapp.domain.actors import Actor, Role

SOMEBODY = "0198a3b0-0000-7000-8000-000000000000"


@pytest.fixture
def inspector(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Requests come from an inspector of one province; how they signed in is another test's."""
    actor = Actor(UUID(int=1), Role.INSPECTOR, "ผู้ตรวจ", "inspector", areas=("TH.43.",))
    monkeypatch.setattr(access, "signed_in", lambda: actor)
    monkeypatch.setattr(access, "role", lambda: actor.role)
    return client


class TestTheMap:
    @pytest.mark.parametrize("address", ["/map", "/map/filters", "/map/households"])
    def test_opens_for_an_inspector(self, inspector: FlaskClient, address: str) -> None:
        assert inspector.get(address).status_code == 200

    def test_gives_gzipped_tiles_kept_for_half_a_minute(self, inspector: FlaskClient) -> None:
        answer = inspector.get("/map/tiles/8/201/115.mvt?state=todo&grade=good")
        assert answer.status_code == 200
        assert gzip.decompress(answer.data) == b""
        assert answer.headers["Cache-Control"] == "private, max-age=30"

    def test_has_tiles_that_only_this_persons_browser_may_keep(
        self, inspector: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = "/map/tiles/8/201/115.mvt"
        first = inspector.get(address)
        assert {"Cookie", "Accept-Encoding"} <= set(first.vary)
        again = inspector.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        other = Actor(UUID(int=2), Role.INSPECTOR, "ผู้ตรวจ", "other", areas=("TH.43.",))
        monkeypatch.setattr(access, "signed_in", lambda: other)
        assert inspector.get(address).headers["ETag"] != first.headers["ETag"]

    @pytest.mark.parametrize(
        "query", ["state=x", "grade=x", "volunteer=x", "area=x", "colour=red", "after=%21%21x"]
    )
    def test_refuses_a_filter_it_does_not_know(self, inspector: FlaskClient, query: str) -> None:
        assert inspector.get(f"/map/households?{query}").status_code == 400

    @pytest.mark.parametrize("tile", ["1/2/0", "1/0/2", "23/0/0"])
    def test_refuses_a_tile_off_the_earth(self, inspector: FlaskClient, tile: str) -> None:
        assert inspector.get(f"/map/tiles/{tile}.mvt").status_code == 400

    @pytest.mark.parametrize(
        "address",
        [
            "/map/filters?area=44",
            "/map/boundaries/village.json",
            "/map/basemap",
            f"/interviews/{SOMEBODY}",
            f"/households/{SOMEBODY}",
            "/evidence/made-up",
        ],
    )
    def test_has_nothing_outside_the_scope(self, inspector: FlaskClient, address: str) -> None:
        assert inspector.get(address).status_code == 404


class TestAPicturesAddress:
    def test_serves_nobody_but_the_person_it_was_given_to(
        self, app: Flask, inspector: FlaskClient
    ) -> None:
        from webapp.blueprints import interviews

        with app.app_context():
            foreign = interviews._links().dumps([SOMEBODY, "00", "small", SOMEBODY])
        assert inspector.get(f"/evidence/{foreign}").status_code == 404

    def test_is_checked_again_against_the_rows_one_may_see(
        self, app: Flask, inspector: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from webapp.blueprints import interviews

        copies = SimpleNamespace(read_copy=lambda *_: b"a face")
        monkeypatch.setattr(interviews, "files", copies)
        with app.app_context():
            own = interviews._links().dumps([SOMEBODY, "00", "small", str(UUID(int=1))])
        assert inspector.get(f"/evidence/{own}").status_code == 404
