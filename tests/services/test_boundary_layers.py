"""Boundaries as offices hand them out: projections, Thai letters, and files that mean harm."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.fixtures.lists import forget_areas, kinds, square
from tests.services.layers import packaged, zipped
from webapp.domain.areas import AreaLevel
from webapp.models.area import Area
from webapp.services import area_import, boundary_import, boundary_layer
from webapp.services.boundary_layer import Asked
from webapp.services.import_report import ImportReport
from webapp.services.import_sheet import FileRefused

POT_TAK = {f"43170{n}": square(102.4 + n / 10, 17.8) for n in (1, 2, 3)}
UTM_48, INDIAN_48, INDIAN_47 = "EPSG:32648", "EPSG:24048", "EPSG:24047"


@pytest.fixture
def province(register: Session) -> Session:
    forget_areas(register)
    area_import.seed(register, "43")
    return register


def take(session: Session, path: Path, asked: Asked = boundary_layer.NOTHING_ASKED) -> ImportReport:
    return boundary_import.take(session, path, AreaLevel.SUBDISTRICT, "ทดสอบ", asked)


def offset(path: Path, asked: Asked = boundary_layer.NOTHING_ASKED) -> float:
    """Degrees between the layer as read and as it was drawn."""
    found = {str(one.properties.get("ADM3_PCODE") or one.properties.get("tam_code")): one
             for one in boundary_layer.read(path, asked)}  # fmt: skip
    return max(
        shapely.hausdorff_distance(shape(POT_TAK[code]), found[code].geometry) for code in POT_TAK
    )


class TestAZippedShapefile:
    @pytest.mark.parametrize("crs", ["EPSG:4326", UTM_48, INDIAN_48, INDIAN_47])
    @pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
    def test_is_read_in_its_own_projection_and_letters(
        self, province: Session, tmp_path: Path, crs: str, encoding: str
    ) -> None:
        path = zipped(tmp_path / "l.zip", POT_TAK, crs, encoding=encoding, folder="ขอบเขต/")
        assert offset(path) < 1e-5
        names = {one.properties["ADM3_TH"] for one in boundary_layer.read(path)}
        assert names == {"โพนทอง"}
        report = take(province, path)
        assert (report.errors, report.added) == ([], 3)
        area = select(func.ST_Area(func.Geography(Area.boundary)) / 1e6)
        assert province.scalar(area.where(Area.code == "431701")) == pytest.approx(117, abs=1)

    def test_trusts_a_cpg_and_whoever_asks_for_an_encoding(self, tmp_path: Path) -> None:
        more = {"tambon.cpg": b"TIS-620"}
        path = zipped(tmp_path / "l.zip", POT_TAK, encoding="cp874", more=more)
        assert boundary_layer.read(path)[0].properties["ADM3_TH"] == "โพนทอง"
        with pytest.raises(FileRefused, match="--encoding"):
            boundary_layer.read(path, Asked(encoding="utf-8"))

    def test_without_a_projection_asks_for_it(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "l.zip", POT_TAK, UTM_48, without=(".prj",))
        with pytest.raises(FileRefused, match="--crs"):
            boundary_layer.read(path)
        assert offset(path, Asked(crs=UTM_48)) < 1e-5
        with pytest.raises(FileRefused, match="ไม่รู้จักระบบพิกัด"):
            boundary_layer.read(path, Asked(crs="ตารางวา"))

    def test_in_the_wrong_projection_is_found_by_its_place(
        self, province: Session, tmp_path: Path
    ) -> None:
        path = zipped(tmp_path / "l.zip", POT_TAK, UTM_48, without=(".prj",))
        report = take(province, path, Asked(crs="EPSG:4326"))
        assert "geometry" in kinds(report.errors)

    def test_has_one_layer_with_its_table(self, tmp_path: Path) -> None:
        for path in (
            zipped(tmp_path / "two.zip", POT_TAK, more={"other.shp": b""}),
            zipped(tmp_path / "none.zip", POT_TAK, without=(".shp",)),
            zipped(tmp_path / "bare.zip", POT_TAK, without=(".dbf",)),
        ):
            with pytest.raises(FileRefused):
                boundary_layer.read(path)


class TestAZipThatMeansHarm:
    def test_writes_nothing_wherever_its_names_point(self, tmp_path: Path) -> None:
        folder = tmp_path / "inside"
        folder.mkdir()
        path = zipped(folder / "l.zip", POT_TAK, folder="../../", more={"../evil.cpg": b"utf-8"})
        assert len(boundary_layer.read(path)) == 3
        assert [one.name for one in tmp_path.iterdir()] == ["inside"]
        assert [one.name for one in folder.iterdir()] == ["l.zip"]

    def test_that_would_burst_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "bomb.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.shp", b"\0" * 40_000_000)
            archive.writestr("a.dbf", b"\0" * 100)
        with pytest.raises(FileRefused, match="ใหญ่ผิดปกติ"):
            boundary_layer.read(path)

    def test_of_a_thousand_entries_is_refused(self, tmp_path: Path) -> None:
        more = {f"{n}.txt": b"" for n in range(1000)}
        with pytest.raises(FileRefused):
            boundary_layer.read(zipped(tmp_path / "many.zip", POT_TAK, more=more))

    @pytest.mark.parametrize("cut", [10, 200, 600])
    def test_or_is_broken_is_refused_kindly(self, tmp_path: Path, cut: int) -> None:
        whole = zipped(tmp_path / "l.zip", POT_TAK).read_bytes()
        (tmp_path / "cut.zip").write_bytes(whole[:-cut])
        with pytest.raises(FileRefused):
            boundary_layer.read(tmp_path / "cut.zip")

    def test_holds_a_broken_shapefile_is_refused_kindly(self, tmp_path: Path) -> None:
        packed = io.BytesIO(zipped(tmp_path / "l.zip", POT_TAK).read_bytes())
        with zipfile.ZipFile(packed) as good, zipfile.ZipFile(tmp_path / "b.zip", "w") as bad:
            for name in good.namelist():
                bad.writestr(name, good.read(name)[: 70 if name.endswith(".dbf") else None])
        with pytest.raises(FileRefused):
            boundary_layer.read(tmp_path / "b.zip")


class TestAGeoPackage:
    @pytest.mark.parametrize("crs", ["EPSG:4326", UTM_48, INDIAN_47])
    def test_is_read_in_its_own_projection(
        self, province: Session, tmp_path: Path, crs: str
    ) -> None:
        path = packaged(tmp_path / "l.gpkg", POT_TAK, crs)
        assert offset(path) < 1e-5
        assert take(province, path).errors == []

    def test_of_several_layers_asks_which(self, tmp_path: Path) -> None:
        path = packaged(tmp_path / "l.gpkg", POT_TAK, tables=("tambon", "a b; --"))
        with pytest.raises(FileRefused, match="tambon"):
            boundary_layer.read(path)
        assert len(boundary_layer.read(path, Asked(layer="a b; --"))) == 3

    def test_may_run_nothing_of_its_own(self, tmp_path: Path) -> None:
        path = packaged(tmp_path / "l.gpkg", POT_TAK)
        database = sqlite3.connect(path)
        database.execute("alter table tambon rename to plain")
        database.execute("create view tambon as select *, load_extension('x') from plain")
        database.commit()
        database.close()
        with pytest.raises(FileRefused):
            boundary_layer.read(path)

    @pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"x" * 99])
    def test_that_is_none_is_refused(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "l.gpkg").write_bytes(content)
        with pytest.raises(FileRefused):
            boundary_layer.read(tmp_path / "l.gpkg")

    def test_with_an_endless_query_is_stopped(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from webapp.services import boundary_geopackage

        monkeypatch.setattr(boundary_geopackage, "MOST_STEPS", 5)
        path = packaged(tmp_path / "l.gpkg", POT_TAK)
        database = sqlite3.connect(path)
        database.execute("alter table tambon rename to plain")
        endless = (
            "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
        )
        database.execute(
            f"create view tambon as select fid, geom, tam_code, ({endless}) x from plain"
        )
        database.commit()
        database.close()
        with pytest.raises(FileRefused):
            boundary_layer.read(path)
