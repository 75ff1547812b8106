"""Settles the made-up province through the same imports an office would use."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import geothai
from shapely.geometry import MultiPolygon, Point, mapping
from sqlalchemy.orm import Session

from webapp.demo import cells
from webapp.demo.chance import source
from webapp.domain.areas import AreaLevel
from webapp.services import (
    area_import,
    boundary_import,
    local_administration_import,
    village_import,
)
from webapp.services.import_report import ImportReport


def settle(session: Session) -> None:
    """Nong Khai's registry is there, with drawn boundaries and made-up villages and อปท."""
    area_import.seed(session, cells.PROVINCE)
    with tempfile.TemporaryDirectory() as folder:
        for name, write, take in _STEPS:
            path = Path(folder) / name
            write(path)
            report = take(session, path)
            if report.errors:
                raise RuntimeError(f"the demo's own {name} is refused: {list(report.lines())}")


@cache
def boundaries() -> dict[str, MultiPolygon]:
    """The cell of every subdistrict."""
    districts = [one.code for one in geothai.districts(cells.PROVINCE)]
    return cells.drawn(
        {code: [one.code for one in geothai.subdistricts(code)] for code in districts}
    )


@cache
def village_points() -> dict[str, Point]:
    """Where each village's middle is: well inside its subdistrict."""
    return {
        code: cells.point_inside(source(0, "village", code), boundaries()[code[:6]].buffer(-0.008))
        for code, _ in cells.places()["villages"]
    }


def village_codes() -> list[str]:
    """The made-up villages, in order."""
    return [code for code, _ in cells.places()["villages"]]


def _write_boundaries(path: Path) -> None:
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": mapping(cell)}
        for code, cell in boundaries().items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def _write_administrations(path: Path) -> None:
    rows = [
        (kind, name, subdistrict[:4], subdistrict, how)
        for kind, name, covered, _ in cells.places()["local_administrations"]
        for subdistrict, how in covered.items()
    ]
    _write(path, ["lao_type", "lao_name", "amphoe_code", "tambon_code", "coverage"], rows)


def _write_villages(path: Path) -> None:
    administration = {
        village: kind + name
        for kind, name, _, villages in cells.places()["local_administrations"]
        for village in villages
    }
    points = village_points()
    rows = [
        (code, name, administration[code], f"{points[code].y:.6f}", f"{points[code].x:.6f}")
        for code, name in cells.places()["villages"]
    ]
    _write(path, ["village_code", "name_th", "lao_code_or_name", "lat", "lon"], rows)


def _write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)


def _take_boundaries(session: Session, path: Path) -> ImportReport:
    origin: str = cells.places()["source"]
    return boundary_import.take(session, path, AreaLevel.SUBDISTRICT, origin)


_Step = tuple[str, Callable[[Path], None], Callable[[Session, Path], ImportReport]]
_STEPS: tuple[_Step, ...] = (
    ("boundaries.geojson", _write_boundaries, _take_boundaries),
    ("administrations.csv", _write_administrations, local_administration_import.take),
    ("villages.csv", _write_villages, village_import.take),
)
