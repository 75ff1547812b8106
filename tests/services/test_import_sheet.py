"""A list of somebody's that is broken or made to do harm is refused in words, soon."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from webapp.services import import_sheet
from webapp.services.import_sheet import FileRefused

COLUMNS = {"name": ("ชื่อ",)}
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
LINE = '<row r="2"><c r="A2" t="inlineStr"><is><t>{}</t></is></c></row>'


def workbook(rows: str, before: str = "", unfolded: int = 0) -> bytes:
    """An XLSX whose sheet has these rows, written by hand."""
    made, packed = io.BytesIO(), io.BytesIO()
    Workbook().save(made)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'{before}<worksheet xmlns="{space}"><sheetData>{HEAD}{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == SHEET else old.read(name))
        if unfolded:
            new.writestr("xl/filling", bytes(unfolded))
    return packed.getvalue()


def read(content: bytes, name: str = "a.xlsx", most: int | None = None) -> import_sheet.Sheet:
    return import_sheet.read_content(name, content, COLUMNS, ("name",), most)


class TestAWorkbook:
    @pytest.mark.parametrize(
        "rows",
        [
            '<row r="2"><c r="A2"><v>zzz</v></c></row>',
            '<row r="2"><c r="A2" t="s"><v>99999</v></c></row>',
            '<row r="2"><c r="A2"',
        ],
    )
    def test_that_is_broken_inside_is_refused(self, rows: str) -> None:
        with pytest.raises(FileRefused, match="Excel"):
            read(workbook(rows))

    def test_that_asks_for_a_file_of_ours_is_refused(self) -> None:
        with pytest.raises(FileRefused):
            read(workbook(LINE.format("&a;"), OUTSIDE))

    def test_of_words_that_unfold_without_end_is_refused_before_it_is_read(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        more = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9}">' for n in range(1, 12))
        laughs = f'<!DOCTYPE l [<!ENTITY e0 "ha">{more}]>'
        monkeypatch.setattr(import_sheet, "load_workbook", None)  # never asked
        with pytest.raises(FileRefused, match="Excel"):
            read(workbook(HEAD + LINE.format("&e11;"), laughs))

    def test_that_unfolds_to_far_more_is_refused(self) -> None:
        with pytest.raises(FileRefused, match="ใหญ่เกินไป"):
            read(workbook("", unfolded=import_sheet.MOST_UNFOLDED))

    def test_with_one_cell_at_the_far_end_is_no_billion_cells(self) -> None:
        assert read(workbook(FAR)).rows == []

    def test_is_read_no_further_than_what_is_taken_at_once(self) -> None:
        broken = '<row r="4"><c r="A4"><v>zzz</v></c></row>'
        rows = LINE.format("x") + LINE.format("y").replace("2", "3")
        assert len(read(workbook(rows), most=2).rows) == 2
        with pytest.raises(FileRefused, match="มากกว่า 1 แถว"):
            read(workbook(rows + broken), most=1)

    def test_of_zeros_has_its_rows(self) -> None:
        [row] = read(workbook('<row r="2"><c r="A2"><v>0</v></c></row>')).rows
        assert row["name"] == "0"


class TestAnOldList:
    @pytest.mark.parametrize("content", [b"name\n" + b"x" * 200_000, b"name\n\0"])
    def test_that_no_reader_takes_is_refused(self, content: bytes) -> None:
        with pytest.raises(FileRefused, match="CSV"):
            read(content, "a.csv")
