"""The API a phone speaks when it has coverage: hello, plan, revisions, evidence, changes."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from webapp import files
from webapp.blueprints import access, api_description, errors
from webapp.blueprints.bodies import (
    base64url_of,
    digest_of,
    json_body,
    list_of,
    octets,
    text_of,
    uuid_of,
)
from webapp.config import Config
from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.domain.actors import intake as intake_scope
from webapp.domain.problems import Problem
from webapp.domain.service_plan import day_in_thailand
from webapp.keys import Keys
from webapp.queries import changes as changes_query
from webapp.queries import held, rounds
from webapp.services import evidence, intake, receipts
from webapp.services.intake import Opened, Received, Sent

bp = Blueprint("sync", __name__, url_prefix="/api/v1")
Read = TypeVar("Read")

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
    carrier, body = access.carrier(), octets(LARGEST_ENVELOPE)
    sent = sent_as(interview, digest, b"".join(body))
    received = received_alone(intake.unseal(keys(), sent), carrier.account)
    return jsonify(answer(received)), received.status


@bp.post("/revisions")
def post_revisions() -> ResponseReturnValue:
    """Many sealed revisions at once: each has its own outcome, all are committed together."""
    account = access.carrier().account
    items = list_of(json_body(LARGEST_BATCH), "items", BATCH_ITEMS)
    opened = [_opened(one) for one in items]
    outcomes: Sequence[Received | Problem]
    try:
        outcomes = _received_together([one for one in opened if isinstance(one, Opened)], account)
    except (Problem, DBAPIError):  # what goes wrong with one must undo nothing of the others
        outcomes = [_outcome_alone(one, account) for one in opened if isinstance(one, Opened)]
    left = iter(outcomes)
    told = [one if isinstance(one, Problem) else next(left) for one in opened]
    pairs = zip(items, told, strict=True)
    return jsonify({"items": [_named(item) | _said(outcome) for item, outcome in pairs]})


@bp.put("/interviews/<uuid:interview>/evidence/<digest>")
def put_evidence(interview: UUID, digest: str) -> ResponseReturnValue:
    """One sealed evidence file, streamed to disk and flushed before it counts as held."""
    access.carrier()
    body, sealed = octets(LARGEST_FILE), digest_of(digest)
    key = request.headers.get("Jpt-Ingest-Key", "")
    if key not in keys().ingest:
        raise Problem("unknown-key")
    kept = files.keep(config().evidence, body, sealed, LARGEST_FILE)
    with transaction(intake_scope(interview)) as session:
        taken = evidence.take(session, keys(), interview, kept, key, datetime.now(UTC))
    given = taken.receipt
    answer = {"receipt": given.jws if given else None, "level": given.level if given else None}
    return jsonify(answer), 201 if taken.is_new else 200


@bp.get("/changes")
def changes() -> ResponseReturnValue:
    """Villages and households of this volunteer that changed since the cursor, and what came back.

    Until the round's program is over; what is finished can be handed in at any time. Before it
    opens the lists are given already, so that a phone has let go of the old round's.
    """
    actor = access.signed_in()
    try:
        after = changes_query.Cursor.parse(request.args.get("after", "0"))
    except ValueError as error:
        raise Problem("malformed") from error
    with transaction(actor) as session:
        today = day_in_thailand(datetime.now(UTC))
        if rounds.window(session, "program").standing(today) == "over":
            rounds.service_open(session, "program", today)
        villages = changes_query.villages(session, actor.areas, actor.households)
        page = changes_query.households(session, after, [one["code"] for one in villages])
    return jsonify(
        cursor=str(page.cursor),
        more=page.more,
        settled=page.settled,
        round=page.round,
        villages=villages,
        households=page.households,
        alone=sorted(str(one) for one in actor.households),
        returned=page.returns.returned,
        open_returns=page.returns.live,
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


def keys() -> Keys:
    """The register's keys."""
    found: Keys = current_app.extensions["keys"]
    return found


def config() -> Config:
    """The installation's settings."""
    found: Config = current_app.config["JPT"]
    return found


def sent_as(interview: UUID, digest: str, envelope: bytes) -> Sent:
    """The sealed revision, with what the request's headers say of it."""
    return Sent(
        interview=interview,
        digest=digest_of(digest),
        ingest_key=request.headers.get("Jpt-Ingest-Key", ""),
        device=_if_readable(uuid_of, request.headers.get("Jpt-Device")),
        signature=_if_readable(base64url_of, request.headers.get("Jpt-Signature", "")) or b"",
        envelope=envelope,
    )


def _scope(opened: list[Opened], account: UUID) -> Scope:
    """The register's own view, of these interviews and their households."""
    households = tuple(one.document.household for one in opened if one.document)
    interviews = tuple(one.sent.interview for one in opened)
    return Scope("intake", account, households=households, interviews=interviews)


def received_alone(opened: Opened, account: UUID) -> Received:
    """What no column can hold is taken as bytes, for a person to look at."""
    try:
        [received] = _received_together([opened], account)
    except (DataError, IntegrityError):
        if opened.document is None and opened.result is None:
            raise
        unread = replace(opened, document=None, result=None)
        [received] = _received_together([unread], account)
    return received


def _if_readable(read: Callable[[Any], Read], written: Any) -> Read | None:
    """What says who the author is; an unreadable one is an unknown author, never a refusal."""
    try:
        return read(written)
    except Problem:
        return None


def _received_together(opened: list[Opened], account: UUID) -> list[Received]:
    """All of them in one transaction."""
    with transaction(_scope(opened, account)) as session:
        return intake.receive_all(session, keys(), account, opened, datetime.now(UTC))


def _outcome_alone(opened: Opened, account: UUID) -> Received | Problem:
    try:
        return received_alone(opened, account)
    except Problem as problem:
        return problem
    except DBAPIError as error:
        current_app.logger.error("one of a batch failed: %s", type(error).__name__)
        return Problem("server")


def _opened(item: Any) -> Opened | Problem:
    try:
        return intake.unseal(keys(), _sent(item))
    except Problem as problem:
        return problem


def _named(item: Any) -> dict[str, Any]:
    """Which of the items an answer is about."""
    said = item if isinstance(item, dict) else {}
    return {name: said.get(name) for name in ("interview", "digest")}


def _said(outcome: Received | Problem) -> dict[str, Any]:
    """One item's outcome."""
    if isinstance(outcome, Problem):
        document = errors.as_document(outcome)
        return {"status": document["status"], "problem": document}
    return {"status": outcome.status} | answer(outcome)


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
        device=_if_readable(uuid_of, item.get("device")),
        signature=_if_readable(base64url_of, str(item.get("signature"))) or b"",
        envelope=envelope,
    )


def answer(received: Received) -> dict[str, Any]:
    """What the phone is told of one."""
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
