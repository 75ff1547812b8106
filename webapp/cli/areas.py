"""flask areas: the registry of areas, villages, local administrations and boundaries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.cli.loading import conclude, loader_session
from webapp.domain.areas import AreaLevel
from webapp.services import (
    area_import,
    boundary_import,
    boundary_layer,
    boundary_positions,
    local_administration_import,
    village_import,
)
from webapp.services.import_report import ImportReport

areas_cli = AppGroup("areas", help="Areas: the official registry, villages, boundaries.")

VILLAGES, ADMINISTRATIONS, BOUNDARIES = "villages", "local-administrations", "boundaries"
_LISTS: dict[str, Callable[[Session, Path], ImportReport]] = {
    VILLAGES: village_import.take,
    ADMINISTRATIONS: local_administration_import.take,
}
_LAYERS = [AreaLevel.SUBDISTRICT.value, AreaLevel.DISTRICT.value, AreaLevel.PROVINCE.value]


@areas_cli.command("seed")
@click.option("--province", metavar="CODE", help="One province only, e.g. 43.")
def seed(province: str | None) -> None:
    """Bring provinces, districts and subdistricts to the registry's present state."""
    with loader_session() as session:
        conclude(session, area_import.seed(session, province), dry_run=False)


@areas_cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice([VILLAGES, ADMINISTRATIONS, BOUNDARIES]))
@click.option("--level", type=click.Choice(_LAYERS), default=_LAYERS[0], show_default=True)
@click.option("--source", default="", help="Whose boundaries these are, with their licence.")
@click.option("--crs", default="", help="The layer's projection where it has no .prj.")
@click.option("--encoding", default="", help="The letters of a Shapefile's table, e.g. cp874.")
@click.option("--layer", default="", help="Which layer of a GeoPackage.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def import_file(
    file: Path,
    kind: str | None,
    level: str,
    source: str,
    crs: str,
    encoding: str,
    layer: str,
    dry_run: bool,
) -> None:
    """Take a list (CSV, XLSX) or boundaries (GeoJSON, zipped Shapefile, GeoPackage), or nothing."""
    kind = kind or (BOUNDARIES if file.suffix.lower() in boundary_layer.SUFFIXES else VILLAGES)
    with loader_session() as session:
        began = session.scalars(select(func.now())).one()
        if kind == BOUNDARIES:
            asked = boundary_layer.Asked(crs, encoding, layer)
            report = boundary_import.take(
                session, file, AreaLevel(level), source or file.name, asked
            )
        else:
            report = _LISTS[kind](session, file)
        conclude(session, report, dry_run=dry_run)
        if kind == BOUNDARIES and report.written:
            again = boundary_positions.changed_since(session, began)
            moved = sum(boundary_positions.look_again(session, code) for code in again)
            click.echo(f"ตำแหน่งสัมภาษณ์ที่อยู่ในหรือนอกเขตต่างจากเดิม {moved:,} หลัง")
