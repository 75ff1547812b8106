"""Interviews written on several phones, and every way in which they reach the register."""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import dataclass, field
from typing import Any

import jwt

from tests import world
from tests.handset import APP, Handset, Sealed, blank

RANK = {"custody": 0, "data": 1, "complete": 2}
VILLAGES = {
    world.HOUSE: world.NAM_SAI,
    world.SECOND_HOUSE: world.NAM_SAI,
    world.CHAIS_HOUSE: world.DON,
}
FOUND_HOUSE = uuid.UUID(int=901)
"""Not on the list: the volunteer finds it."""

CAUSES = ("", "unknown_version", "unreadable", "unknown_author", "hand_in")
"""Why a revision is kept in custody; the empty one is placed, unless its interview cannot be."""


@dataclass(frozen=True)
class Said:
    """What a household says in one revision."""

    answers: dict[str, Any]
    people: int = 1
    outcome: str = "interviewed"
    proof: tuple[dict[str, Any], ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Written:
    """One finished revision, and who brings it; each is itself alone."""

    sealed: Sealed
    carrier: Handset
    household: uuid.UUID
    cause: str

    def __repr__(self) -> str:
        return f"<{self.sealed.interview[-4:]} {self.digest[:4]} {self.cause or 'placeable'}>"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        printer.text(repr(self))  # a failing tale is told in a line, without envelopes

    @property
    def document(self) -> dict[str, Any]:
        return self.sealed.document

    @property
    def digest(self) -> str:
        return self.sealed.digest

    @property
    def files(self) -> set[str]:
        """Sealed digests of what its manifest lists."""
        listed = (one.get("sealed_sha256") for one in self.document["evidence"])
        return {one for one in listed if one}

    @property
    def is_placeable(self) -> bool:
        """Whether it is taken for an interview of its household when it comes first."""
        return not self.cause and self._is_assigned

    @property
    def _is_assigned(self) -> bool:
        mine = world.NAM_SAI if self.document["author"]["account"] == str(world.MALI) else world.DON
        return bool(self.document["household"]["village"] == mine)


@dataclass(frozen=True)
class Returned:
    """An interview that somebody was asked to correct, and the revision it was sent back on."""

    decision: int
    base: str
    number: int
    to: uuid.UUID


@dataclass(eq=False, repr=False)
class Interview:
    """One visit: its phone, its household, its files and its revisions so far."""

    id: uuid.UUID
    phone: Handset
    household: uuid.UUID
    files: dict[str, tuple[dict[str, Any], bytes]] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<{str(self.id)[-4:]}>"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        printer.text(repr(self))

    def write(self, said: Said, bases: list[Written], cause: str, other: Handset) -> Written:
        """Another revision is finished on the phone."""
        number = 1 + max([one.document["number"] for one in bases], default=0)
        return self._finish(self.phone, said, number, [one.digest for one in bases], cause, other)

    def answer(self, phone: Handset, said: Said, returned: Returned) -> Written:
        """What came back is corrected by whoever was asked, on a phone of theirs."""
        number, base = 1 + returned.number, [returned.base]
        review = {"decision": returned.decision, "replies": []}
        return self._finish(phone, said, number, base, "", phone, review=review)

    def _finish(
        self,
        phone: Handset,
        said: Said,
        number: int,
        bases: list[str],
        cause: str,
        other: Handset,
        **more: Any,
    ) -> Written:
        document = (
            blank(phone)
            | {
                "interview": str(self.id),
                "number": number,
                "based_on": bases,
                "household": self._where(),
                "outcome": said.outcome,
                "answers": said.answers,
                "members": [_person(place) for place in range(1, said.people + 1)],
                "evidence": [*said.proof, *(self.files[kind][0] for kind in said.kinds)],
            }
            | more
        )
        document |= {"unknown_version": {"questionnaire": "bmn-99"}}.get(cause, {})
        document |= {"unreadable": {"cover": "ไม่มี"}}.get(cause, {})
        sealed = phone.seal(document, {})
        if cause == "unknown_author":
            sealed = dataclasses.replace(sealed, signature="A" * 86)
        carrier = other if cause == "hand_in" else phone
        written = Written(sealed, carrier, self.household, cause)
        self.written.append(written)
        return written

    def _where(self) -> dict[str, Any]:
        found = self.household == FOUND_HOUSE
        village = VILLAGES.get(self.household, world.NAM_SAI)
        number = "99/1" if found else "1"
        return {"id": str(self.household), "new": found, "village": village, "house_number": number}


def _person(place: int) -> dict[str, Any]:
    return {
        "id": f"m{place}",
        "first_name": f"คนที่ {place}",
        "last_name": "ตัวอย่าง",
        "sex": "male",
        "birth": f"{1950 + place * 20}-05-17",
    }


class Post:
    """Carries what was written to the register over its API; remembers what was answered."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[str, str]] = {}

    def bring(self, one: Written, carrier: Handset | None = None) -> None:
        """One revision in a request of its own."""
        answer = (carrier or one.carrier).put(one.sealed)
        assert answer.status_code in (200, 201, 202), answer.text
        self._hear(one.sealed, answer.get_json())

    def bring_whole(self, one: Written, interview: Interview) -> None:
        """One revision with every file that it lists."""
        parcels = {entry["sealed_sha256"]: content for entry, content in interview.files.values()}
        files = {digest: parcels[digest] for digest in sorted(one.files)}
        answer = one.carrier.put_whole(dataclasses.replace(one.sealed, files=files))
        assert answer.status_code in (200, 201, 202), answer.text
        assert not answer.get_json()["missing"]
        self._hear(one.sealed, answer.get_json())

    def bring_together(self, carrier: Handset, many: list[Written]) -> None:
        """Many revisions in one request, carried by one person."""
        items = [one.sealed.item for one in many]
        answer = carrier.client.post("/api/v1/revisions", json={"items": items}, headers=APP)
        assert answer.status_code == 200, answer.text
        for one, told in zip(many, answer.get_json()["items"], strict=True):
            assert told["status"] in (200, 201, 202), told
            self._hear(one.sealed, told)

    def bring_file(self, interview: Interview, kind: str) -> None:
        """One evidence file."""
        entry, content = interview.files[kind]
        digest = entry["sealed_sha256"]
        parcel = Sealed(
            str(interview.id), "", b"", "", "", interview.phone.ingest["id"], {}, {digest: content}
        )
        answer = interview.phone.put_file(parcel, digest)
        assert answer.status_code in (200, 201), answer.text

    def ask(self, phone: Handset, many: list[Written]) -> list[dict[str, Any]]:
        """What `plan` says of these."""
        items = [
            {
                "interview": one.sealed.interview,
                "digest": one.digest,
                "evidence": sorted(one.files),
            }
            for one in many
        ]
        answer = phone.client.post("/api/v1/plan", json={"items": items}, headers=APP)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.get_json()["items"]
        return found

    def _hear(self, sealed: Sealed, told: dict[str, Any]) -> None:
        """A receipt is about these bytes, never takes anything back, and is said again alike."""
        level, receipt = told["level"], told["receipt"]
        said = _payload(receipt)
        assert (said["interview"], said["digest"]) == (sealed.interview, sealed.digest)
        assert said["level"] == level
        before, was = self.told.get(sealed.digest, (level, receipt))
        assert RANK[level] >= RANK[before]
        assert level != before or receipt == was
        self.told[sealed.digest] = (level, receipt)


def level_of(receipt: str) -> str:
    """Whether the register holds the bytes, the data, or all of it."""
    return str(_payload(receipt)["level"])


def _payload(receipt: str) -> dict[str, Any]:
    found: dict[str, Any] = jwt.decode(receipt, options={"verify_signature": False})
    return found
