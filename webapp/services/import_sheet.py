"""Rows of a list somebody made: CSV or Excel, its columns named in English or Thai."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import ZipFile, ZipInfo

from openpyxl import load_workbook

from webapp.wording import THAI, say

MOST_UNFOLDED = 100_000_000
"""Bytes; a packed file can be a thousandth of what it unfolds to."""

PROLOG = 64 * 1024
"""Bytes of a part in which a document type would stand; it comes before everything else."""

MOST_COLUMNS = 100
"""A sheet of one far cell would be filled up with millions of empty ones."""

Aliases = Mapping[str, tuple[str, ...]]
"""Each column's own name, and the other headings people give it."""


class FileRefused(Exception):
    """The file as a whole cannot be read; the message says why, in Thai."""

    @classmethod
    def because(cls, why: str, **values: object) -> FileRefused:
        """With the sentence `imports.why` of the texts, which is there in English too."""
        refused = cls(say(THAI, f"imports.{why}", **values))
        refused.why, refused.values = why, values
        return refused

    why: str = ""
    values: Mapping[str, object] = MappingProxyType({})

    def told(self, language: str) -> str:
        """The message in a language, where the texts have it."""
        return say(language, f"imports.{self.why}", **self.values) if self.why else str(self)


@dataclass(frozen=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells by our column names."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """A list as read: which of our columns it has, and its rows that are not empty."""

    columns: frozenset[str]
    rows: list[Row]


def read(path: Path, aliases: Aliases, required: Iterable[str], most: int | None = None) -> Sheet:
    """The file's rows under our column names; headings we do not know are left out.

    Raises:
        FileRefused: not CSV (UTF-8 or TIS-620) nor XLSX, a required column is missing, or it has
            more than `most` rows, of which no more are read.
    """
    return read_content(path.name, path.read_bytes(), aliases, required, most)


def read_content(
    name: str, content: bytes, aliases: Aliases, required: Iterable[str], most: int | None = None
) -> Sheet:
    """As `read`, of a file that came over the network; its name says what kind it is.

    Raises:
        FileRefused: as `read`; also where it would unfold to more than 100 MB.
    """
    is_excel = name.lower().endswith((".xlsx", ".xlsm"))
    lines = _excel(content) if is_excel else _csv(content)
    heading = next(lines, [])
    places = _places(heading, aliases)
    missing = [name for name in required if name not in places]
    if missing:
        wanted = ", ".join(f"{name} ({aliases[name][0]})" for name in missing)
        raise FileRefused.because("file_columns", wanted=wanted)
    return Sheet(frozenset(places), list(_rows(lines, places, most)))


def _rows(lines: Iterator[list[str]], places: Mapping[str, int], most: int | None) -> Iterator[Row]:
    count = 0
    for number, line in enumerate(lines, start=2):
        if any(line):
            if count == most:
                raise FileRefused.because("file_rows", most=f"{most:,}")
            count += 1
            cells = {name: line[place] for name, place in places.items() if place < len(line)}
            yield Row(number, cells)


def _places(heading: Sequence[str], aliases: Aliases) -> dict[str, int]:
    known = {
        _plain(heading_text): name
        for name, others in aliases.items()
        for heading_text in (name, *others)
    }
    places: dict[str, int] = {}
    for place, text in enumerate(heading):
        name = known.get(_plain(text))
        if name:
            places.setdefault(name, place)
    return places


def _plain(heading: str) -> str:
    return "".join(heading.lower().replace("_", "").split())


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [cell.strip() for cell in line]
    except csv.Error as broken:
        raise FileRefused.because("file_csv") from broken


def _decoded(content: bytes) -> str:
    """Thai offices' older programs still write TIS-620, which Windows calls code page 874."""
    for encoding in ("utf-8-sig", "cp874"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileRefused.because("file_letters")


def _declares_entities(parts: ZipFile, part: ZipInfo) -> bool:
    """Whether a part brings a document type of its own: no spreadsheet does, a bomb must."""
    with parts.open(part) as opened:
        head = opened.read(PROLOG)
    return any("<!DOCTYPE".encode(way) in head for way in ("utf-8", "utf-16-le", "utf-16-be"))


def _excel(content: bytes) -> Iterator[list[str]]:
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            unfolded = sum(part.file_size for part in parts.infolist())
            if unfolded > MOST_UNFOLDED:
                raise FileRefused.because("file_large")
            if any(_declares_entities(parts, part) for part in parts.infolist()):
                raise FileRefused.because("file_excel")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except FileRefused:
        raise
    except Exception as broken:  # openpyxl raises whatever its parsers raise
        raise FileRefused.because("file_excel") from broken
    try:
        sheet = book.worksheets[0]
        wide = min(sheet.max_column or MOST_COLUMNS, MOST_COLUMNS)
        for cells in sheet.iter_rows(max_col=wide, values_only=True):
            yield [_text(cell) for cell in cells] if cells.count(None) < len(cells) else []
    except Exception as broken:  # a cell that points nowhere is found only when it is read
        raise FileRefused.because("file_excel") from broken
    finally:
        book.close()


def _text(cell: Any) -> str:
    """Excel keeps codes typed as numbers as floats: 430101.0 means 430101."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
