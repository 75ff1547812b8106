"""Example requests about screening; as `rights_examples`."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.web.rights_asking import Example, area, page
from tests.web.rights_world import VILLAGES, Person, Target


def volunteer(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The village and its own volunteer."""
    return {"village": int(target.code), "account": target.account}


SCREENING: dict[tuple[str, str], Example] = {
    ("screening.listed", "GET"): page(**area()),
    ("screening.one", "GET"): page(about=VILLAGES, values=volunteer),
}
