"""What still keeps an area from being certified, one tap from the place where it is settled."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, url_for

from webapp.blueprints import access
from webapp.db import transaction
from webapp.domain import policy
from webapp.domain.areas import level_of
from webapp.domain.problems import Problem
from webapp.domain.quality.blockers import Blocker
from webapp.models.area import Area
from webapp.queries import readiness

bp = Blueprint("readiness", __name__, url_prefix="/office/readiness")


@bp.get("/<area>")
def page(area: str) -> str:
    """A village, a subdistrict or a district: what blocks it, how many, and whose it is."""
    actor = access.signed_in()
    if level_of(area) is None:
        raise Problem("malformed")
    with transaction(actor) as session:
        found = readiness.read(session, actor, area)
    addresses = {
        one.kind.code: address
        for one in found.blocking
        if (address := address_of(one.kind, found.area))
    }
    return render_template("readiness/page.html", found=found, addresses=addresses)


def address_of(kind: Blocker, area: Area) -> str:
    """Where this is settled, as near as the area allows; empty where the asker may not go there."""
    if kind.endpoint not in current_app.view_functions:
        return ""
    if not policy.ROUTES[kind.endpoint].allows(access.role()):
        return ""
    subdistrict = area.path.split(".")[3] if area.path.count(".") >= 4 else ""
    is_village = area.level == "village"
    ways = {
        "query": {"area": area.code},
        "area": {"area": area.code},
        "check": {"area": area.code, "check": kind.check} if subdistrict else None,
        "subdistrict": {"area": subdistrict} if subdistrict else None,
        "village": {"village": int(area.code)} if is_village else None,
        "code": {"code": area.code} if is_village else None,
    }
    values = ways[kind.way]
    return url_for(kind.endpoint, **values) if values else ""
