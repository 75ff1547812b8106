"""What stands in the rows of the tests of row-level security beyond what names and types say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.services.scopes_places import (
    BESIDE,
    LATER,
    NEAR,
    NEXT_ROUND,
    OWN,
    PLACES,
    POINT,
    ROUND,
    Place,
    officer,
    path_of,
)

NOTICES = {OWN: "430101", BESIDE: "43010102", NEAR: "4301"}
"""The area each village's notice is for: subdistrict, village, district; else its district."""


def notice_area(where: Place) -> str:
    """The code of the area that the notice is for."""
    return NOTICES.get(where, where.code[:4])


NAMED: dict[str, Callable[[Place], Any]] = {
    **dict.fromkeys(("account_id", "author_id", "actor_id", "carried_by"), lambda p: p.volunteer),
    **dict.fromkeys(("made_by", "asked_by"), officer),
    **dict.fromkeys(("village_code", "area_code"), lambda p: p.code),
    "district_code": lambda p: p.code[:4],
    "subdistrict_code": lambda p: p.code[:6],
    **dict.fromkeys(("digest", "head_digest", "listed_in", "token_hash"), lambda p: p.digest),
    "path": lambda p: p.path,
    "household_id": lambda p: p.household,
    "interview_id": lambda p: p.interview,
    "device_id": lambda p: p.device,
    "round_id": lambda p: ROUND,
}
POINTS_AT: dict[str, Callable[[Place], Any]] = {
    "accounts": lambda p: p.volunteer,
    "areas": lambda p: p.code,
    "villages": lambda p: p.code,
    "rounds": lambda p: ROUND,
    "households": lambda p: p.household,
    "interviews": lambda p: p.interview,
    "appointment_orders": lambda p: p.order,
}
SPECIAL: dict[str, dict[str, Callable[[Place], Any]]] = {
    "households": {
        "id": lambda p: p.household,
        "interview_id": lambda p: p.interview,
        "point": lambda p: POINT,
    },
    "person_details": {
        "national_id_index": lambda p: b"the same number",
        "phone_index": lambda p: p.token,
        "status_code_index": lambda p: p.token,
    },
    "audit_entries": {"subject": lambda p: {"account": str(p.volunteer)}},
    "audit_seals": {
        "number": lambda p: PLACES.index(p) + 1,
        "entry_id": lambda p: PLACES.index(p) + 1,
        "entry_xid": lambda p: "3",
    },
    "interviews": {
        "id": lambda p: p.interview,
        "state": lambda p: "returned" if p is NEAR else "received",
        "given_to": lambda p: p.volunteer if p is NEAR else None,
        "mode": lambda p: "doorstep",
        "evidence_grade": lambda p: "none",
        "point": lambda p: POINT,
    },
    "devices": {"id": lambda p: p.device, "token_expires_at": lambda p: LATER},
    "assignments": {
        "household_id": lambda p: p.household if p is BESIDE else None,
        "ended_at": lambda p: datetime.now(UTC) if p is NEAR else None,
    },
    "revisions": {
        "answers": lambda p: {"members": [], "evidence": [], "cover": {}, "answers": {}},
        "evaluation": lambda p: {"failures": [], "indicators": [], "values": {}, "missing": []},
    },
    "evidence": {"kind": lambda p: "photo", "sealed_sha256": lambda p: p.digest},
    "receipts": {"level": lambda p: "data"},
    "custody": {"reason": lambda p: "second_interview" if p is NEAR else "late"},
    "sessions": {"expires_at": lambda p: LATER},
    "sign_in_codes": {"code_index": lambda p: p.digest, "expires_at": lambda p: LATER},
    "passkeys": {"id": lambda p: p.digest},
    "vault_keys": {"id": lambda p: p.interview},
    "decisions": {
        "decision": lambda p: "returned",
        "given_to": lambda p: p.volunteer,
    },
    "findings": {
        "code": lambda p: "position_same",
        "source": lambda p: "evidence",
        "weight": lambda p: 40,
        "account_id": lambda p: p.volunteer,
        "interview_id": lambda p: p.interview,
    },
    "screenings": {
        "mode": lambda p: "doorstep",
        "codes": lambda p: b"",
        "digest": lambda p: b"before" if p is BESIDE else p.digest,
        "village_code": lambda p: BESIDE.code if p is NEAR else p.code,  # moved, to be forgotten
    },
    "volunteer_screenings": {"usual_share": lambda p: 0.01, "rank": lambda p: 1.0},
    "appointment_orders": {"id": lambda p: p.order},
    "appointed_people": {"matched_by": lambda p: "name"},
    "notices": {
        "area_code": notice_area,
        "path": lambda p: path_of(notice_area(p)),
        "roles": lambda p: ["volunteer", "inspector"],
        "author_id": officer,
        "withdrawn_at": lambda p: datetime.now(UTC) if p is BESIDE else None,
    },
    "notice_files": {"media_type": lambda p: "application/pdf"},
    "round_copies": {
        "from_round": lambda p: ROUND,
        "to_round": lambda p: NEXT_ROUND,
        "finished_at": lambda p: None if p is OWN else datetime.now(UTC),
    },
    "local_administration_areas": {"coverage": lambda p: "full"},
}
"""What the names and types alone do not say."""
