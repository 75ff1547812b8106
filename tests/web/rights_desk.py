"""Example requests of the desk: conflicts, custody, the same person twice, an officer's changes."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.services.scopes_places import PLACES
from tests.web.rights_asking import Example, form_of, page
from tests.web.rights_world import VILLAGES, Person, Target


def matter(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """What is in custody of the village; its bytes are nothing that opens."""
    return {"number": 9000 + PLACES.index(target.place) if target.place else 99}


def pair(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The finding about the village's interview."""
    return {"number": target.number}


def interview(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The village's interview, whose envelope no key opens."""
    return {"interview": target.interview}


UNSEEN = {"reason": "เทียบแล้ว", "mark": "nothing that was seen"}
CHANGE = {"key": "9.1", "v.9.1": "enough", "r.9.1": "แบบกระดาษ", "digest": "00"}

DESK: dict[tuple[str, str], Example] = {
    ("conflicts.listed", "GET"): page(),
    ("conflicts.matter", "GET"): page(about=VILLAGES, values=matter),
    ("conflicts.settle", "POST"): page(
        409, about=VILLAGES, values=matter, form=form_of(way="aside", **UNSEEN)
    ),
    ("conflicts.merge", "POST"): page(
        409, about=VILLAGES, values=matter, form=form_of(base="shown", **UNSEEN)
    ),
    ("conflicts.swap", "POST"): page(409, about=VILLAGES, values=matter, form=form_of(**UNSEEN)),
    ("conflicts.pair", "GET"): page(about=VILLAGES[:1], values=pair),
    ("override.page", "GET"): page(422, about=VILLAGES, values=interview),
    ("override.change", "POST"): page(
        422, about=VILLAGES, values=interview, form=form_of(**CHANGE)
    ),
}
