"""Reading the names of an appointment order as people type or paste them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from webapp.domain.identifiers import digits_of, to_arabic_digits
from webapp.domain.people import tidy

MOST_NAMES = 2_000
LONGEST_NAME = 120
TITLES = (
    "ว่าที่ร้อยตรีหญิง", "ว่าที่ร้อยตรี", "ว่าที่ร.ต.", "นางสาว", "น.ส.", "นส.", "นาง", "นาย",
    "เด็กชาย", "เด็กหญิง", "ด.ช.", "ด.ญ.", "ดร.", "ร.ต.ต.", "ร.ต.ท.", "ร.ต.อ.", "ด.ต.", "จ.ส.ต.",
    "จ.ส.อ.", "ส.ต.อ.", "ส.อ.", "ร.ต.", "ร.ท.", "ร.อ.", "พ.ต.", "พ.ท.", "พ.อ.",
)  # fmt: skip
_ORDINAL = re.compile(r"^\s*\(?[0-9]{1,4}[.)]\s*")
_NUMBER = re.compile(r"[0-9][0-9\s\-–]{11,24}[0-9]")


@dataclass(frozen=True)
class Named:
    """One name of an order: as written, and the ID number beside it, if any."""

    name_th: str
    national_id: str = ""


class Unreadable(Exception):
    """A line that names nobody; its number, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(str(line))
        self.line = line


def names_in(written: str) -> list[Named]:
    """One person a line: an ordinal and an ID number may stand beside the name.

    Raises:
        Unreadable: a line has no name, a name is too long, or a number is not one of 13 digits.
    """
    found = []
    for number, line in enumerate(to_arabic_digits(written).splitlines(), start=1):
        if line.strip():
            found.append(_named(line, number))
    return found


def key_of(name: str) -> str:
    """The name without title, as accounts are matched by it: given name, one space, family name."""
    plain = tidy(name)
    for title in TITLES:
        if plain.replace(" ", "").startswith(title):
            plain = _without(plain, title)
            break
    return tidy(plain)


def _named(line: str, number: int) -> Named:
    line = _ORDINAL.sub("", line)
    ids = _NUMBER.findall(line)
    digits = digits_of(ids[0]) if ids else ""
    name = tidy(re.sub(r"[,;\t|]+", " ", line.replace(ids[0], " ") if ids else line))
    if len(ids) > 1 or (ids and len(digits) != 13) or any(letter.isdigit() for letter in name):
        raise Unreadable(number)
    if not 2 <= len(name) <= LONGEST_NAME:
        raise Unreadable(number)
    return Named(name, digits)


def _without(name: str, title: str) -> str:
    """The name after its title, which may have been written with spaces in it."""
    left = len(title)
    for place, letter in enumerate(name):
        left -= letter != " "
        if left == 0:
            return name[place + 1 :]
    return name
