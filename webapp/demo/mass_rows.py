"""The rows of one printed household in every table that intake would have written to."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from uuid import UUID

from webapp.demo.chance import uuid4, uuid7
from webapp.demo.copying import (
    EMPTY_BYTEAS,
    Field,
    day,
    document,
    flag,
    moment,
    point,
    real,
    whole,
)  # fmt: skip
from webapp.demo.papers import APP
from webapp.demo.people import national_id
from webapp.demo.rates import QUESTIONNAIRE
from webapp.demo.templates import Template
from webapp.services import personal_numbers

SPREAD_DEGREES = 0.004
RECEIPT_BYTES = 315
"""A receipt of as many random bytes is as long as a real one, and as hard to compress."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "households": (
        "id", "round_id", "village_code", "path", "house_number", "head_name", "people_registered",
        "state", "outcome", "interview_id", "evidence_grade", "point", "accuracy",
    ),
    "interviews": (
        "id", "round_id", "household_id", "village_code", "path", "author_id", "device_id",
        "head_digest", "head_number", "state", "mode", "outcome", "people", "hard_open",
        "soft_open", "evidence_grade", "evidence_due", "point", "accuracy", "position_inside",
        "village_distance", "interviewed_on", "received_at",
    ),
    "revisions": (
        "interview_id", "digest", "number", "based_on", "path", "author_id", "device_id",
        "signature", "questionnaire_id", "app", "ingest_key", "envelope", "answers", "evaluation",
        "finished_at", "received_at",
    ),
    "members": (
        "interview_id", "digest", "ordinal", "member", "path", "author_id", "name", "sex", "birth",
        "national_id_sealed", "national_id_index",
    ),
    "evidence": (
        "interview_id", "sealed_sha256", "kind", "media_type", "sha256", "sealed_size",
        "listed_in", "path", "author_id", "ingest_key", "received_at", "decoded_at",
        "decode_problem",
    ),
    "receipts": ("interview_id", "digest", "level", "jws", "created_at"),
}  # fmt: skip
"""In the order in which foreign keys allow them."""

Row = tuple[Field, ...]


@dataclass(frozen=True)
class SealingKeys:
    """What is needed of the register's keys: the ingest key's name, and two secrets."""

    ingest: str
    fields: bytes
    blind_index: bytes


@dataclass(frozen=True)
class Village:
    """A made-up village of the mass: where it is, and who visits it."""

    code: str
    subdistrict: str
    path: str
    longitude: float
    latitude: float
    account: UUID
    device: UUID


@dataclass(frozen=True)
class Copy:
    """One household printed from a template (or only listed, without one)."""

    village: Village
    round_id: str
    number: int
    household: UUID
    template: Template | None
    interview: UUID | None
    digest: bytes
    sealed: tuple[bytes, ...]
    plain: tuple[bytes, ...]
    longitude: float
    latitude: float


def draw(
    chance: Random, village: Village, round_id: str, number: int, template: Template | None
) -> Copy:
    """A household near its village's middle."""
    files = len(template.files) if template else 0
    return Copy(
        village,
        round_id,
        number,
        uuid4(chance),
        template,
        uuid7(chance, template.started_at) if template else None,
        secrets.token_bytes(32),
        tuple(secrets.token_bytes(32) for _ in range(files)),
        tuple(secrets.token_bytes(32) for _ in range(files)),
        chance.gauss(village.longitude, SPREAD_DEGREES),
        chance.gauss(village.latitude, SPREAD_DEGREES),
    )


def household(one: Copy) -> Row:
    """The household list's row."""
    made = one.template
    placed = made is not None and made.accuracy is not None
    return (
        one.household.bytes,
        one.round_id.encode(),
        one.village.code.encode(),
        one.village.path.encode(),
        str(one.number).encode(),
        made.head_name.encode() if made else "ผู้อยู่อาศัย ตัวอย่าง".encode(),
        whole(len(made.members) or 3) if made else whole(3),
        made.state.encode() if made else b"todo",
        made.outcome.encode() if made else None,
        one.interview.bytes if one.interview else None,
        made.grade.encode() if made else b"none",
        point(one.longitude, one.latitude) if placed else None,
        real(made.accuracy) if made and made.accuracy is not None else None,
    )


