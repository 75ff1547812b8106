"""The API a phone speaks when it has coverage: hello, plan, revisions, evidence, changes."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp import files
from webapp.blueprints import access, api_description, errors
from webapp.blueprints.bodies import (
    base64url_of,
    digest_of,
    json_body,
    list_of,
    octets,
    pieces,
    text_of,
    uuid_of,
)
from webapp.config import Config
from webapp.db import enter, transaction
from webapp.domain.actors import Scope
from webapp.domain.actors import intake as intake_scope
from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.queries import changes as changes_query
from webapp.queries import held
from webapp.services import evidence, intake, receipts
from webapp.services.intake import Opened, Received, Sent

bp = Blueprint("sync", __name__, url_prefix="/api/v1")

LARGEST_ENVELOPE = 256 * 1024
LARGEST_FILE = 400 * 1024
LARGEST_BATCH = 1024 * 1024 + 64 * 1024
PLAN_ITEMS, BATCH_ITEMS, EVIDENCE_FILES = 50, 20, 12


@bp.post("/plan")
def plan() -> ResponseReturnValue:
    """What the register holds already, and what each of these still needs."""
    access.carrier()
    items = [_planned(one) for one in list_of(json_body(128 * 1024), "items", PLAN_ITEMS)]
    interviews = [one[0] for one in items]
    with transaction(intake_scope(*interviews)) as session:
        known = receipts.highest(session, interviews)
        on_disk = held.files(session, interviews)
    return jsonify({"items": [_told(one, known, on_disk) for one in items]})


@bp.put("/interviews/<uuid:interview>/revisions/<digest>")
def put_revision(interview: UUID, digest: str) -> ResponseReturnValue:
    """One sealed revision; the same bytes again are answered with the same receipt."""
    carrier = access.carrier()
    sent = Sent(
        interview=interview,
        digest=digest_of(digest),
        ingest_key=request.headers.get("Jpt-Ingest-Key", ""),
        device=uuid_of(request.headers.get("Jpt-Device")),
        signature=base64url_of(request.headers.get("Jpt-Signature", "")),
        envelope=octets(LARGEST_ENVELOPE),
    )
    opened = intake.unseal(_keys(), sent)
    with transaction(_scope(opened, carrier.account)) as session:
        received = intake.receive(session, _keys(), carrier.account, opened, datetime.now(UTC))
    return jsonify(_answer(received)), received.status


@bp.post("/revisions")
def post_revisions() -> ResponseReturnValue:
    """Many sealed revisions at once: each has its own outcome, all are committed together."""
    carrier = access.carrier()
    items = list_of(json_body(LARGEST_BATCH), "items", BATCH_ITEMS)
    with transaction(intake_scope(account=carrier.account)) as session:
        answers = [_one_of_many(session, carrier.account, one) for one in items]
    return jsonify({"items": answers})


@bp.put("/interviews/<uuid:interview>/evidence/<digest>")
def put_evidence(interview: UUID, digest: str) -> ResponseReturnValue:
    """One sealed evidence file, streamed to disk and flushed before it counts as held."""
    access.carrier()
    key = request.headers.get("Jpt-Ingest-Key", "")
    if key not in _keys().ingest:
        raise Problem("unknown-key")
    sealed = digest_of(digest)
    kept = files.keep(_config().evidence, pieces(LARGEST_FILE), sealed, LARGEST_FILE)
    with transaction(intake_scope(interview)) as session:
        taken = evidence.take(session, _keys(), interview, kept, key, datetime.now(UTC))
    given = taken.receipt
    answer = {"receipt": given.jws if given else None, "level": given.level if given else None}
    return jsonify(answer), 201 if taken.is_new else 200


@bp.get("/changes")
def changes() -> ResponseReturnValue:
    """Villages and households of this volunteer that changed since the cursor."""
    actor = access.signed_in()
    try:
        after = changes_query.Cursor.parse(request.args.get("after", "0"))
    except ValueError as error:
        raise Problem("malformed") from error
    with transaction(actor) as session:
        villages = changes_query.villages(session, actor.areas, actor.households)
        page = changes_query.households(session, after)
    return jsonify(
        cursor=str(page.cursor),
        more=page.more,
        villages=villages,
        households=page.households,
        returned=[],
        subdistricts=sorted({one["subdistrict_code"] for one in villages}),
    )


@bp.get("/boundaries/<code>")
def boundary(code: str) -> ResponseReturnValue:
    """A subdistrict's boundary, so that the phone can warn about a position without coverage."""
    if not (code.isascii() and code.isdigit()):
        raise Problem("not-found")
    with transaction(access.signed_in()) as session:
        found = changes_query.boundary(session, code)
    if found is None:
        raise Problem("not-found")
    return Response(found, mimetype="application/json", headers={"Cache-Control": "no-store"})


@bp.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """This API, described."""
    return jsonify(api_description.document())


def _keys() -> Keys:
    found: Keys = current_app.extensions["keys"]
    return found


def _config() -> Config:
    found: Config = current_app.config["JPT"]
    return found


def _scope(opened: Opened, account: UUID) -> Scope:
    """The register's own view, of this interview and its household."""
    households = (opened.document.household,) if opened.document else ()
    return Scope("intake", account, households=households, interviews=(opened.sent.interview,))


def _one_of_many(session: Session, account: UUID, item: Any) -> dict[str, Any]:
    """One item's outcome; what goes wrong with it undoes nothing of the others."""
    told = (
        {name: item.get(name) for name in ("interview", "digest")} if isinstance(item, dict) else {}
    )
    try:
        sent = _sent(item)
        opened = intake.unseal(_keys(), sent)
        with session.begin_nested():
            enter(session, _scope(opened, account))
            received = intake.receive(session, _keys(), account, opened, datetime.now(UTC))
    except Problem as problem:
        document = errors.as_document(problem)
        return told | {"status": document["status"], "problem": document}
    return told | {"status": received.status} | _answer(received)


def _sent(item: Any) -> Sent:
    if not isinstance(item, dict):
        raise Problem("malformed")
    try:
        envelope = base64.b64decode(text_of(item, "envelope", LARGEST_ENVELOPE * 2), validate=True)
    except ValueError as error:
        raise Problem("malformed") from error
    return Sent(
        interview=uuid_of(item.get("interview")),
        digest=digest_of(text_of(item, "digest", 64)),
        ingest_key=text_of(item, "ingest_key", 100),
        device=uuid_of(item.get("device")),
        signature=base64url_of(text_of(item, "signature", 200)),
        envelope=envelope,
    )


def _answer(received: Received) -> dict[str, Any]:
    given = received.receipt
    missing = [one.hex() for one in received.missing]
    return {"receipt": given.jws, "level": given.level, "missing": missing}


def _planned(item: Any) -> tuple[UUID, bytes, list[bytes]]:
    if not isinstance(item, dict):
        raise Problem("malformed")
    listed = [digest_of(str(one)) for one in list_of(item, "evidence", EVIDENCE_FILES)]
    return uuid_of(item.get("interview")), digest_of(text_of(item, "digest", 64)), listed


def _told(
    item: tuple[UUID, bytes, list[bytes]],
    known: dict[tuple[UUID, bytes], receipts.Given],
    on_disk: dict[UUID, set[bytes]],
) -> dict[str, Any]:
    interview, digest, listed = item
    given = known.get((interview, digest))
    missing = [one.hex() for one in listed if one not in on_disk.get(interview, set())]
    needs = "revision" if given is None else "evidence" if missing else None
    return {
        "interview": str(interview),
        "digest": digest.hex(),
        "receipt": given.jws if given else None,
        "needs": needs,
        "missing": missing,
    }
