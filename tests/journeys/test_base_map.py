"""The ground below the map, as the operator sets it: a file of tiles, or tiles from an address."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.fixtures import base_map
from tests.fixtures.application import Server
from tests.inspector import Inspector

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

ATTRIBUTION = "แผนที่ฐานของการทดสอบ"
TRIES = 60


@pytest.fixture(params=["file", "address"])
def with_base_map(
    request: pytest.FixtureRequest,
    environment: dict[str, str],
    the_world: Session,
    tmp_path: Path,
) -> Iterator[str]:
    """The served application with a base map of that kind; its address."""
    file, tile = tmp_path / "base.pmtiles", base_map.picture()
    base_map.write_pmtiles(file, tile)
    with base_map.tile_server(tile) as address:
        chosen = {"JPT_BASEMAP_PMTILES": str(file)}
        if request.param == "address":
            chosen = {"JPT_BASEMAP_TILE_URL": address}
        settings = {**environment, **chosen, "JPT_BASEMAP_ATTRIBUTION": ATTRIBUTION}
        server = Server(settings, tmp_path / "log")
        server.start()
        yield server.address
        server.stop()


def ground(nida: Inspector) -> tuple[int, ...]:
    """The colour at a place of the map where nothing of ours lies."""
    picture = nida.page.locator("#canvas").screenshot()
    with Image.open(io.BytesIO(picture)) as seen:
        colour = seen.convert("RGB").getpixel((seen.width // 2, seen.height - 60))
    assert isinstance(colour, tuple)
    return tuple(int(part) for part in colour)


def test_a_base_map_is_drawn_below_with_its_attribution(
    with_base_map: str, desk: BrowserContext
) -> None:
    nida = Inspector(desk, with_base_map)
    for _ in range(TRIES):
        if ground(nida) == base_map.MAGENTA:
            break
        nida.page.wait_for_timeout(250)
    assert ground(nida) == base_map.MAGENTA
    expect(nida.page.locator(".maplibregl-ctrl-attrib-inner")).to_contain_text(ATTRIBUTION)
    assert nida.complaints == []


def test_without_a_base_map_the_ground_is_plain(
    live_server: Server, the_world: Session, desk: BrowserContext
) -> None:
    nida = Inspector(desk, live_server.address)
    expect(nida.page.locator("#canvas canvas")).to_be_visible()
    nida.page.wait_for_timeout(1500)
    assert ground(nida) == (246, 244, 236)
    assert nida.complaints == []