def interview(one: Copy, made: Template, id: UUID) -> Row:
    """What the interview shows of its head."""
    placed = made.accuracy is not None
    state = made.state if made.state in ("accepted", "returned") else "received"
    return (
        id.bytes,
        one.round_id.encode(),
        one.household.bytes,
        one.village.code.encode(),
        one.village.path.encode(),
        one.village.account.bytes,
        one.village.device.bytes,
        one.digest,
        whole(1),
        state.encode(),
        made.mode.encode(),
        made.outcome.encode(),
        whole(len(made.members)),
        whole(0),
        whole(made.soft_open),
        made.grade.encode(),
        whole(0),
        point(one.longitude, one.latitude) if placed else None,
        real(made.accuracy) if made.accuracy is not None else None,
        flag(True) if placed else None,
        real(_metres(one)) if placed else None,
        day(made.interviewed_on),
        moment(made.received_at),
    )


def revision(one: Copy, made: Template, id: UUID, keys: SealingKeys) -> Row:
    """The revision; its envelope is noise of the right length, for nobody will open it."""
    return (
        id.bytes,
        one.digest,
        whole(1),
        EMPTY_BYTEAS,
        one.village.path.encode(),
        one.village.account.bytes,
        one.village.device.bytes,
        secrets.token_bytes(64),
        QUESTIONNAIRE.encode(),
        APP.encode(),
        keys.ingest.encode(),
        os.urandom(made.length + 81),
        document(made.answers.filled(_gaps(one, id))),
        document(made.evaluation),
        moment(made.finished_at),
        moment(made.received_at),
    )


def members(
    one: Copy, made: Template, id: UUID, keys: SealingKeys, chance: Random
) -> Iterator[Row]:
    """The people, each with an ID number of their own, sealed and indexed as intake does."""
    for ordinal, person in enumerate(made.members, start=1):
        number = national_id(chance) if "national_id" in person else None
        about = f"members {id} {one.digest.hex()} {ordinal}"
        yield (
            id.bytes,
            one.digest,
            whole(ordinal),
            person["id"].encode(),
            one.village.path.encode(),
            one.village.account.bytes,
            f"{person['first_name']} {person['last_name']}".encode(),
            person["sex"].encode(),
            person["birth"].encode(),
            personal_numbers.seal(keys.fields, number, about) if number else None,
            personal_numbers.index(keys.blind_index, number) if number else None,
        )


def evidence(one: Copy, made: Template, id: UUID, keys: SealingKeys) -> Iterator[Row]:
    """Files the store does not have: marked as decoded, so that nobody looks for them."""
    at = moment(made.received_at)
    for number, (kind, media_type) in enumerate(made.files):
        yield (
            id.bytes,
            one.sealed[number],
            kind.encode(),
            media_type.encode(),
            one.plain[number],
            whole(30_000),
            one.digest,
            one.village.path.encode(),
            one.village.account.bytes,
            keys.ingest.encode(),
            at,
            at,
            b"does-not-open",
        )


def receipts(one: Copy, made: Template, id: UUID) -> Iterator[Row]:
    """The receipts of both levels, where there are files; else the one."""
    for level in (b"data", b"complete") if made.files else (b"complete",):
        receipt = secrets.token_urlsafe(RECEIPT_BYTES).encode()
        yield id.bytes, one.digest, level, receipt, moment(made.received_at)


def _gaps(one: Copy, id: UUID) -> dict[str, bytes]:
    found = {
        "interview": str(id).encode(),
        "household": str(one.household).encode(),
        "village": one.village.code.encode(),
        "house_number": str(one.number).encode(),
        "account": str(one.village.account).encode(),
        "device": str(one.village.device).encode(),
        "latitude": f"{one.latitude:.6f}".encode(),
        "longitude": f"{one.longitude:.6f}".encode(),
    }
    for number, (plain, sealed) in enumerate(zip(one.plain, one.sealed, strict=True)):
        found[f"plain{number}"] = plain.hex().encode()
        found[f"sealed{number}"] = sealed.hex().encode()
    return found


def _metres(one: Copy) -> float:
    east = (one.longitude - one.village.longitude) * 106_000
    north = (one.latitude - one.village.latitude) * 110_700
    return float((east**2 + north**2) ** 0.5)
