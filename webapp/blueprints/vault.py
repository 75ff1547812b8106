"""The API of a phone's lock: its key in custody and handed back, and whether it may still read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from webapp.blueprints import access
from webapp.blueprints.bodies import base64url_of, json_body, text_of, uuid_of
from webapp.db import transaction
from webapp.domain.actors import door
from webapp.keys import Keys
from webapp.services import vault_keys
from webapp.services.sealing import to_base64url

bp = Blueprint("vault", __name__, url_prefix="/api/v1")

FRESH = timedelta(minutes=10)
"""A phone left signed in must not give its key to who merely holds it: the password comes first."""


@bp.put("/vault-keys/<uuid:vault>")
def keep(vault: UUID) -> ResponseReturnValue:
    """Take a phone's vault key into custody, sealed; the same again changes nothing."""
    actor, said = access.signed_in(), json_body(4 * 1024)
    brought = vault_keys.Brought(
        vault,
        uuid_of(said.get("device")),
        text_of(said, "ingest_key", 100),
        base64url_of(text_of(said, "sealed", 400)),
    )
    with transaction(actor) as session:
        added = vault_keys.keep(session, _keys(), actor.account, brought)
    return jsonify(vault=str(vault)), 201 if added else 200


@bp.post("/vault-keys/<uuid:vault>/hand-back")
def hand_back(vault: UUID) -> ResponseReturnValue:
    """Give the key to its own person who has just signed in, sealed to this one answer's key."""
    actor, said = access.signed_in(), json_body(4 * 1024)
    phone = base64url_of(text_of(said, "public_key", 100))
    is_fresh = access.session_age() <= FRESH
    with transaction(actor) as session:
        sealed = vault_keys.hand_back(
            session, _keys(), actor.account, vault, phone, is_fresh=is_fresh
        )
    return jsonify(vault=str(vault), sealed=to_base64url(sealed))


@bp.get("/standing")
def standing() -> ResponseReturnValue:
    """Whether this phone may still show what it holds; asked with its hand-in token alone."""
    token = access.hand_in_digest()
    if token is None:
        return jsonify(reading=bool(access.signed_in()))
    with transaction(door(token=token)) as session:
        reading = vault_keys.may_read(session, token)
    return jsonify(reading=reading)


def _keys() -> Keys:
    found: Keys = current_app.extensions["keys"]
    return found
