"""Whatever is sent, the register answers with a code it knows, and never falls over.

The cases and what is expected of each stand in `bad_input.json`.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import world
from tests.handset import APP, Handset, Sealed, blank
from webapp.domain.problems import SENTENCES
from webapp.models import Base
from webapp.models.interview import Custody, Receipt

CASES: dict[str, list[Any]] = json.loads(
    (Path(__file__).parent / "bad_input.json").read_text(encoding="utf-8")
)

THAI = {chr(letter) for letter in range(0x0E01, 0x0E2F)}


def told(answer: TestResponse) -> str:
    """The code of the problem, `ok`, or what should never be seen."""
    if 200 <= answer.status_code < 300:
        return "ok"
    if answer.mimetype != "application/problem+json" or answer.status_code >= 500:
        return f"{answer.status_code} {answer.mimetype}"
    said = answer.get_json()
    if said["status"] != answer.status_code or not set(said["detail"]) & THAI:
        return f"an odd problem: {said}"
    code = str(said["code"])
    return code if code in SENTENCES else f"unknown code {code}"


def body_of(case: dict[str, Any]) -> bytes:
    """The bytes to send."""
    if "json" in case:
        return json.dumps(case["json"]).encode()
    if "repeat" in case:
        piece, times = case["repeat"]
        return str(piece).encode() * times
    return bytes.fromhex(case["hex"]) if "hex" in case else str(case.get("body", "")).encode()


def send(phone: Handset, case: dict[str, Any]) -> TestResponse:
    """One case, from a phone that is signed in."""
    own = {name: value.replace("$key", phone.ingest["id"]) for name, value in _headers(case)}
    return phone.client.open(
        case["path"],
        method=case["method"],
        data=body_of(case),
        headers=APP | own,
        content_type=case.get("type", "application/json" if "json" in case else None) or None,
    )


def _headers(case: dict[str, Any]) -> list[tuple[str, str]]:
    return list(case.get("headers", {}).items())


def long(value: Any) -> Any:
    """`{"$repeat": [letter, times]}` written out."""
    if isinstance(value, dict) and "$repeat" in value:
        letter, times = value["$repeat"]
        return letter * times
    if isinstance(value, dict):
        return {name: long(inner) for name, inner in value.items()}
    return [long(inner) for inner in value] if isinstance(value, list) else value


def rows(register: Session) -> dict[str, int]:
    """How many rows each table has."""
    register.rollback()
    return {
        name: register.scalar(select(func.count()).select_from(table)) or 0
        for name, table in Base.metadata.tables.items()
        if name != "sessions"
    }


def finished(phone: Handset, change: dict[str, Any]) -> Sealed:
    """An interview of a house of its own, changed as the case says."""
    house = {
        "id": str(uuid.uuid4()),
        "new": True,
        "village": world.NAM_SAI,
        "house_number": "5",
    }
    document = blank(phone) | {"household": house}
    address = document["interview"]
    sealed = phone.seal(document | change | {"interview": address})
    if "interview" not in change:
        return sealed
    return sealed_text(phone, json.dumps(document | change))


def sealed_text(phone: Handset, plain: str) -> Sealed:
    """Any text, sealed and signed as an interview is."""
    one, content = phone.interview(), plain.encode()
    digest = hashlib.sha256(content).hexdigest()
    envelope = phone._sealed(f"jpt/1 interview {one.interview} {digest}", content)
    return replace(one, digest=digest, envelope=envelope)


def damaged(phone: Handset, how: str) -> Sealed:
    """A sealed interview after a mishap."""
    one = phone.interview()
    content = one.envelope
    if how == "wrong hash":
        wrong = "00" * 32
        envelope = phone._sealed(f"jpt/1 interview {one.interview} {wrong}", b"{}")
        return replace(one, digest=wrong, envelope=envelope)
    changed = {
        "flip": {"envelope": content[:-1] + bytes([content[-1] ^ 1])},
        "cut": {"envelope": content[:-9]},
        "add": {"envelope": content + b"x"},
        "other id": {"interview": str(uuid.uuid4())},
        "other digest": {"digest": "00" * 32},
        "other key": {"key": "nobody"},
    }[how]
    return replace(one, **changed)  # type: ignore[arg-type]  # one of the fields above


class TestARequestThatIsWrong:
    def test_is_answered_with_its_code_and_leaves_no_row(
        self, mali: Handset, the_world: Session
    ) -> None:
        before = rows(the_world)
        found = {case["name"]: told(send(mali, case)) for case in CASES["requests"]}
        wanted = {case["name"]: case["code"] for case in CASES["requests"]}
        assert rows(the_world) == before
        assert {name: code for name, code in found.items() if code != wanted[name]} == {}

    def test_is_one_of_very_many(self) -> None:
        assert sum(len(cases) for cases in CASES.values()) >= 300
        names = [case["name"] for case in CASES["requests"]]
        assert len(names) == len(set(names))

    def test_spoils_nothing_for_its_neighbours_in_a_batch(self, mali: Handset) -> None:
        found = {}
        for case in CASES["batch"]:
            text = json.dumps({"items": [case["item"]]}).replace("$key", mali.ingest["id"])
            headers = APP | {"Content-Type": "application/json"}
            answer = mali.client.post("/api/v1/revisions", data=text, headers=headers)
            assert answer.status_code == 200, case["name"]
            found[case["name"]] = answer.get_json()["items"][0]["problem"]["code"]
        assert found == {case["name"]: case["code"] for case in CASES["batch"]}


class TestAnEnvelopeThatIsDamaged:
    def test_is_refused_with_its_code(self, mali: Handset) -> None:
        found = {
            case["do"]: told(mali.put(damaged(mali, case["do"]))) for case in CASES["envelopes"]
        }
        assert found == {case["do"]: case["code"] for case in CASES["envelopes"]}


class TestHeadersThatAreOdd:
    def test_never_turn_a_finished_interview_away(self, mali: Handset, the_world: Session) -> None:
        for case in CASES["headers"]:
            headers = {n: v.encode().decode("latin-1") for n, v in case["headers"].items()}
            answer = mali.put(finished(mali, {}), **headers)
            assert (answer.status_code, answer.get_json()["level"]) == (202, "custody"), case
        the_world.rollback()
        reasons = the_world.scalars(select(Custody.reason)).all()
        assert reasons == ["unknown_author"] * len(CASES["headers"])


class TestADocumentThatIsOdd:
    def test_is_taken_nevertheless_with_a_receipt(self, mali: Handset, the_world: Session) -> None:
        found, wanted = {}, {case["name"]: case["status"] for case in CASES["documents"]}
        for case in CASES["documents"]:
            found[case["name"]] = mali.put(finished(mali, long(case["change"]))).status_code
        assert {name: one for name, one in found.items() if one != wanted[name]} == {}
        the_world.rollback()
        held = the_world.scalar(select(func.count()).select_from(Receipt))
        assert held == len(CASES["documents"])

    def test_is_kept_even_where_it_is_no_document_at_all(self, mali: Handset) -> None:
        answers = {plain: mali.put(sealed_text(mali, plain)) for plain in CASES["plain"]}
        assert {plain[:20] for plain, one in answers.items() if one.status_code != 202} == set()

    def test_does_not_keep_its_files_from_coming(self, mali: Handset) -> None:
        odd = {"kind": "other", "sealed_sha256": "zz", "note": "ก"}
        one = mali.interview({"photo": b"a picture"}, evidence=[odd, odd | {"sealed_sha256": 5}])
        assert mali.put(one).get_json()["level"] == "data"
        [digest] = one.files
        answer = mali.put_file(one, digest)
        assert (answer.status_code, answer.get_json()["level"]) == (201, "complete")
