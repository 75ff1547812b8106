"""Example requests of the back office: work, orders, exports, plan, notices, areas, progress."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.services.scopes_places import ROUND, path_of
from tests.services.scopes_rows import notice_area
from tests.web.rights_asking import Example, area, form_of, json_of, page
from tests.web.rights_world import VILLAGES, Person, Target
from webapp.domain.actors import Role


def village(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The village by its number."""
    return {"village": int(target.code)}


def order(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The appointment order of the village."""
    return {"order": target.thing.order}


def notice(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The notice of the village."""
    return {"notice_id": target.number}


def is_near(person: Person, target: Target) -> bool:
    """Whether an officer's areas hold the notice's."""
    held = target.place is not None and person.covers(notice_area(target.place))
    return held and person.role is Role.OFFICER


def is_told(person: Person, target: Target) -> bool:
    """Whether the notice is for the person: a volunteer or inspector who works in its area."""
    if target.place is None or is_near(person, target):
        return target.place is not None
    addressed = person.role in (Role.VOLUNTEER, Role.INSPECTOR)
    around = path_of(notice_area(target.place))
    works = any(path_of(code).startswith(around) for code in (*person.areas, *person.home))
    return addressed and works


def is_department(person: Person) -> bool:
    """An officer of the whole country."""
    return person.level == "department"


def round_of(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The current round, and an area where one is asked for."""
    return {"round_id": ROUND, "area": "4301"}


def plan(*ok: int, **more: Any) -> Example:
    """What the department does about the plan."""
    return page(*ok, values=round_of, only=is_department, **more)


def of_village(*ok: int, **more: Any) -> Example:
    """About a village's work, in the hands of its own volunteer."""
    said = {"form": lambda target: {"account": target.account, "giver": target.account}}
    return page(*ok, about=VILLAGES, values=village, **(said | more))


HOUSEHOLDS = {"form": lambda target: {"account": target.account, "pick": target.thing.household}}
BY_AREA = area()
LACKING = area(what="point")
DISTRICT_CODE = {
    "about": BY_AREA["about"],
    "values": lambda app, person, target: {"district": target.code},
    "whose": lambda person, target: person.covers(target.code) and len(target.code) == 4,
}
CODE = {
    "about": VILLAGES,
    "values": lambda app, person, target: {"code": target.code},
}

OFFICE: dict[tuple[str, str], Example] = {
    ("assignments.villages", "GET"): page(),
    ("assignments.village", "GET"): of_village(),
    ("assignments.find", "POST"): of_village(303),
    ("assignments.give", "POST"): of_village(303),
    ("assignments.give_households", "POST"): of_village(303, **HOUSEHOLDS),
    ("assignments.divide", "POST"): of_village(303),
    ("assignments.hand_over", "POST"): of_village(303),
    ("assignments.end", "POST"): of_village(303),
    ("assignments.undo", "POST"): of_village(303),
    ("orders.listed", "GET"): page(),
    ("orders.enter", "GET"): page(),
    ("orders.enter", "POST"): page(422),
    ("orders.one", "GET"): page(about=VILLAGES, values=order),
    ("orders.match", "POST"): page(303, about=VILLAGES, values=order),
    ("orders.withdraw", "POST"): page(
        303, 404, about=VILLAGES, values=order, form=form_of(reason="พิมพ์ผิด")
    ),
    ("orders.document", "GET"): page(about=VILLAGES, values=order),
    ("exports.volunteers", "GET"): page(),
    ("exports.volunteers", "POST"): page(form=form_of(purpose="ส่งให้จังหวัด", kind="csv")),
    ("plan.page", "GET"): page(),
    ("plan.edit", "GET"): plan(),
    ("plan.edit", "POST"): plan(422),
    ("plan.notice", "GET"): plan(),
    ("plan.notice", "POST"): plan(422),
    ("plan.targets", "GET"): page(values=round_of),
    ("plan.targets", "POST"): plan(302),
    ("plan.copy", "POST"): plan(302),
    ("plan.begin", "POST"): plan(302),
    ("notices.listed", "GET"): page(),
    ("notices.shown", "GET"): page(about=VILLAGES, values=notice, whose=is_told),
    ("notices.file", "GET"): page(
        about=VILLAGES,
        values=lambda app, person, target: {"file_id": target.number},
        whose=is_told,
    ),
    ("notices.write", "GET"): page(),
    ("notices.write", "POST"): page(
        422, about=BY_AREA["about"], form=lambda target: {"area": target.code}
    ),
    ("notices.withdraw", "POST"): page(302, 404, about=VILLAGES, values=notice, whose=is_near),
    ("announced.listed", "GET"): Example(),
    ("announced.read", "POST"): Example(request=json_of({"notices": [1, 2, 3, 4, 5]})),
    ("own_card.shown", "GET"): Example(),
    ("own_card.reply", "POST"): Example(request=json_of({"items": []})),
    ("audit.listed", "GET"): page(**BY_AREA),
    ("progress.page", "GET"): page(**BY_AREA),
    ("progress.figures", "GET"): Example(**BY_AREA),
    ("areas.listed", "GET"): page(**BY_AREA),
    ("areas.lacking", "GET"): page(**LACKING),
    ("areas.village", "GET"): page(**CODE),
    ("areas.village", "POST"): page(422, **CODE),
    ("areas.administrations", "GET"): page(**BY_AREA),
    ("areas.administration", "GET"): page(**DISTRICT_CODE),
    ("areas.administration", "POST"): page(422, **DISTRICT_CODE),
    ("areas.import_administrations", "POST"): page(302),
    ("interviews.household", "GET"): page(
        about=VILLAGES,
        values=lambda app, person, target: {"household_id": target.thing.household},
    ),
}
