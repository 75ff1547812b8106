"""An example request for every route and method; a route without one fails the tests.

Whether it is answered is never said here: that follows from the policy table and from where the
thing asked for lies. `ok` are the statuses of somebody who may.
"""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from flask import Flask

from tests.web.rights_asking import Asked, Example, area, json_of, page
from tests.web.rights_desk import DESK
from tests.web.rights_findings import FINDINGS
from tests.web.rights_forum import FORUM
from tests.web.rights_office import OFFICE
from tests.web.rights_people import PEOPLES
from tests.web.rights_quality import QUALITY
from tests.web.rights_review import REVIEW
from tests.web.rights_screening import SCREENING
from tests.web.rights_world import OWN, VILLAGES, Person, Target
from webapp.blueprints import interviews
from webapp.services import sealing

CARRIED = UUID(int=77)
EMPTY = b"{}"
PICTURE = b"a sealed picture"
OCTETS = "application/octet-stream"


def picture(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """A picture's address as it was given to this person."""
    sealed = target.place.digest.hex() if target.place else "00" * 32
    said = [str(target.interview), sealed, "small", str(person.account)]
    with app.app_context():
        return {"token": interviews._links().dumps(said)}


def envelope(app: Flask) -> dict[str, Any]:
    """Bytes that open and say nothing: taken into custody."""
    keys = app.extensions["keys"]
    about = f"jpt/1 interview {CARRIED} {hashlib.sha256(EMPTY).hexdigest()}"
    public = keys.ingest[keys.ingest_id].public_key()
    headers = {"Jpt-Ingest-Key": keys.ingest_id, "Jpt-Device": str(OWN.device)}
    return {
        "data": sealing.seal(public, about, EMPTY),
        "headers": headers | {"Jpt-Signature": "AA"},
        "content_type": OCTETS,
    }


def whole(app: Flask) -> dict[str, Any]:
    """The same with a picture behind it."""
    sealed = envelope(app)
    sizes = f"{len(sealed['data'])},{len(PICTURE)}"
    headers = sealed["headers"] | {"Jpt-Parts": sizes}
    return sealed | {"data": sealed["data"] + PICTURE, "headers": headers}


def carried(content: bytes) -> Asked:
    """The address of something handed in."""
    digest = hashlib.sha256(content).hexdigest()
    return lambda app, person, target: {"interview": CARRIED, "digest": digest}


def greeting(app: Flask) -> dict[str, Any]:
    """A phone's first words."""
    numbers = app.extensions["keys"].receipt.public_key().public_numbers()
    x, y = (sealing.to_base64url(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
    key = {"kty": "EC", "crv": "P-256", "x": x, "y": y}
    device = {"id": str(UUID(int=78)), "public_key": key, "name": ""}
    return {"json": {"nonce": "n", "app": "test", "device": device, "need_token": False}}


def nobodys_key(app: Flask) -> dict[str, Any]:
    """A vault's key that opens for no account, and a key to seal an answer to."""
    keys = app.extensions["keys"]
    public = sealing.to_base64url(keys.ingest_public)
    said = {"device": str(UUID(int=78)), "ingest_key": keys.ingest_id, "sealed": public}
    return {"json": said | {"public_key": public}}


def unknown_vault(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """A vault that the register does not know."""
    return {"vault": UUID(int=79)}


INTERVIEW = {
    "about": VILLAGES,
    "values": lambda app, person, target: {"interview_id": target.interview},
}
TILE = {"z": 12, "x": 3216, "y": 1841}

EXAMPLES: dict[tuple[str, str], Example] = {
    ("static", "GET"): Example(values=lambda *_: {"filename": "img/icon-192.png"}),
    ("pages.front", "GET"): page(302),
    ("pages.about", "GET"): page(),
    ("pages.rights", "GET"): page(),
    ("pages.health", "GET"): Example(),
    ("auth.sign_in", "GET"): page(200, 302),
    ("auth.sign_in", "POST"): page(422),
    ("auth.sign_out", "POST"): page(302, signs_out=True),
    ("language.choose", "POST"): page(302, request=lambda app: {"data": {"language": "th"}}),
    ("pwa.shell", "GET"): page(),
    ("pwa.service_worker", "GET"): Example(),
    ("pwa.manifest", "GET"): Example(),
    ("pwa.questionnaire", "GET"): Example((404,), lambda *_: {"version": "x", "digest": "x"}),
    ("sync.openapi", "GET"): Example(),
    ("sync.hello", "POST"): Example(request=greeting),
    ("sync.plan", "POST"): Example(request=json_of({"items": []})),
    ("sync.put_revision", "PUT"): Example((202,), carried(EMPTY), request=envelope),
    ("whole.put", "PUT"): Example((202,), carried(EMPTY), request=whole),
    ("sync.post_revisions", "POST"): Example(request=json_of({"items": []})),
    ("sync.put_evidence", "PUT"): Example(
        (200, 201),
        carried(PICTURE),
        request=lambda app: envelope(app) | {"data": PICTURE},
    ),
    ("sync.changes", "GET"): Example(),
    ("vault.keep", "PUT"): Example((422,), unknown_vault, request=nobodys_key),
    ("vault.hand_back", "POST"): Example((404,), unknown_vault, request=nobodys_key),
    ("vault.standing", "GET"): Example(),
    ("sync.boundary", "GET"): Example(values=lambda *_: {"code": "430101"}),
    ("map.page", "GET"): page(),
    ("map.tile", "GET"): Example(**area(**TILE)),
    ("map.boundaries", "GET"): Example(**area(level="subdistrict")),
    ("map.households", "GET"): Example(**area()),
    ("map.filters", "GET"): Example(**area()),
    ("map.basemap", "GET"): Example((404,)),
    ("interviews.panel", "GET"): page(**INTERVIEW),
    ("interviews.evidence", "GET"): Example(about=VILLAGES, values=picture),
    ("office.front", "GET"): page(),
    ("register.front", "GET"): page(),
    ("register.volunteer", "GET"): page(200, 403),
    ("register.volunteer", "POST"): page(200, 403, 422),
    ("register.inspector", "GET"): page(200, 403),
    ("register.inspector", "POST"): page(200, 403, 422),
    ("register.done", "GET"): page(302),
    ("register.noted", "POST"): page(302),
    ("register.status", "GET"): page(),
    ("register.status", "POST"): page(200, 422),
    ("register.areas", "GET"): Example(values=lambda *_: {"code": "43"}),
    ("register.villages", "GET"): Example(values=lambda *_: {"q": "พื้นที่"}),
}
EXAMPLES |= FORUM | QUALITY | OFFICE | PEOPLES | FINDINGS | DESK | SCREENING | REVIEW
