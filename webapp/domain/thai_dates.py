"""Days as people in Thailand write them: Buddhist years, Thai digits, month names."""

from __future__ import annotations

import re
from datetime import date

from webapp.domain.identifiers import to_arabic_digits

BUDDHIST = 543
SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
LONG = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_MONTHS = {
    name.replace(".", ""): number
    for names in (SHORT, LONG)
    for number, name in enumerate(names, start=1)
}
_WRITTEN = re.compile(r"(\d{1,2})\s*(?:[/.\- ]\s*(\d{1,2})\s*[/.\- ]|([ก-๙.]+))\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class NoDay(ValueError):
    """The text names no day of the calendar."""


def read(written: str) -> date:
    """`15/7/2569`, `15 ก.ค. 2569`, `๑๕ กรกฎาคม ๒๕๖๙` or `2026-07-15` as a day.

    Years from 2400 to 2700 are Buddhist, from 1850 to 2150 of the common era.

    Raises:
        NoDay: anything else, and days that a month does not have.
    """
    text = to_arabic_digits(written.strip())
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
    elif found := _WRITTEN.fullmatch(text):
        day, month, year = int(found[1]), _month(found[2], found[3]), int(found[4])
    else:
        raise NoDay(written)
    try:
        return date(_common_era(year), month, day)
    except ValueError as error:
        raise NoDay(written) from error


def write(day: date) -> str:
    """As a form's box shows it: `15/7/2569`."""
    return f"{day.day}/{day.month}/{day.year + BUDDHIST}"


def _month(number: str | None, name: str | None) -> int:
    if number:
        return int(number)
    return _MONTHS.get((name or "").replace(".", "").strip(), 0)


def _common_era(year: int) -> int:
    if 2400 <= year <= 2700:
        return year - BUDDHIST
    if 1850 <= year <= 2150:
        return year
    raise ValueError(year)
