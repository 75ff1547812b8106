"""The client's build holds every part, and the app in it is without the map."""

from __future__ import annotations

import json

from tests.house import tree

DIST = tree.ROOT / "webapp/static/dist"


class TestTheBuild:
    def test_holds_every_part(self) -> None:
        names = json.loads((DIST / "manifest.json").read_text())
        assert {"app", "map", "page", "css"} <= names.keys()
        for file in [*names.values(), "engine-server.js", "service-worker.js", "licences.txt"]:
            assert (DIST / file).stat().st_size > 0, file

    def test_brings_the_map_its_worker_beside_it(self) -> None:
        assert (DIST / "maplibre-gl-worker.mjs").stat().st_size > 0

    def test_keeps_the_map_out_of_the_app(self) -> None:
        listed = json.loads((DIST / "kept.json").read_text())
        kept = [entry["url"].rsplit("/", 1)[1] for entry in listed]
        assert not [name for name in kept if name.startswith("map")]

    def test_gives_the_licences_of_what_it_carries(self) -> None:
        licences = (DIST / "licences.txt").read_text()
        for name in json.loads(tree.text("package.json"))["dependencies"]:
            assert f"{name} " in licences
        assert "SIL OPEN FONT LICENSE" in licences.upper()
