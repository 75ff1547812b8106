"""Layers of boundaries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.fixtures.lists import forget_areas, kinds, layer, square
from webapp.domain.areas import AreaLevel
from webapp.models.area import Area
from webapp.services import area_import, boundary_import
from webapp.services.import_report import ImportReport
from webapp.services.import_sheet import FileRefused

POT_TAK = {f"43170{n}": square(102.4 + n / 10, 17.8) for n in (1, 2, 3)}
"""Three subdistricts are all of district 4317."""


@pytest.fixture
def province(register: Session) -> Session:
    forget_areas(register)
    area_import.seed(register, "43")
    return register


def take(session: Session, path: Path, level: AreaLevel = AreaLevel.SUBDISTRICT) -> ImportReport:
    return boundary_import.take(session, path, level, "ทดสอบ")


def square_kilometres(session: Session, code: str) -> float | None:
    area = func.ST_Area(func.Geography(Area.boundary)) / 1e6
    found: float | None = session.scalar(select(area).where(Area.code == code))
    return found


class TestALayerOfSubdistricts:
    def test_gives_them_their_boundaries(self, province: Session, tmp_path: Path) -> None:
        report = take(province, layer(tmp_path / "l.geojson", POT_TAK))
        assert (report.errors, report.added) == ([], 3)
        assert square_kilometres(province, "431701") == pytest.approx(117, abs=1)
        assert province.get_one(Area, "431701").boundary_source == "ทดสอบ"

    def test_joins_to_a_district_once_all_of_it_is_there(
        self, province: Session, tmp_path: Path
    ) -> None:
        two = {code: POT_TAK[code] for code in ("431701", "431702")}
        report = take(province, layer(tmp_path / "l.geojson", two))
        assert square_kilometres(province, "4317") is None
        assert "ยังไม่ครบ" in report.notes[0].written()
        take(province, layer(tmp_path / "l.geojson", POT_TAK))
        assert square_kilometres(province, "4317") == pytest.approx(352, abs=2)
        assert square_kilometres(province, "43") is None

    def test_is_known_by_whichever_column_holds_codes(
        self, province: Session, tmp_path: Path
    ) -> None:
        with_prefix = {f"TH{code}": shape for code, shape in POT_TAK.items()}
        for shapes, column in (
            (with_prefix, "adm3_pcode"),
            (POT_TAK, "TAMBON_IDN"),
            (POT_TAK, "id"),
        ):
            assert take(province, layer(tmp_path / "l.geojson", shapes, column)).errors == []

    def test_loses_height_and_stray_lines_and_crossings(
        self, province: Session, tmp_path: Path
    ) -> None:
        bow_tie = [[102, 18, 9], [102.1, 18.1, 9], [102.1, 18, 9], [102, 18.1, 9], [102, 18, 9]]
        stray = {"type": "LineString", "coordinates": [[103, 18], [103.1, 18]]}
        mixed = {
            "type": "GeometryCollection",
            "geometries": [{"type": "Polygon", "coordinates": [bow_tie]}, stray],
        }
        report = take(province, layer(tmp_path / "l.geojson", {"431701": mixed}))
        assert "invalid" in kinds(report.warnings)
        kept = select(func.ST_AsText(Area.boundary), func.ST_IsValid(Area.boundary))
        text, valid = province.execute(kept.where(Area.code == "431701")).one()
        assert text.startswith("MULTIPOLYGON((")
        assert valid

    def test_of_part_of_a_province_names_what_is_missing(
        self, province: Session, tmp_path: Path
    ) -> None:
        report = take(province, layer(tmp_path / "l.geojson", POT_TAK))
        assert report.warned("missing") == 59

    def test_that_overlaps_says_where_and_how_much(self, province: Session, tmp_path: Path) -> None:
        shapes = {"431701": square(102.5, 17.8), "431702": square(102.59, 17.8)}
        report = take(province, layer(tmp_path / "l.geojson", shapes))
        line = next(line for line in report.warnings if line.kind == "overlap")
        assert "431701 กับ 431702" in line.message_th
        assert "1,1" in line.message_th  # about 1,180 hectares

    def test_that_only_touches_does_not_overlap(self, province: Session, tmp_path: Path) -> None:
        assert take(province, layer(tmp_path / "l.geojson", POT_TAK)).warned("overlap") == 0


class TestALayerWithAMistake:
    @pytest.mark.parametrize(
        ("code", "geometry", "kind"),
        [
            ("439999", square(102, 18), "unknown_code"),
            ("430301", square(102, 18), "unknown_code"),
            ("431701", {"type": "Point", "coordinates": [102, 18]}, "geometry"),
            ("431701", {"type": "Polygon", "coordinates": "x"}, "geometry"),
            ("431701", None, "geometry"),
            ("431701", square(261066, 1978132, 500), "geometry"),
        ],
    )
    def test_is_refused_as_a_whole(
        self, province: Session, tmp_path: Path, code: str, geometry: Any, kind: str
    ) -> None:
        shapes = {"431702": square(102.5, 17.8), code: geometry}
        report = take(province, layer(tmp_path / "l.geojson", shapes))
        assert kinds(report.errors) == [kind]
        assert square_kilometres(province, "431702") is None

    def test_says_what_became_of_an_old_code(self, province: Session, tmp_path: Path) -> None:
        report = take(province, layer(tmp_path / "l.geojson", {"430301": square(102, 18)}))
        assert "380101" in report.errors[0].message_th

    def test_names_a_code_that_comes_twice(self, province: Session, tmp_path: Path) -> None:
        shapes = {"431701": square(102, 18), "TH431701": square(103, 18)}
        report = take(province, layer(tmp_path / "l.geojson", shapes))
        assert kinds(report.errors) == ["duplicate"]

    def test_names_a_name_that_differs(self, province: Session, tmp_path: Path) -> None:
        path = layer(tmp_path / "l.geojson", {"431701": square(102, 18)})
        path.write_text(path.read_text().replace('"431701"', '"431701", "ADM3_TH": "สองห้อง"'))
        assert take(province, path).warned("name_mismatch") == 1


class TestAFileOfAnotherKind:
    @pytest.mark.parametrize("text", ["", "[]", '{"type": "Feature"}', "\x00"])
    def test_is_refused(self, province: Session, tmp_path: Path, text: str) -> None:
        path = tmp_path / "l.geojson"
        path.write_text(text)
        with pytest.raises(FileRefused):
            take(province, path)

    def test_in_metres_is_refused(self, province: Session, tmp_path: Path) -> None:
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32648"}}
        with pytest.raises(FileRefused, match="WGS84"):
            take(province, layer(tmp_path / "l.geojson", POT_TAK, crs=crs))

    def test_without_codes_is_refused(self, province: Session, tmp_path: Path) -> None:
        with pytest.raises(FileRefused, match="รหัส"):
            take(province, layer(tmp_path / "l.geojson", POT_TAK, "colour"))
