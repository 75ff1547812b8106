"""What still keeps an area from being certified, one tap from the place where it is settled."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request, url_for

from webapp.blueprints import access
from webapp.db import transaction
from webapp.domain import policy
from webapp.domain.areas import AreaLevel, level_of
from webapp.domain.problems import Problem
from webapp.domain.quality.blockers import BY_CODE, Blocker
from webapp.models.area import Area
from webapp.queries import readiness

bp = Blueprint("readiness", __name__, url_prefix="/office/readiness")


@bp.get("/<area>")
def page(area: str) -> str:
    """A village, a subdistrict or a district: what blocks it, how many, and whose it is.

    What cannot be settled for the whole area at once leads to the areas below that have it.
    """
    actor = access.signed_in()
    if level_of(area) is None:
        raise Problem("malformed")
    with transaction(actor) as session:
        found = readiness.read(session, actor, area)
    kind = BY_CODE.get(request.args.get("kind", ""))
    below = [one for one in found.below if kind is None or one.count(kind.code)]
    addresses = {one.kind.code: _settled_at(one.kind, found.area) for one in found.blocking}
    return render_template(
        "readiness/page.html",
        found=found,
        addresses=addresses,
        kind=kind,
        below=below,
        ways={one.area.code: _way_down(kind, one.area) for one in below},
    )


def _settled_at(kind: Blocker, area: Area) -> str:
    if (address := address_of(kind, area)) or area.level == AreaLevel.VILLAGE:
        return address
    return url_for(".page", area=area.code, kind=kind.code, _anchor="below")


def _way_down(kind: Blocker | None, area: Area) -> str:
    """To where this kind is settled in an area below; to its readiness where none is asked for."""
    settled = _settled_at(kind, area) if kind else ""
    return settled or url_for(".page", area=area.code)


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
