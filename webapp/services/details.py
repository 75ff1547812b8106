"""A person's ID and telephone number: sealed for their row, indexed to find them again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from webapp.domain import people
from webapp.domain.identifiers import digits_of
from webapp.services import personal_numbers

NUMBERS = ("national_id", "phone")


def sealed(secrets: Mapping[str, bytes], account: UUID, numbers: Mapping[str, str]) -> Any:
    """The columns of `person_details` for the numbers given (digits); an empty one becomes null."""
    columns: dict[str, bytes | None] = {}
    for name, digits in numbers.items():
        about = f"person_details.{name}.{account}"
        columns[name] = personal_numbers.seal(secrets["fields"], digits, about) if digits else None
        columns[f"{name}_index"] = index(secrets, name, digits) if digits else None
    return columns


def opened(
    secrets: Mapping[str, bytes], account: UUID, name: str, content: bytes | None
) -> str | None:
    """The number again; only for masking it, or for those whom the policy lets read it."""
    if content is None:
        return None
    about = f"person_details.{name}.{account}"
    return personal_numbers.open_sealed(secrets["fields"], content, about)


def masked(
    secrets: Mapping[str, bytes], account: UUID, name: str, content: bytes | None
) -> str | None:
    """The number with all but its last digits hidden."""
    number = opened(secrets, account, name, content)
    if number is None:
        return None
    return people.masked_id(number) if name == "national_id" else people.masked_phone(number)


def index(secrets: Mapping[str, bytes], name: str, digits: str) -> bytes:
    """The blind index of a number; ID and telephone numbers never meet in it."""
    return personal_numbers.index(secrets["blind_index"], f"{name} {digits}")


def index_of_either(secrets: Mapping[str, bytes], written: str) -> bytes | None:
    """The blind index of what was typed into a search box, if it is a whole number."""
    digits = digits_of(written)
    if len(digits) == 13 and digits.isdecimal():
        return index(secrets, "national_id", digits)
    return index_of_phone(secrets, written)


def index_of_phone(secrets: Mapping[str, bytes], written: str) -> bytes | None:
    """The blind index of a telephone number however it was written, if it is one."""
    phone = people.phone_of(written)
    return index(secrets, "phone", phone) if phone else None
