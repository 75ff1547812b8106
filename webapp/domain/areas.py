"""Area codes: what level a code is of, what lies above it, and how two names compare."""

from __future__ import annotations

import re
from enum import StrEnum

COUNTRY = "TH"
EVERYWHERE = "TH."
"""The country's path: every other begins with it."""

FIRST_COMMUNITY = 50
"""Numbers from 50 up are urban communities (ชุมชน) in the department's coding."""

_TITLE = re.compile(r"^(จังหวัด|อำเภอ|เขต|กิ่งอำเภอ|ตำบล|แขวง|หมู่บ้าน|บ้าน)")
_OFFICIAL = re.compile(r"\d{2}|\d{4}|\d{6}|\d{8,9}")


class AreaLevel(StrEnum):
    """The levels of the administrative areas, from the country down."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    VILLAGE = "village"


LEVEL_TH = {
    AreaLevel.COUNTRY: "ประเทศ",
    AreaLevel.PROVINCE: "จังหวัด",
    AreaLevel.DISTRICT: "อำเภอ",
    AreaLevel.SUBDISTRICT: "ตำบล",
    AreaLevel.VILLAGE: "หมู่บ้าน/ชุมชน",
}
_BY_LENGTH = {
    2: AreaLevel.PROVINCE,
    4: AreaLevel.DISTRICT,
    6: AreaLevel.SUBDISTRICT,
    8: AreaLevel.VILLAGE,
    9: AreaLevel.VILLAGE,
}


def level_of(code: str) -> AreaLevel | None:
    """The level an official code is of, by its length; None where it is no area code."""
    if code == COUNTRY:
        return AreaLevel.COUNTRY
    return _BY_LENGTH[len(code)] if _OFFICIAL.fullmatch(code) else None


def parent_code(code: str) -> str:
    """The code of the area right above a province, district or subdistrict."""
    return code[:-2] or COUNTRY


def path_of(code: str) -> str:
    """`TH.43.4301.430101.` for subdistrict 430101: every area above it, ending in a dot."""
    above = [code[:length] for length in (2, 4, 6) if length <= len(code)]
    return ".".join([COUNTRY, *above, ""])


def village_path(subdistrict_code: str, village_code: str) -> str:
    """A village's path follows from its subdistrict: a community's own code may say another."""
    return f"{path_of(subdistrict_code)}{village_code}."


def kind_of(moo: int) -> str:
    """`community` from number 50 up, else `village`; only where a list does not say it."""
    return "community" if moo >= FIRST_COMMUNITY else "village"


def without_prefix(code: str) -> str:
    """A code as the registry writes it: OCHA's files put TH in front."""
    text = code.strip()
    return text[2:] if text.upper().startswith("TH") and len(text) > 2 else text


def same_name(one: str, other: str) -> bool:
    """Whether two Thai names name the same area, titles (ตำบล, บ้าน…) and spaces aside."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    joined = re.sub(r"\s+", "", name)
    return _TITLE.sub("", joined) or joined
