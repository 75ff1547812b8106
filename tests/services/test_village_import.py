"""Lists of villages and urban communities, with their points."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.fixtures.lists import Take, forget_areas, kinds, layer, square, taker
from webapp.domain.areas import AreaLevel
from webapp.models.area import Area, LocalAdministration, Village
from webapp.services import (
    area_import,
    boundary_import,
    import_sheet,
    local_administration_import,
    village_import,
)

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ADMINISTRATIONS = """lao_code,lao_type,lao_name,amphoe_code,tambon_code,coverage
,ทม.,หนองคาย,4301,430103,partial
,อบต.,มีชัย,4301,430103,partial
,อบต.,บ้านเดื่อ,4301,430108,full
"""
HEADING = "รหัสหมู่บ้าน,รหัสตำบล,หมู่ที่,ประเภท,ชื่อหมู่บ้าน,อปท.,ละติจูด,ลองจิจูด\n"
WRONG_POINTS = [
    ("13.72707,100.53409", "default_map_centre"),
    ("255385,1976424", "utm_metres"),
    ("103.09065,17.94147", "swapped"),
    ("17.84175,100.76206", "digit_wrong"),
    ("17.91722,1030004015649185", "lost_decimal_point"),
    ("0,0", "zero"),
    ("21.6258,103.42376", "out_of_area"),
    ("17.9,", "one_missing"),
    ("17.9,ร้อยสอง", "not_a_number"),
]


@pytest.fixture
def take(register: Session, tmp_path: Path) -> Take:
    return taker(register, tmp_path, village_import.take)


class TestAListOfVillages:
    def test_enters_whole(self, take: Take, register: Session) -> None:
        take(ADMINISTRATIONS, local_administration_import.take)
        report = take(HEADING + "43010801,430108,๑,หมู่บ้าน,บ้านสมมุติ,,๑๗.๙,102.9\n")
        village = register.get_one(Village, "43010801")
        assert (report.errors, report.warnings, report.added) == ([], [], 1)
        assert (village.moo, village.kind, village.subdistrict_code) == (1, "village", "430108")
        name = register.get_one(LocalAdministration, village.local_administration_id).name_th
        assert name == "บ้านเดื่อ"
        assert register.get_one(Area, "43010801").path == "TH.43.4301.430108.43010801."

    def test_taken_twice_changes_nothing(self, take: Take) -> None:
        rows = HEADING + "43010801,430108,1,หมู่บ้าน,บ้านสมมุติ,,17.9,102.9\n"
        take(rows)
        again = take(rows)
        assert (again.added, again.changed) == (0, 0)

    def test_without_points_leaves_known_points_alone(self, take: Take, register: Session) -> None:
        take(HEADING + "43010801,430108,1,หมู่บ้าน,บ้านสมมุติ,,17.9,102.9\n")
        assert take(HEADING + "43010801,430108,1,หมู่บ้าน,บ้านใหม่,,,\n").changed == 1
        assert register.get_one(Village, "43010801").point is not None

    @pytest.mark.parametrize(
        ("row", "kind"),
        [
            ("4301080,430108,1,หมู่บ้าน,ก,,,", "code"),
            ("43010801,430199,1,หมู่บ้าน,ก,,,", "unknown_subdistrict"),
            ("43030101,430301,1,หมู่บ้าน,ก,,,", "unknown_subdistrict"),
            ("43010801,430109,1,หมู่บ้าน,ก,,,", "other_prefix"),
            ("43010801,430108,หนึ่ง,หมู่บ้าน,ก,,,", "moo"),
            (f"43010801,430108,{'9' * 5_000},หมู่บ้าน,ก,,,", "moo"),
            ("43010801,430108,1,เมือง,ก,,,", "kind"),
            ("43010801,430108,1,หมู่บ้าน,,,,", "name"),
            ("43010801,430108,1,หมู่บ้าน,ก,อบต.ไม่มีจริง,,", "local_administration"),
        ],
    )
    def test_with_one_bad_row_is_refused_as_a_whole(
        self, take: Take, register: Session, row: str, kind: str
    ) -> None:
        good = "43010802,430108,2,หมู่บ้าน,บ้านดี,,,\n"
        report = take(HEADING + good + row + "\n")
        assert kind in kinds(report.errors)
        assert report.errors[0].row == 3
        assert register.get(Village, "43010802") is None

    def test_says_what_became_of_an_old_code(self, take: Take) -> None:
        report = take(HEADING + "43030101,430301,1,หมู่บ้าน,ก,,,\n")
        assert "380101" in report.errors[0].message_th

    def test_names_a_row_that_comes_twice(self, take: Take) -> None:
        row = "43010802,430108,2,หมู่บ้าน,บ้านดี,,,\n"
        assert kinds(take(HEADING + row + row).errors) == ["duplicate"]

    def test_needs_the_administration_named_where_two_share_a_subdistrict(
        self, take: Take, register: Session
    ) -> None:
        take(ADMINISTRATIONS, local_administration_import.take)
        rows = "43010301,430103,1,หมู่บ้าน,ก,,,\n43010350,430103,50,ชุมชน,ข,ทม.หนองคาย,,\n"
        report = take(HEADING + rows)
        assert report.errors == []
        assert register.get_one(Village, "43010301").local_administration_id is None
        assert register.get_one(Village, "43010350").local_administration_id is not None
        assert "1 หมู่บ้าน" in report.notes[0].written()

    def test_does_not_move_a_village(self, take: Take) -> None:
        take(HEADING + "43990001,430108,50,ชุมชน,ก,,,\n")
        report = take(HEADING + "43990001,430109,50,ชุมชน,ก,,,\n")
        assert kinds(report.errors) == ["moved"]


class TestAWrongCoordinate:
    def test_is_a_named_warning_and_the_village_enters_without_a_point(
        self, take: Take, register: Session, tmp_path: Path
    ) -> None:
        box = layer(tmp_path / "p.geojson", {"43": square(102.1, 17.6, 1.2)}, "ADM1_PCODE")
        boundary_import.take(register, box, AreaLevel.PROVINCE, "ทดสอบ")
        rows = [
            f"430108{n:02},430108,{n},หมู่บ้าน,บ้าน{n},,{point}\n"
            for n, (point, _) in enumerate(WRONG_POINTS, start=1)
        ]
        report = take(HEADING + "".join(rows))
        assert kinds(report.warnings) == [kind for _, kind in WRONG_POINTS]
        kept = register.scalars(select(Village).order_by(Village.code)).all()
        assert [village.point_problem for village in kept] == [kind for _, kind in WRONG_POINTS]
        assert all(village.point is None for village in kept)

    def test_that_three_rows_share_is_an_untouched_map(self, take: Take) -> None:
        rows = [f"430108{n:02},430108,{n},หมู่บ้าน,ก,,1.5,99.5\n" for n in (1, 2, 3)]
        assert take(HEADING + "".join(rows)).warned("default_map_centre") == 3

    @pytest.mark.skipif(not DATA.exists(), reason="the shared test data is not here")
    def test_is_found_forty_times_in_the_published_list(
        self, take: Take, register: Session
    ) -> None:
        published = DATA / "nongkhai_tambon.geojson"
        boundary_import.take(register, published, AreaLevel.SUBDISTRICT, "COD-AB")
        report = village_import.take(register, DATA / "nongkhai_villages.csv")
        assert (report.read, report.added, report.errors) == (740, 740, [])
        assert len(report.warnings) == 40
        assert report.warned("default_map_centre") == 21
        assert (report.warned("utm_metres"), report.warned("swapped")) == (4, 2)


class TestAFile:
    def test_may_be_excel_with_codes_typed_as_numbers(
        self, register: Session, tmp_path: Path
    ) -> None:
        forget_areas(register)
        area_import.seed(register, "43")
        book = Workbook()
        book.active.append(["village_code", "tambon_code", "moo", "name_th"])  # type: ignore[union-attr]
        book.active.append([43010801.0, 430108, 1.0, "บ้านสมมุติ"])  # type: ignore[union-attr]
        book.save(tmp_path / "list.xlsx")
        assert village_import.take(register, tmp_path / "list.xlsx").errors == []

    def test_may_be_in_the_old_thai_encoding(self, register: Session, tmp_path: Path) -> None:
        forget_areas(register)
        area_import.seed(register, "43")
        text = HEADING.replace(",", ";") + "43010801;430108;1;หมู่บ้าน;บ้านสมมุติ;;;\n"
        (tmp_path / "list.csv").write_bytes(text.encode("cp874"))
        village_import.take(register, tmp_path / "list.csv")
        assert register.get_one(Area, "43010801").name_th == "บ้านสมมุติ"

    @pytest.mark.parametrize("content", [b"\x00\xff\xfe\x81", b"a,b\n1,2\n", b""])
    def test_of_another_kind_is_refused(
        self, register: Session, tmp_path: Path, content: bytes
    ) -> None:
        (tmp_path / "list.csv").write_bytes(content)
        with pytest.raises(import_sheet.FileRefused):
            village_import.take(register, tmp_path / "list.csv")

    def test_called_excel_but_not_excel_is_refused(self, register: Session, tmp_path: Path) -> None:
        (tmp_path / "list.xlsx").write_bytes(b"not a workbook")
        with pytest.raises(import_sheet.FileRefused):
            village_import.take(register, tmp_path / "list.xlsx")
