"""Two tellings of one household beside each other: where they differ, and one made of both.

An answer's place is its key: `cover.x`, `members.m1` (whether the person is there), `members.m1.x`,
or a question's id; the same keys that `answer_words` gives its lines.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable
from typing import Any

from webapp.domain.problems import Problem

Content = dict[str, Any]
DECLINED = {"declined": True}
"""Stands for the answer of somebody who would not say."""
NUMBERS = ("national_id", "phone")
_UNSHOWN = ("id", "national_id_kept", "roster")


def can_be_merged(one: Content, other: Content) -> bool:
    """Whether answers of both can stand in one interview: asked alike, and both were asked."""
    alike = all(one.get(part) == other.get(part) for part in ("mode", "questionnaire", "round"))
    return alike and one["outcome"] == other["outcome"] == "interviewed"


def values(content: Content) -> dict[str, Any]:
    """Every answer by its place; what was not told is not there."""
    found = {f"cover.{id}": told for id, told in content.get("cover", {}).items()}
    for member in content.get("members", []):
        place = f"members.{member['id']}"
        found[place] = True
        found |= {f"{place}.{name}": told for name, told in member.items() if name not in _UNSHOWN}
    found |= content.get("answers", {})
    found |= dict.fromkeys(content.get("declined", []), DECLINED)
    return {key: told for key, told in found.items() if not _is_untold(told)}


def differences(one: Content, other: Content) -> list[str]:
    """The places at which they differ, in the order in which they were asked.

    Of somebody who is in one of them alone only `members.m1` is given, not each of their fields.
    """
    here, there = values(one), values(other)
    alone = {key for key in here.keys() ^ there.keys() if _is_person(key)}
    keys = [*here, *(key for key in there if key not in here)]
    return [
        key
        for key in keys
        if here.get(key) != there.get(key) and not any(key.startswith(f"{p}.") for p in alone)
    ]


def aligned(base: Content, other: Content) -> Content:
    """The other telling with its people called as the base calls them.

    The same person has the same ID number, or the same name; else the same place and birth. Who
    is not in the base gets a name of their own, so that nobody is taken for somebody else.
    """
    free = list(base.get("members", []))
    names: dict[str, str] = {}
    for told in (_by_number, _by_name, _by_place):
        for member in other.get("members", []):
            same = next((one for one in free if told(one) and told(one) == told(member)), None)
            if same is not None and member["id"] not in names:
                names[member["id"]] = same["id"]
                free.remove(same)
    taken = {one["id"] for one in base.get("members", [])}
    for member in other.get("members", []):
        if member["id"] not in names:
            names[member["id"]] = _unused(member["id"], taken)
            taken.add(names[member["id"]])
    return _renamed(other, names)


def merged(base: Content, other: Content, picks: Collection[str]) -> Content:
    """The base with what stands at `picks` in the other telling (its people already aligned)."""
    there = values(other)
    made = copy.deepcopy(base)
    for key in sorted(picks, key=lambda key: key.count(".")):  # people before what is told of them
        if _is_person(key) and key in there:
            person = next(one for one in other["members"] if f"members.{one['id']}" == key)
            made["members"] = [*made["members"], copy.deepcopy(person)]
        else:
            put(made, key, there.get(key))
    made["explanations"] = {**other.get("explanations", {}), **base.get("explanations", {})}
    return without_strangers(made)


def put(content: Content, key: str, told: Any) -> None:
    """The answer stands at its place; None takes it away.

    Raises:
        Problem: `malformed` for a place that there is not.
    """
    where, _, rest = key.partition(".")
    if where == "cover":
        _put(content["cover"], rest, told)
    elif where == "members":
        _put_member(content, rest, told)
    else:
        content["declined"] = [one for one in content.get("declined", []) if one != key]
        if told == DECLINED:
            content["declined"].append(key)
            told = None
        _put(content["answers"], key, told)


def without_strangers(content: Content) -> Content:
    """No answer speaks of somebody who is not a member."""
    here = {one["id"] for one in content["members"]}
    for id, told in content["answers"].items():
        if isinstance(told, dict) and isinstance(told.get("who"), dict):
            known = {member: group for member, group in told["who"].items() if member in here}
            content["answers"][id] = {**told, "who": known}
    return content


def without_unasked(content: Content, evaluation: dict[str, Any]) -> tuple[Content, list[str]]:
    """Answers to questions that do not apply are left out, and which they were."""
    asked = evaluation.get("questions", {})
    gone = [
        id
        for id in [*content["answers"], *content.get("declined", [])]
        if asked.get(id, {}).get("applies") is False
    ]
    kept = {id: told for id, told in content["answers"].items() if id not in gone}
    declined = [id for id in content.get("declined", []) if id not in gone]
    return content | {"answers": kept, "declined": declined}, gone


def _is_untold(told: Any) -> bool:
    """A flag that is not ticked is not told either."""
    return told is None or told is False or told in ("", [])


def _is_person(key: str) -> bool:
    return key.startswith("members.") and key.count(".") == 1


def _put(into: dict[str, Any], name: str, told: Any) -> None:
    if _is_untold(told):
        into.pop(name, None)
    else:
        into[name] = copy.deepcopy(told)


def _put_member(content: Content, rest: str, told: Any) -> None:
    id, _, field = rest.partition(".")
    person = next((one for one in content["members"] if one["id"] == id), None)
    if person is None or field == "id":
        raise Problem("malformed")
    if field:
        _put(person, field, told)
    elif _is_untold(told):
        content["members"] = [one for one in content["members"] if one["id"] != id]


def _by_number(member: dict[str, Any]) -> object:
    return member.get("national_id")


def _by_name(member: dict[str, Any]) -> object:
    name = (member.get("first_name"), member.get("last_name"))
    return name if all(name) else None


def _by_place(member: dict[str, Any]) -> object:
    return (member["id"], member["birth"]) if member.get("birth") else None


def _unused(id: str, taken: Iterable[str]) -> str:
    """Short, and nobody's yet."""
    found = id
    while found in taken:
        found += "b"
    return found


def _renamed(content: Content, names: dict[str, str]) -> Content:
    made = copy.deepcopy(content)
    for member in made.get("members", []):
        member["id"] = names[member["id"]]
    for told in made.get("answers", {}).values():
        if isinstance(told, dict) and isinstance(told.get("who"), dict):
            told["who"] = {names.get(one, one): group for one, group in told["who"].items()}
    return made
