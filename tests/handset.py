"""A volunteer's phone without a screen: makes, seals, signs and sends as the real one does."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
import zlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import second, world
from webapp.services import sealing

APP = {"Jpt-App": "test", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Sealed:
    """One finished revision, ready to send."""

    interview: str
    digest: str
    envelope: bytes
    signature: str
    device: str
    key: str
    document: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def item(self) -> dict[str, str]:
        """The revision as it stands in a batch."""
        return {
            "interview": self.interview,
            "digest": self.digest,
            "ingest_key": self.key,
            "device": self.device,
            "signature": self.signature,
            "envelope": base64.b64encode(self.envelope).decode(),
        }

    @property
    def headers(self) -> dict[str, str]:
        """What goes with the envelope."""
        return {
            "Jpt-Ingest-Key": self.key,
            "Jpt-Device": self.device,
            "Jpt-Signature": self.signature,
        }


class Handset:
    """One person's phone; `client` carries their session."""

    def __init__(self, client: FlaskClient, account: uuid.UUID, username: str) -> None:
        self.client, self.account, self.username = client, account, username
        self.device = str(uuid.uuid4())
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.token: str | None = None

    def sign_in(self) -> None:
        """The session is this person's."""
        sign_in(self.client, self.username)

    def hello(self, **more: Any) -> dict[str, Any]:
        """The register knows this phone and the phone its keys."""
        numbers = self._key.public_key().public_numbers()
        x, y = (sealing.to_base64url(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
        body = {
            "nonce": "n" * 16,
            "app": "test",
            "device": {
                "id": self.device,
                "public_key": {"kty": "EC", "crv": "P-256", "x": x, "y": y},
                "name": "เครื่องทดสอบ",
            },
            "counts": {"drafts": 0, "waiting": 1, "parked": 0},
            "persisted": True,
            "need_token": self.token is None,
        }
        answer = self.client.post("/api/v1/hello", json=body | more, headers=APP)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.get_json()
        self.token = told.get("hand_in_token", self.token)
        self.ingest = told["ingest_key"]
        return told

    def seal(self, document: dict[str, Any], files: dict[str, bytes] | None = None) -> Sealed:
        """Bytes, digest, envelope and signature, made once."""
        plain = json.dumps(document, ensure_ascii=False).encode()
        digest = hashlib.sha256(plain).hexdigest()
        interview = document["interview"]
        envelope = self._sealed(f"jpt/1 interview {interview} {digest}", packed(plain))
        der = self._key.sign(
            f"jpt/1 author {interview} {digest}".encode(), ec.ECDSA(hashes.SHA256())
        )
        r, s = decode_dss_signature(der)
        signature = sealing.to_base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        return Sealed(
            interview,
            digest,
            envelope,
            signature,
            self.device,
            self.ingest["id"],
            document,
            files or {},
        )

    def interview(self, files: dict[str, bytes] | None = None, **changes: Any) -> Sealed:
        """A finished interview of Mali's first house, changed as asked, with files by kind."""
        document = blank(self) | changes
        sealed: dict[str, bytes] = {}
        for kind, plain in (files or {}).items():
            entry, content = self.file(document["interview"], kind, plain)
            document["evidence"] = [*document["evidence"], entry]
            sealed[entry["sealed_sha256"]] = content
        return self.seal(document, sealed)

    def put(self, one: Sealed, **headers: str) -> TestResponse:
        """Send a revision."""
        return self.client.put(
            f"/api/v1/interviews/{one.interview}/revisions/{one.digest}",
            data=one.envelope,
            headers=APP | one.headers | headers,
            content_type="application/octet-stream",
        )

    def put_whole(self, one: Sealed, **headers: str) -> TestResponse:
        """Send a revision and its files in one request."""
        parts = [one.envelope, *one.files.values()]
        sizes = {"Jpt-Parts": ",".join(str(len(part)) for part in parts)}
        return self.client.put(
            f"/api/v1/interviews/{one.interview}/whole/{one.digest}",
            data=b"".join(parts),
            headers=APP | one.headers | sizes | headers,
            content_type="application/octet-stream",
        )

    def put_file(self, one: Sealed, digest: str) -> TestResponse:
        """Send one evidence file."""
        return self.client.put(
            f"/api/v1/interviews/{one.interview}/evidence/{digest}",
            data=one.files[digest],
            headers=APP | {"Jpt-Ingest-Key": one.key},
            content_type="application/octet-stream",
        )

    def file(self, interview: str, kind: str, plain: bytes) -> tuple[dict[str, Any], bytes]:
        """An evidence file: its line in the manifest, and its sealed bytes."""
        sha256 = hashlib.sha256(plain).hexdigest()
        content = self._sealed(f"jpt/1 evidence {interview} {sha256}", plain)
        entry = {
            "kind": kind,
            "media_type": "image/jpeg",
            "size": len(plain),
            "sha256": sha256,
            "sealed_sha256": hashlib.sha256(content).hexdigest(),
            "sealed_size": len(content),
            "taken_at": "2026-11-23T09:00:00+07:00",
        }
        return entry, content

    def _sealed(self, about: str, plain: bytes) -> bytes:
        raw = sealing.from_base64url(self.ingest["public_key"])
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
        return sealing.seal(public, about, plain)


def packed(plain: bytes) -> bytes:
    """Made smaller before it is sealed, as the app does."""
    return b"\1" + zlib.compress(plain)


def blank(phone: Handset) -> dict[str, Any]:
    """A small, finished interview: one man of forty who answered little."""
    return {
        "schema": 1,
        "interview": str(uuid.uuid4()),
        "number": 1,
        "based_on": [],
        "round": world.ROUND,
        "questionnaire": "bmn-31",
        "mode": "doorstep",
        "app": "test",
        "author": {"account": str(phone.account), "device": phone.device},
        "household": {
            "id": str(world.HOUSE),
            "new": False,
            "village": world.NAM_SAI,
            "house_number": "1",
        },
        "outcome": "interviewed",
        "outcome_note": "",
        "notice": {"version": "2569-1", "agreed": True, "shown_at": "2026-11-23T02:00:00Z"},
        "date": date.today().isoformat(),
        "started_at": "2026-11-23T02:00:00+00:00",
        "finished_at": "2026-11-23T02:20:00+00:00",
        "clock": None,
        "cover": {"house_number": "1"},
        "members": [
            {
                "id": "m1",
                "first_name": "ทดสอบ",
                "last_name": "ตัวอย่าง",
                "sex": "male",
                "birth": "1980-05-17",
                "national_id": "1990100000011",
            }
        ],
        "answers": {"8.1": "yes", "8.2": "yes", "9.1": "not_enough"},
        "declined": [],
        "explanations": {},
        "evidence": [],
        "paradata": {},
    }


def sign_in(client: FlaskClient, username: str, password: str = world.PASSWORD) -> TestResponse:
    """Through the page, as a person does; an officer shows the second thing too."""
    answer = show_password(client, username, password)
    wants_more = (answer.location or "").endswith("/sign-in/second")
    return second.show(client, username) if wants_more else answer


def show_password(client: FlaskClient, username: str, password: str) -> TestResponse:
    """Name and password, and nothing more."""
    page = client.get("/sign-in").get_data(as_text=True)
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    form = {"csrf_token": token, "username": username, "password": password}
    return client.post("/sign-in", data=form)
