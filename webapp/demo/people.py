"""The people of a made-up household, as the member table of bmn-31 has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from webapp.demo import names
from webapp.demo.chance import one_of
from webapp.domain.identifiers import check_digit

Member = dict[str, Any]

TITLES = {"mr": "นาย", "mrs": "นาง", "miss": "นางสาว", "boy": "เด็กชาย", "girl": "เด็กหญิง"}
WORK = {
    "rice_farmer": 30, "crop_farmer": 12, "orchard_farmer": 3, "fisher": 2, "livestock_farmer": 3,
    "government": 5, "state_enterprise": 1, "company": 8, "labourer": 20, "trader": 9,
}  # fmt: skip
SCHOOLING = {
    "primary": 45,
    "lower_secondary": 18,
    "upper_secondary": 18,
    "diploma": 8,
    "bachelor": 9,
}


@dataclass(frozen=True)
class Place:
    """Somebody's place in a household: relation to the head, sex and age."""

    relation: str
    sex: str
    years: int


Kind = Callable[[Random], list[Place]]


def _couple(chance: Random, low: int, high: int) -> list[Place]:
    years = chance.randint(low, high)
    head_is_male = chance.random() < 0.72
    sexes = ("male", "female") if head_is_male else ("female", "male")
    return [
        Place("head", sexes[0], years),
        Place("spouse", sexes[1], max(20, years + chance.randint(-6, 3))),
    ]


def _alone(chance: Random) -> list[Place]:
    years = chance.randint(62, 88) if chance.random() < 0.7 else chance.randint(28, 60)
    return [Place("head", chance.choice(("male", "female")), years)]


def _two(chance: Random) -> list[Place]:
    return _couple(chance, 58, 80) if chance.random() < 0.6 else _couple(chance, 30, 57)


def _with_children(chance: Random) -> list[Place]:
    parents = _couple(chance, 28, 52)
    mother = next(one.years for one in parents if one.sex == "female")
    oldest = min(22, mother - 19)
    children = (
        chance.randint(0, max(0, oldest)) for _ in range(one_of(chance, {1: 5, 2: 5, 3: 1}))
    )
    return parents + [Place("child", chance.choice(("male", "female")), one) for one in children]


def _three_generations(chance: Random) -> list[Place]:
    elders = _couple(chance, 58, 75)[: chance.choice((1, 2))]
    child = Place(
        "child", chance.choice(("male", "female")), elders[0].years - chance.randint(22, 30)
    )
    other = "female" if child.sex == "male" else "male"
    partner = Place("child_in_law", other, max(19, child.years + chance.randint(-4, 4)))
    young = [
        Place("grandchild", chance.choice(("male", "female")), chance.randint(0, 16))
        for _ in range(chance.choice((1, 1, 2, 3)))
    ]
    return [*elders, child, partner, *young]


def _skipped_generation(chance: Random) -> list[Place]:
    young = chance.choice((1, 1, 2))
    return _couple(chance, 55, 74) + [
        Place("grandchild", chance.choice(("male", "female")), chance.randint(1, 15))
        for _ in range(young)
    ]


KINDS: dict[Kind, float] = {
    _alone: 13,
    _two: 24,
    _with_children: 33,
    _three_generations: 22,
    _skipped_generation: 8,
}


def household(chance: Random, today: date) -> list[Member]:
    """The members of one household, the head first; one of them answers the questions."""
    family = names.surname(chance)
    places = one_of(chance, KINDS)(chance)
    members = [
        _member(chance, place, f"m{number}", family, today)
        for number, place in enumerate(places, start=1)
    ]
    adults = [one for one in members if one["title"] not in ("boy", "girl")]
    chance.choice(adults[:2])["respondent"] = True
    return members


def full_name(member: Member) -> str:
    """Title, first name and surname in one, as a house register has the head's."""
    return f"{TITLES[member['title']]}{member['first_name']} {member['last_name']}"


def _member(chance: Random, place: Place, id: str, family: str, today: date) -> Member:
    born = today - timedelta(days=int(place.years * 365.2425) + chance.randint(20, 340))
    member: Member = {
        "id": id,
        "title": _title(chance, place),
        "first_name": names.first_name(chance, place.sex, place.years),
        "last_name": family if chance.random() < 0.85 else names.surname(chance),
        "sex": place.sex,
        "relation": place.relation,
        "birth": _birth(chance, born, place.years),
        "occupation": _occupation(chance, place.years),
        "education": _education(chance, place.years),
        "religion": "buddhist" if chance.random() < 0.985 else "christian",
    }
    if chance.random() < 0.97:
        member["national_id"] = national_id(chance)
    else:
        member["no_id_reason"] = chance.choice(("not_at_hand", "declined", "no_civil_status"))
    return member | _body(chance, place.years)


def national_id(chance: Random) -> str:
    """An ID number no person has: no registration office begins with 99; the digit is right."""
    twelve = "199" + "".join(chance.choice("0123456789") for _ in range(9))
    return twelve + check_digit(twelve)


def _title(chance: Random, place: Place) -> str:
    if place.years < 15:
        return "boy" if place.sex == "male" else "girl"
    if place.sex == "male":
        return "mr"
    return "mrs" if place.relation in ("spouse", "child_in_law") or place.years > 45 else "miss"


def _birth(chance: Random, born: date, years: int) -> str:
    """Old people's papers sometimes have the year only, or year and month."""
    if years >= 60 and chance.random() < 0.12:
        return born.isoformat()[: chance.choice((4, 7))]
    return born.isoformat()


def _occupation(chance: Random, years: int) -> str:
    if years < 5:
        return "none"
    if years < 18 or (years < 22 and chance.random() < 0.6):
        return "student"
    if years >= 75 or (years >= 60 and chance.random() < 0.4):
        return "none"
    return one_of(chance, WORK)


def _education(chance: Random, years: int) -> str:
    steps = ((3, "never"), (6, "kindergarten"), (12, "below_primary"), (15, "primary"))
    for limit, level in steps:
        if years < limit:
            return level
    if years < 18:
        return "lower_secondary"
    return "primary" if years > 55 and chance.random() < 0.7 else one_of(chance, SCHOOLING)


def _body(chance: Random, years: int) -> Member:
    found: Member = {}
    if chance.random() < (0.1 if years >= 60 else 0.02):
        found["disabled"] = True
    if chance.random() < (0.35 if years >= 60 else 0.06 if years >= 35 else 0.01):
        found["chronically_ill"] = True
    if found:
        found["self_help"] = "yes" if chance.random() < 0.93 else "no"
    if years >= 18:
        found["welfare_card"] = "yes" if chance.random() < 0.28 else "no"
    return found
