"""The worker keeps every file the shell asks for, answers GET only, and never for the API."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.house import tree
from webapp.domain import questionnaire

# runs the built worker as a classic script and asks it about requests of several kinds
STAGE = """
    import { runInNewContext } from 'node:vm'
    import { readFileSync } from 'node:fs'
    const source = readFileSync(0, 'utf8')
    const heard = {}
    const self = { addEventListener: (kind, act) => { heard[kind] = act },
        location: new URL('http://localhost/service-worker.js'), clients: {}, registration: {} }
    const cache = { match: async () => new Response('kept'), keys: async () => [] }
    const caches = { open: async () => cache, match: cache.match, keys: async () => [] }
    const globals = { self, caches, URL, Request, Response, Headers, crypto, TextEncoder,
        TextDecoder, console, fetch: async () => new Response('net'), navigator: {},
        location: self.location, setTimeout, clearTimeout, addEventListener: self.addEventListener }
    runInNewContext(source, globals)
    const asked = JSON.parse(process.argv[1]).map(([method, url, mode]) => {
        let answered = false
        heard.fetch({ request: { method, url, mode, headers: new Headers() },
            respondWith: (answer) => { answered = true; Promise.resolve(answer).catch(() => {}) },
            waitUntil: () => {} })
        return answered
    })
    console.log(JSON.stringify(asked))
"""


class Links(HTMLParser):
    """The addresses a page makes the browser fetch by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        address = values.get("src") or (values.get("href") if tag == "link" else None)
        if address and address.startswith("/"):
            self.found.add(address)


@pytest.fixture
def worker(client: FlaskClient) -> str:
    """The worker as it is served, the list of kept files in front."""
    answer = client.get("/service-worker.js")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.fixture
def kept(worker: str) -> dict[str, str]:
    """Digest by address."""
    found = re.search(r"KEPT\s*=\s*(\[.*?\])", worker, re.DOTALL)
    assert found
    return {file["url"]: file["digest"] for file in json.loads(found[1])}


def answers(worker: str, requests: list[tuple[str, str, str]]) -> list[bool]:
    """Which of the requests (method, address, mode) the worker takes upon itself."""
    done = subprocess.run(
        [tree.program("node"), "--input-type=module", "-e", STAGE, "--", json.dumps(requests)],
        input=worker,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    result: list[bool] = json.loads(done.stdout)
    return result


LARGEST_SHELL = 250_000
PACKED = {"Accept-Encoding": "gzip, deflate, br"}
"""As browsers of today ask."""


class TestTheShell:
    def test_is_light_with_its_fonts_and_the_questionnaire(
        self, client: FlaskClient, kept: dict[str, str]
    ) -> None:
        asked = f"/questionnaires/bmn-31/{questionnaire.digest('bmn-31')}.json"
        sent = {}
        for address in (*kept, "/service-worker.js", asked):
            with client.get(address, headers=PACKED) as answer:
                sent[address] = len(answer.data)
        assert min(sent.values()) > 0
        assert sum(sent.values()) <= LARGEST_SHELL, sent


class TestTheWorker:
    def test_keeps_every_file_the_shell_asks_for(
        self, client: FlaskClient, kept: dict[str, str]
    ) -> None:
        links = Links()
        links.feed(client.get("/app/").get_data(as_text=True))
        assert links.found
        assert links.found <= kept.keys(), links.found - kept.keys()
        assert "/app/" in kept

    def test_names_each_file_with_the_digest_of_what_is_served(
        self, client: FlaskClient, kept: dict[str, str]
    ) -> None:
        for url, digest in kept.items():
            with client.get(url) as answer:
                assert answer.status_code == 200, url
                assert hashlib.sha256(answer.data).hexdigest() == digest, url

    def test_keeps_nothing_that_needs_a_session(self, kept: dict[str, str]) -> None:
        assert not [url for url in kept if url.startswith("/api/")]

    def test_answers_get_for_our_own_files_only(self, worker: str) -> None:
        here = "http://localhost"
        asked: list[tuple[Any, ...]] = [
            (True, "GET", f"{here}/app/", "navigate"),
            (False, "POST", f"{here}/app/", "navigate"),
            (False, "GET", f"{here}/api/v1/changes", "cors"),
            (False, "PUT", f"{here}/api/v1/interviews/x/revisions/y", "cors"),
            (False, "POST", f"{here}/api/v1/hello", "cors"),
            (False, "GET", "http://elsewhere.example/app/", "cors"),
            (False, "GET", f"{here}/map/", "navigate"),
        ]
        found = answers(worker, [(a[1], a[2], a[3]) for a in asked])
        assert found == [a[0] for a in asked]
