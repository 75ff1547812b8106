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
    "forums": lambda p: p.order,
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
        "outcome": lambda p: "interviewed",
        "mode": lambda p: "doorstep",
        "evidence_grade": lambda p: "good" if p is BESIDE else "none",
        "evidence_due": lambda p: 0,
        "hard_open": lambda p: 0,
        "soft_open": lambda p: 0,
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
    "members": {"national_id_index": lambda p: b"the same number"},
    "custody": {
        "id": lambda p: 9000 + PLACES.index(p),
        "reason": lambda p: "second_interview" if p is NEAR else "late",
        "resolution": lambda p: None,
        "resolved_at": lambda p: None,
    },
    "sessions": {"expires_at": lambda p: LATER},
    "sign_in_codes": {"code_index": lambda p: p.digest, "expires_at": lambda p: LATER},
    "passkeys": {"id": lambda p: p.digest},
    "vault_keys": {"id": lambda p: p.interview},
    "desk_revisions": {"origin": lambda p: "override"},
    "decisions": {
        "decision": lambda p: "returned",
        "given_to": lambda p: p.volunteer,
    },
    "findings": {
        "code": lambda p: "same_person" if p is OWN else "position_same",
        "other_interview_id": lambda p: BESIDE.interview if p is OWN else None,
        "source": lambda p: "evidence",
        "weight": lambda p: 40,
        "account_id": lambda p: p.volunteer,
        "interview_id": lambda p: None if p is BESIDE else p.interview,
    },
    "screenings": {
        "mode": lambda p: "doorstep",
        "codes": lambda p: b"",
        "digest": lambda p: b"before" if p is BESIDE else p.digest,
        "village_code": lambda p: BESIDE.code if p is NEAR else p.code,  # moved, to be forgotten
    },
    "volunteer_screenings": {"usual_share": lambda p: 0.01, "rank": lambda p: 1.0},
    "working_group_members": {"id": lambda p: p.order, "sector": lambda p: "state"},
    "working_group_minutes": {"id": lambda p: p.order},
    "reconciliations": {"reason": lambda p: "empty"},
    "explanations": {"subject": lambda p: "houses"},
    "village_quality": {"states": lambda p: [0] * 8},
    "subdistrict_quality": {
        "round_id": lambda p: NEXT_ROUND if p is BESIDE else ROUND,  # two share theirs
        "counts": lambda p: [0] * 36,
        "states": lambda p: [0] * 8,
    },
    "appointment_orders": {"id": lambda p: p.order},
    "forums": {"id": lambda p: p.order},
    "forum_askers": {"named_by": officer},
    "back_checks": {
        "id": lambda p: p.order,
        "outcome": lambda p: "asked",
        "standing": lambda p: "counted",
    },
    "appointed_people": {
        "account_id": lambda p: None if p is BESIDE else p.volunteer,
        "matched_by": lambda p: None if p is BESIDE else "name",
    },
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
