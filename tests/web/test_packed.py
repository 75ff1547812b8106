"""The app's own files come small, and open to the bytes that the phone expects."""

from __future__ import annotations

import gzip
import json

import pytest
from flask.testing import FlaskClient

from webapp.assets import DIST, load

LARGEST_SHELL = 250_000
TAKES_ALL = {"Accept-Encoding": "gzip, deflate, br, zstd"}


def questionnaire_address(client: FlaskClient) -> str:
    from webapp.domain import questionnaire

    return f"/questionnaires/bmn-31/{questionnaire.digest('bmn-31')}.json"


def sent(client: FlaskClient, address: str) -> int:
    """Bytes of the answer's body to a browser of today."""
    with client.get(address, headers=TAKES_ALL) as answer:
        return len(answer.data)


class TestAFileOfTheApp:
    @pytest.mark.parametrize("accepts", ["br", "gzip", "identity"])
    def test_comes_as_the_browser_takes_it(self, client: FlaskClient, accepts: str) -> None:
        address = load().url("app")
        with client.get(address, headers={"Accept-Encoding": accepts}) as answer:
            assert answer.headers.get("Content-Encoding", "identity") == accepts
            assert answer.mimetype == "text/javascript"
            assert "Accept-Encoding" in answer.vary
            assert "immutable" in answer.headers["Cache-Control"]
            content = answer.data
        whole = (DIST / address.rsplit("/", 1)[1]).read_bytes()
        opened = {"gzip": gzip.decompress, "identity": bytes}.get(accepts)
        assert opened is None or opened(content) == whole

    @pytest.mark.parametrize("address", ["/app/", "/service-worker.js"])
    def test_that_is_made_on_the_way_is_packed_too(self, client: FlaskClient, address: str) -> None:
        packed = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(packed.data) == client.get(address).data

    def test_is_light_with_all_the_others_fonts_and_questionnaire_included(
        self, client: FlaskClient
    ) -> None:
        worker = client.get("/service-worker.js").get_data(as_text=True)
        kept = json.loads(worker.split("self.KEPT=", 1)[1].split("];", 1)[0] + "]")
        addresses = [one["url"] for one in kept]
        addresses += ["/service-worker.js", questionnaire_address(client)]
        sizes = {one: sent(client, one) for one in addresses}
        assert sum(sizes.values()) <= LARGEST_SHELL, sizes


class TestAnAnswerAboutPeople:
    def test_is_never_packed_beside_a_secret(self, client: FlaskClient) -> None:
        answer = client.get("/sign-in", headers=TAKES_ALL)
        assert "Content-Encoding" not in answer.headers
