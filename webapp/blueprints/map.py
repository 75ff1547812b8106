"""The inspector's map: its page, tiles, boundaries, the list beside it, and the base map."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, jsonify, render_template, request, send_file
from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from webapp.blueprints import access
from webapp.config import Config
from webapp.db import transaction
from webapp.domain import documents
from webapp.domain.actors import Actor
from webapp.domain.areas import level_of
from webapp.domain.problems import Problem
from webapp.models.household import GRADES, STATES
from webapp.queries import map as maps
from webapp.queries import triage

bp = Blueprint("map", __name__)

HIGHEST_ZOOM = 22
SHORTLY = "private, max-age=30"
LONGER = "private, max-age=600"
ASKED = frozenset({"area", "volunteer", "state", "grade"})


@bp.get("/map")
def page() -> str:
    """The map, the list beside it, and a place for one household."""
    actor = access.signed_in()
    config: Config = current_app.config["JPT"]
    with transaction(actor) as session:
        extent = maps.extent(session, actor)
    return render_template(
        "map/page.html",
        actor=actor,
        extent=json.dumps(extent),
        country=any(path == "TH." for path in actor.areas),
        config=config,
        states=STATES,
        grades=GRADES,
    )


@bp.get("/map/tiles/<int:z>/<int:x>/<int:y>.mvt")
def tile(z: int, x: int, y: int) -> Response:
    """One vector tile of the asker's own areas."""
    if z > HIGHEST_ZOOM or x >= 2**z or y >= 2**z:
        raise Problem("malformed")
    actor = access.signed_in()
    with transaction(actor) as session:
        body = maps.tile(session, actor, z, x, y, filters_asked(session, actor))
    return _kept(body, "application/vnd.mapbox-vector-tile", SHORTLY, actor)


@bp.get("/map/boundaries/<level>.json")
def boundaries(level: str) -> Response:
    """The boundaries of one level inside the asker's own areas."""
    if level not in maps.LEVELS:
        raise Problem("not-found")
    actor = access.signed_in()
    with transaction(actor) as session:
        found = maps.boundaries(session, actor, level, _within(session, actor))
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return _kept(body, "application/geo+json", LONGER, actor)


@bp.get("/map/households")
def households() -> Response:
    """One page of the list that says what the map shows."""
    after = _place(request.args.get("after", ""))
    actor = access.signed_in()
    with transaction(actor) as session:
        rows, more = maps.households(session, filters_asked(session, actor, "after"), after)
        found = triage.open_findings(session, [row["id"] for row in rows if row["id"]])
    last = _key(rows[-1]) if more else None
    return jsonify(households=[_household(row, found) for row in rows], next=last)


@bp.get("/map/filters")
def filters() -> Response:
    """What the filters offer inside the chosen area, and how many households it has by state."""
    actor = access.signed_in()
    with transaction(actor) as session:
        return jsonify(maps.choices(session, actor, _code()))


@bp.get("/map/basemap")
def basemap() -> Response:
    """The operator's PMTiles file, read piece by piece."""
    config: Config = current_app.config["JPT"]
    path = Path(config.basemap_pmtiles) if config.basemap_pmtiles else None
    if path is None or not path.is_file():
        raise Problem("not-found")
    response = send_file(path.absolute(), mimetype="application/vnd.pmtiles", conditional=True)
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def _kept(body: bytes, kind: str, how_long: str, actor: Actor) -> Response:
    """Kept by this person's browser alone: nobody else's question has the same answer or tag."""
    response = Response(gzip.compress(body, 4, mtime=0), mimetype=kind)
    digest = hashlib.sha256(actor.account.bytes + body).hexdigest()[:32]
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = how_long
    response.vary.update(["Cookie", "Accept-Encoding"])
    response.set_etag(digest)
    response.make_conditional(request)
    return response


def filters_asked(session: Session, actor: Actor, *besides: str) -> maps.Filters:
    """The filters of the address; an unknown one is refused rather than forgotten."""
    asked = request.args
    if set(asked) - ASKED - set(besides):
        raise Problem("malformed")
    return maps.Filters(
        within=_within(session, actor),
        volunteer=_uuid(asked["volunteer"]) if asked.get("volunteer") else None,
        state=_one_of(asked.get("state"), STATES),
        grade=_one_of(asked.get("grade"), GRADES),
    )


def _code() -> str | None:
    code = request.args.get("area") or None
    if code and level_of(code) is None:
        raise Problem("malformed")
    return code


def _within(session: Session, actor: Actor) -> str | None:
    code = _code()
    return maps.path_of(session, actor, code) if code else None


def _one_of(value: str | None, known: tuple[str, ...]) -> str | None:
    if value and value not in known:
        raise Problem("malformed")
    return value or None


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise Problem("malformed") from error


def _household(row: RowMapping, found: dict[UUID, int]) -> dict[str, Any]:
    key = row["id"]
    return {**row, "id": str(key) if key else None, "findings": found.get(key, 0)}


def _key(row: RowMapping) -> str:
    last = str(row["id"]) if row["id"] else ""
    key = json.dumps([row["village_code"], row["house_number"], last])
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _place(key: str) -> maps.Place | None:
    if not key:
        return None
    try:
        said = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
        village, number, last = documents.parse(said)
    except (ValueError, TypeError, documents.Unreadable) as error:
        raise Problem("malformed") from error
    parts = (village, number, last)
    if not all(isinstance(part, str) for part in parts):
        raise Problem("malformed")
    return maps.Place(village, number, _uuid(last) if last else None)
