"""A household in one request: the sealed interview and its sealed files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from webapp import files
from webapp.blueprints import access
from webapp.blueprints.bodies import parts
from webapp.blueprints.sync import (
    EVIDENCE_FILES,
    LARGEST_ENVELOPE,
    LARGEST_FILE,
    answer,
    config,
    keys,
    received_alone,
    sent_as,
)
from webapp.domain.problems import Problem
from webapp.files import Kept
from webapp.services import intake
from webapp.services.intake import Opened

bp = Blueprint("whole", __name__, url_prefix="/api/v1")


@bp.put("/interviews/<uuid:interview>/whole/<digest>")
def put(interview: UUID, digest: str) -> ResponseReturnValue:
    """One sealed revision with its files: one request, one commit, one receipt for all of it.

    What is wrong with a file never keeps the interview out: the answer says which are missing.
    """
    carrier = access.carrier()
    first, *rest = parts([LARGEST_ENVELOPE, *[LARGEST_FILE] * EVIDENCE_FILES])
    opened = intake.unseal(keys(), sent_as(interview, digest, b"".join(first)))
    whole = replace(opened, brought=tuple(_kept(rest, opened)))
    received = received_alone(whole, carrier.account)
    return jsonify(answer(received)), received.status


def _kept(rest: Iterable[Iterator[bytes]], opened: Opened) -> Iterator[Kept]:
    """Files on disk that the interview lists; a damaged one is in no list."""
    document = opened.document
    listed = frozenset(one.sealed_sha256 for one in (document.files if document else ()))
    for part in rest:
        try:
            kept = files.keep_listed(config().evidence, part, listed, LARGEST_FILE)
        except Problem:  # the disk is full: the interview is taken, its files are asked for again
            kept = None
        if kept:
            yield kept
        for _ in part:  # the next file begins where this one ends
            pass
