"""What somebody writes who registers to work in the survey, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from uuid import UUID

from webapp.domain import people
from webapp.domain.actors import Role
from webapp.domain.identifiers import digits_of, thai_id_problem

NOTICE_VERSION = "volunteers-1"
"""The wording of the notice that is agreed to; its text is `register.notice_…` of this number."""
MOST_VILLAGES = 20
LONGEST_NAME = 80
_NAME = re.compile(r"[ก-๛A-Za-z.\-'’ ]+")


@dataclass(frozen=True)
class Wish:
    """One registration as it was typed; `request` is made once, so that resending is harmless."""

    request: UUID
    role: Role
    title_th: str
    given: str
    family: str
    national_id: str
    phone: str
    area_code: str
    """A volunteer's home village; the district or province of an inspector."""
    offered: tuple[str, ...] = ()
    agency_th: str = ""
    position_th: str = ""
    agreed_to: str = ""

    def tidied(self) -> Wish:
        """The same with numbers as digits and single spaces."""
        return replace(
            self,
            title_th=people.tidy(self.title_th),
            given=people.tidy(self.given).replace(" ", ""),
            family=people.tidy(self.family),
            national_id=digits_of(self.national_id),
            phone=people.phone_of(self.phone) or "",
            offered=tuple(dict.fromkeys(self.offered)),
            agency_th=people.tidy(self.agency_th),
            position_th=people.tidy(self.position_th),
        )

    @property
    def name_th(self) -> str:
        """The name as accounts keep it."""
        return people.full_name(self.given, self.family)


def problems(wish: Wish) -> dict[str, str]:
    """What must be put right, field by field, as keys of texts; a doubtful check digit is not."""
    found = name_problems(wish.title_th, wish.given, wish.family)
    found |= number_problems(wish.national_id, wish.phone)
    if not wish.area_code:
        found["area_code"] = f"register.{wish.role.value}_area_missing"
    if len(wish.offered) > MOST_VILLAGES:
        found["offered"] = "register.offered_many"
    if wish.role is Role.INSPECTOR:
        found |= _office_problems(wish)
    if wish.agreed_to != NOTICE_VERSION:
        found["agreed_to"] = "register.agree_missing"
    return found


def name_problems(title: str, given: str, family: str) -> dict[str, str]:
    """What is wrong with a name, field by field."""
    found = {}
    for field, text in (("given", given), ("family", family)):
        if not people.tidy(text):
            found[field] = f"register.{field}_missing"
        elif len(text) > LONGEST_NAME:
            found[field] = "register.too_long"
        elif not _NAME.fullmatch(people.tidy(text)):
            found[field] = "register.name_letters"
    if len(title) > LONGEST_NAME:
        found["title_th"] = "register.too_long"
    return found


def number_problems(national_id: str, phone: str) -> dict[str, str]:
    """A number that is no number at all: 13 digits for the one, a Thai number for the other."""
    found = {}
    if thai_id_problem(national_id) == "length":
        found["national_id"] = "register.id_length" if national_id else "register.id_missing"
    if people.phone_of(phone) is None:
        found["phone"] = "register.phone_wrong" if phone else "register.phone_missing"
    return found


def _office_problems(wish: Wish) -> dict[str, str]:
    found = {}
    for field in ("agency_th", "position_th"):
        text = people.tidy(getattr(wish, field))
        if not text or len(text) > LONGEST_NAME:
            found[field] = "register.too_long" if text else f"register.{field}_missing"
    return found
