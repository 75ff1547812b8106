"""Example requests about findings; as `rights_examples`."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.web.rights_asking import Example, form_of, page
from tests.web.rights_world import VILLAGES, Person, Target


def finding(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The finding about the village's interview."""
    return {"finding": target.number}


FINDINGS: dict[tuple[str, str], Example] = {
    ("findings.explain", "POST"): page(
        303, about=VILLAGES, values=finding, form=form_of(reason="บ้านเดียวกัน")
    ),
    ("findings.reopen", "POST"): page(303, about=VILLAGES, values=finding),
}
