"""Example requests about findings; as `rights_examples`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask

from tests.web.rights_asking import Example, form_of, json_of, page
from tests.web.rights_world import VILLAGES, Person, Target


def finding(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The finding about the village's interview."""
    return {"finding": target.number}


def decided(**body: Any) -> Example:
    """An act on an interview that is not in the register: nobody learns more than that."""
    nothing = {"interview": str(UUID(int=9)), "digest": "00" * 32}
    return Example((404,), request=json_of(nothing | body))


FINDINGS: dict[tuple[str, str], Example] = {
    ("findings.explain", "POST"): page(
        303, about=VILLAGES, values=finding, form=form_of(reason="บ้านเดียวกัน")
    ),
    ("triage.chosen", "POST"): Example(request=json_of({"village": "43010101"})),
    ("triage.accept", "POST"): decided(),
    ("triage.evidence_again", "POST"): decided(kinds=["photo"], reason="ภาพมืด"),
    ("triage.undo", "POST"): decided(reason="กดผิด"),
    ("findings.reopen", "POST"): page(303, about=VILLAGES, values=finding),
}
