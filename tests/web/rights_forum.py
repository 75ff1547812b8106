"""Example requests about forums and what is asked at them; as `rights_examples`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask

from tests.web.rights_asking import Example, area, form_of, page
from tests.web.rights_world import VILLAGES, Person, Target

NOBODY = UUID(int=81)


def village(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The village by its number."""
    return {"village": int(target.code)}


def forum(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The village's forum."""
    return {"forum": target.thing.order}


def interview(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The village's interview, which was drawn."""
    return {"interview": target.interview}


def asker(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """Somebody who was never named for it."""
    return {"forum": target.thing.order, "account": NOBODY}


FORUM: dict[tuple[str, str], Example] = {
    ("forums.own", "GET"): Example(),
    ("forum.listed", "GET"): page(**area()),
    ("forum.village", "GET"): page(about=VILLAGES, values=village),
    ("forum.draw", "POST"): page(422, about=VILLAGES, values=village, form=form_of(held_on="?")),
    ("forum.sheet", "GET"): page(about=VILLAGES, values=village),
    ("forum.compared", "GET"): page(about=VILLAGES, values=interview),
    ("forum.name", "POST"): page(409, 422, about=VILLAGES, values=forum),
    ("forum.end_naming", "POST"): page(409, about=VILLAGES, values=asker),
    ("forum.close", "POST"): page(303, 409, about=VILLAGES, values=forum, form=form_of(note="ครบ")),
    ("forum.reopen", "POST"): page(303, 409, about=VILLAGES, values=forum),
}
