"""Two households as they would tell it at their door: a couple, and five people of every age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

THIS_YEAR = date.today().year + 543

HEAD: dict[str, Any] = {
    "title": "mr",
    "first_name": "สมมุติ",
    "last_name": "ตัวอย่าง",
    "sex": "male",
    "relation": "head",
    "national_id": "1990100000011",
    "birth": "17/5/2523",
    "occupation": "rice_farmer",
    "education": "primary",
    "religion": "buddhist",
    "respondent": True,
    "welfare_card": "no",
}
SPOUSE = HEAD | {
    "title": "mrs",
    "first_name": "สมใจ",
    "sex": "female",
    "relation": "spouse",
    "national_id": "1990100000029",
    "birth": "3/11/2527",
    "occupation": "trader",
    "respondent": False,
}
ILL_SPOUSE = SPOUSE | {"chronically_ill": True, "self_help": "yes"}
GRANDMOTHER = SPOUSE | {
    "first_name": "ทองใบ",
    "relation": "parent",
    "national_id": "1990100000037",
    "birth": "1/2/2498",
    "occupation": "none",
    "disabled": True,
    "self_help": "no",
    "welfare_card": "yes",
}
CHILD = {name: said for name, said in SPOUSE.items() if name != "welfare_card"}
DAUGHTER = CHILD | {
    "title": "girl",
    "first_name": "ดาว",
    "relation": "child",
    "national_id": "1990100000045",
    "birth": f"1/1/{THIS_YEAR - 11}",
    "occupation": "student",
    "education": "below_primary",
}
SON = CHILD | {
    "title": "boy",
    "first_name": "ดิน",
    "sex": "male",
    "relation": "child",
    "national_id": "1990100000053",
    "birth": f"1/1/{THIS_YEAR - 4}",
    "occupation": "student",
    "education": "kindergarten",
}
COVER = {"house_code_known": "no", "residence_land": "own", "livelihood_land": "none"}
ANSWERS: dict[str, Any] = {
    "22.1.1": 120000,
    "22.1.2": 30000,
    "22.1.3": 0,
    "22.1.4": 12000,
    "22.2.1": 40000,
    "22.2.2": 60000,
    "22.2.3": 5000,
    "22.2.4": 0,
    "22.3.1": "no",
    "22.4.1": "no",
    "22.4.2": "no",
    "22.4.3": "no",
    "23.1": ["cash"],
    "23.2": 10000,
    "23.4": "no",
    "23.5": "no",
    "happiness": 8,
}
"""What a household says where not everything is as usual."""


@dataclass(frozen=True)
class Family:
    """Who lives there (m1, m2, …), and what they answer that is not "nobody" or as usual."""

    people: tuple[dict[str, Any], ...]
    answers: dict[str, Any]


COUPLE = Family((HEAD, SPOUSE), ANSWERS)
FIVE = Family(
    (HEAD, ILL_SPOUSE, GRANDMOTHER, DAUGHTER, SON),
    ANSWERS
    | {
        "6.1": {"m1": ["universal"], "m2": ["social_security"]},
        "6.4": {"m3": "not_checked"},
        "7.1": {"m3": "not_exercising", "m2": "not_exercising"},
        "16.5": 3,
        "19.3": {"m2": "cannot"},
        "20.2": {"m2": "income_only"},
        "22.4.1": "yes",
        "22.4.1.people": {"m1": "owes"},
        "22.4.1.amount": 25000,
        "23.3": {"m3": "holds_card"},
        "24.1": {"m1": "drinks_20_up"},
        "24.2": 2,
        "25.1": {"m1": "smokes"},
        "25.2": "yes",
        "28.2": {"m3": "no_card"},
    },
)
