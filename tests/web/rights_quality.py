"""Example requests about the eight checks; as `rights_examples`."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.web.rights_asking import Example, area, form_of, page
from tests.web.rights_world import VILLAGES, Person, Target


def interview(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The village's interview."""
    return {"interview": target.interview}


def member(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The member of the village's working group."""
    return {"member": target.thing.order}


def minutes(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The minutes of the village's working group."""
    return {"minutes": target.thing.order}


def village(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The village by its number."""
    return {"village": int(target.code)}


def of_village(*ok: int, **more: Any) -> Example:
    """About a village, by its code."""
    values = {"values": lambda app, person, target: {"area": target.code}}
    return page(*ok, about=VILLAGES, **(values | more))


def of_subdistrict(*ok: int, **more: Any) -> Example:
    """About the village's subdistrict."""
    return of_village(*ok, values=lambda app, person, target: {"area": target.code[:6]}, **more)


WHY = form_of(reason="ดูแล้ว")
SEAT = form_of(name="สมมุติ คนหนึ่ง", agency="อบต.ตัวอย่าง", sector="state")

QUALITY: dict[tuple[str, str], Example] = {
    ("quality.page", "GET"): page(),
    ("quality.of_area", "GET"): page(**area()),
    ("quality.figures", "GET"): Example(**area()),
    ("quality.exceptions", "GET"): of_village(
        values=lambda app, person, target: {"area": target.code, "check": 1}
    ),
    ("quality.clear", "POST"): page(
        303,
        about=VILLAGES,
        values=lambda app, person, target: {"interview": target.interview, "check": 1},
        form=WHY,
    ),
    ("quality.read", "POST"): page(303, about=VILLAGES, values=interview),
    ("quality.explain", "POST"): of_village(409, form=form_of(subject="houses", text="ดูแล้ว")),
    ("readiness.page", "GET"): of_village(),
    ("working_group.listed", "GET"): of_subdistrict(),
    ("working_group.enter", "POST"): of_subdistrict(303, form=SEAT),
    ("working_group.correct", "GET"): page(about=VILLAGES, values=member),
    ("working_group.correct", "POST"): page(303, 409, about=VILLAGES, values=member, form=SEAT),
    ("working_group.end", "POST"): page(
        303, 409, about=VILLAGES, values=member, form=form_of(how="ended", reason="ย้าย")
    ),
    ("working_group.attach", "POST"): of_subdistrict(422),
    ("working_group.withdraw", "POST"): page(303, 404, about=VILLAGES, values=minutes, form=WHY),
    ("working_group.document", "GET"): page(about=VILLAGES, values=minutes),
    ("reconciliation.village", "GET"): page(about=VILLAGES, values=village),
    ("reconciliation.settle", "POST"): page(
        303,
        about=VILLAGES,
        values=lambda app, person, target: {
            "village": int(target.code),
            "house": target.thing.household,
        },
        form=form_of(reason="open"),
    ),
    ("reconciliation.confirm", "POST"): page(303, about=VILLAGES, values=village),
}
