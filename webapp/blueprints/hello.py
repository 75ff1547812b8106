"""Hello: the phone says how it stands, the register its time, its keys and what is open."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from flask import current_app, jsonify, url_for
from flask.typing import ResponseReturnValue

from webapp.blueprints import access
from webapp.blueprints.bodies import json_body, text_of, uuid_of
from webapp.blueprints.sync import BATCH_ITEMS, LARGEST_FILE, PLAN_ITEMS, bp
from webapp.db import transaction
from webapp.domain import questionnaire
from webapp.domain.desk import REGISTER
from webapp.domain.problems import Problem
from webapp.domain.service_plan import Window, day_in_thailand
from webapp.queries import rounds
from webapp.services import devices, receipts, sealing


@bp.post("/hello")
def hello() -> ResponseReturnValue:
    """The phone says how it stands; the register says its time, its keys and what is open."""
    actor, now, keys = access.signed_in(), datetime.now(UTC), current_app.extensions["keys"]
    said = json_body(16 * 1024)
    nonce, device = text_of(said, "nonce", 100), said.get("device")
    if not isinstance(device, dict) or not isinstance(device.get("public_key"), dict):
        raise Problem("malformed")
    try:
        sealing.public_key_of(device["public_key"])
    except (ValueError, KeyError) as error:
        raise Problem("malformed") from error
    phone = uuid_of(device.get("id"))
    if phone == REGISTER:
        raise Problem("malformed")
    access.remember_phone(phone)
    with transaction(actor) as session:
        token = devices.greet(
            session,
            actor.account,
            phone,
            {name: device["public_key"][name] for name in ("kty", "crv", "x", "y")},
            str(device.get("name", ""))[:80],
            _report(said),
            needs_token=said.get("need_token") is True,
            now=now,
        )
        current = rounds.current(session)
        services = rounds.windows(session)
    time = {"nonce": nonce, "time": now.isoformat(), "epoch": keys.epoch}
    answer = {
        "signed": receipts.sign(keys, time, "time"),
        "time": now.isoformat(),
        "epoch": keys.epoch,
        "ingest_key": {
            "id": keys.ingest_id,
            "public_key": sealing.to_base64url(keys.ingest_public),
        },
        "receipt_keys": receipts.public_keys(keys),
        "session": access.session_mark(),
        "account": {"id": str(actor.account), "name": actor.name_th, "role": actor.role.value},
        "round": _round(current, now)
        | {"services": {name: _window(one) for name, one in services.items()}},
        "limits": {"plan": PLAN_ITEMS, "batch": BATCH_ITEMS, "evidence_bytes": LARGEST_FILE},
        "demo": current_app.config["JPT"].demo,
    }
    return jsonify(answer | ({"hand_in_token": token} if token else {}))


def _report(said: dict[str, Any]) -> dict[str, Any]:
    told = said.get("counts")
    counts = told if isinstance(told, dict) else {}
    kept = {
        name: value
        for name in ("drafts", "waiting", "parked")
        if isinstance(value := counts.get(name), int)
    }
    return {"app": str(said.get("app", ""))[:40], "persisted": said.get("persisted") is True} | kept


def _round(current: rounds.Current, now: datetime) -> dict[str, Any]:
    version = current.questionnaire
    return {
        "id": current.id,
        "name_th": current.name_th,
        "questionnaire": {
            "id": version,
            "url": url_for(
                "pwa.questionnaire", version=version, digest=questionnaire.digest(version)
            ),
        },
        "recording": {
            "opens": current.opens_on.isoformat(),
            "closes": _day(current.closes_on),
            "open": current.is_open(day_in_thailand(now)),
        },
        "notice_version": (current.notice or questionnaire.load(version)["notice"])["version"],
        "notice": current.notice,
    }


def _window(window: Window) -> dict[str, Any] | None:
    """The days of a service; None where the round has not planned it."""
    days = {"opens": _day(window.opens_on), "closes": _day(window.closes_on)}
    return days if window.is_planned else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
