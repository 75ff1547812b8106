"""The same interview from many phones in one moment, to several processes of the application."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.browsing import Answer, Client
from tests.fixtures.application import Server
from tests.handset import APP, Handset
from webapp.models.interview import Receipt, Revision

COPIES = 50


@pytest.fixture
def several(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    """Three processes behind one address."""
    server = Server(environment, tmp_path / "log", workers=3)
    server.start()
    yield server
    server.stop()


class TestFiftyIdenticalSendsAtOnce:
    def test_give_one_row_and_fifty_identical_receipts(
        self, mali: Handset, the_world: Session, several: Server
    ) -> None:
        one, ready = mali.interview(), Barrier(COPIES)
        path = f"/api/v1/interviews/{one.interview}/revisions/{one.digest}"
        headers = APP | one.headers | {"Authorization": f"Hand-In {mali.token}"}

        def send(_: int) -> Answer:
            client = Client(several.port)
            ready.wait()
            kind = "application/octet-stream"
            return client.put(path, data=one.envelope, headers=headers, content_type=kind)

        with ThreadPoolExecutor(COPIES) as pool:
            answers = list(pool.map(send, range(COPIES)))
        assert sorted(answer.status_code for answer in answers) == [200] * (COPIES - 1) + [201]
        assert len({answer.data for answer in answers}) == 1
        for table in (Revision, Receipt):
            assert the_world.scalar(select(func.count()).select_from(table)) == 1
