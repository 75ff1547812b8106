"""The front door, what the system is made of, who may do what, and whether it lives."""

from __future__ import annotations

from importlib.metadata import version

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from webapp.blueprints import access
from webapp.db import transaction
from webapp.domain import policy
from webapp.domain.actors import NOBODY, Role

bp = Blueprint("pages", __name__)

HOME = {
    Role.VOLUNTEER: "pwa.shell",
    Role.INSPECTOR: "map.page",
    Role.OFFICER: "office.front",
    Role.VIEWER: "office.front",
}


@bp.get("/")
def front() -> ResponseReturnValue:
    """A signed-in person goes to their own place, anybody else to the sign-in."""
    return redirect(url_for(HOME.get(access.role(), "auth.sign_in")))


@bp.get("/about")
def about() -> str:
    """What the system is, and whose data and code it stands on."""
    return render_template("pages/about.html", geothai=version("geothai"))


@bp.get("/about/rights")
def rights() -> str:
    """The policy table as people can read it."""
    return render_template("pages/rights.html", routes=policy.ROUTES, roles=list(Role))


@bp.get("/health")
def health() -> Response:
    """Answers only when the database answers."""
    with transaction(NOBODY) as session:
        session.execute(text("select 1"))
    return Response("ok\n", mimetype="text/plain")
