"""The same interview from many phones in one moment, to several processes of the application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.browsing import Answer, Client
from tests.fixtures.application import Server
from tests.handset import APP, Handset, Sealed
from webapp.models.evidence import Evidence
from webapp.models.interview import Receipt, Revision

COPIES = 50


@pytest.fixture
def several(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    """Three processes behind one address."""
    server = Server(environment, tmp_path / "log", workers=3)
    server.start()
    yield server
    server.stop()


def revision(one: Sealed) -> dict[str, Any]:
    """The answers alone."""
    path = f"/api/v1/interviews/{one.interview}/revisions/{one.digest}"
    return {"path": path, "data": one.envelope, "headers": one.headers}


def whole(one: Sealed) -> dict[str, Any]:
    """The household with its photo, as a phone sends it first."""
    parts = [one.envelope, *one.files.values()]
    sizes = {"Jpt-Parts": ",".join(str(len(part)) for part in parts)}
    path = f"/api/v1/interviews/{one.interview}/whole/{one.digest}"
    return {"path": path, "data": b"".join(parts), "headers": one.headers | sizes}


class TestFiftyIdenticalSendsAtOnce:
    @pytest.mark.parametrize("way", [revision, whole])
    def test_give_one_row_and_fifty_identical_receipts(
        self,
        way: Callable[[Sealed], dict[str, Any]],
        mali: Handset,
        the_world: Session,
        several: Server,
    ) -> None:
        asked, ready = way(mali.interview({"photo": b"\xff\xd8 a photo"})), Barrier(COPIES)
        own = APP | asked.pop("headers") | {"Authorization": f"Hand-In {mali.token}"}

        def send(_: int) -> Answer:
            client = Client(several.port)
            ready.wait()
            return client.put(**asked, headers=own, content_type="application/octet-stream")

        with ThreadPoolExecutor(COPIES) as pool:
            answers = list(pool.map(send, range(COPIES)))
        assert sorted(answer.status_code for answer in answers) == [200] * (COPIES - 1) + [201]
        assert len({answer.data for answer in answers}) == 1
        for table in (Revision, Receipt, Evidence):
            assert the_world.scalar(select(func.count()).select_from(table)) == 1
