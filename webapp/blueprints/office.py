"""The front of the back office: what waits for this person, and the way to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from webapp.blueprints import access
from webapp.db import transaction
from webapp.domain.actors import Actor

bp = Blueprint("office", __name__, url_prefix="/office")


@dataclass(frozen=True)
class Waiting:
    """A figure on the front page: how many wait, in whose words, and where they are."""

    count: int
    text: str
    address: str
    kind: str = "info"


Counter = Callable[[Session, Actor], list[Waiting]]
COUNTERS: list[Counter] = []
"""Each part of the back office adds what waits in it."""


@bp.get("/")
def front() -> str:
    """What waits in the asker's areas."""
    actor = access.signed_in()
    with transaction(actor) as session:
        waiting = [one for counter in COUNTERS for one in counter(session, actor)]
    return render_template("office/front.html", waiting=waiting)
