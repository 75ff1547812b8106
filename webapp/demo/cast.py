"""The cast: people in every role with fixed rights, outsiders among them; tests have the same."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.demo.chance import source, uuid4
from webapp.domain.actors import Level, Role
from webapp.keys import public_point
from webapp.models.account import Account, Device
from webapp.services import accounts
from webapp.services.accounts import NewAccount
from webapp.services.sealing import to_base64url

ROLE_TH = {
    Role.VOLUNTEER: "อาสาสมัคร",
    Role.INSPECTOR: "ผู้ตรวจสอบ",
    Role.VIEWER: "ผู้ดูรายงาน",
    Role.OFFICER: "เจ้าหน้าที่",
}
LEVEL_TH = {Level.DISTRICT: "อำเภอ", Level.PROVINCE: "จังหวัด", Level.DEPARTMENT: "กรม"}


@dataclass(frozen=True)
class Person:
    """Somebody of the cast: what they sign in with, what they are, where they work."""

    username: str
    name_th: str
    role: Role
    areas: tuple[str, ...]
    where_th: str
    where_en: str
    level: Level | None = None
    is_outsider: bool = False

    @property
    def id(self) -> UUID:
        """The account's id, always the same."""
        return uuid4(source(0, "account", self.username))

    @property
    def password(self) -> str:
        """Known to everybody: the demo's people guard nothing."""
        return f"{self.username}-demo-2565"

    @property
    def authenticator_secret(self) -> str:
        """What an officer's authenticator app knows; the demo's page shows its code."""
        return base64.b32encode(source(0, "authenticator", self.username).randbytes(20)).decode()

    @property
    def device(self) -> UUID:
        """The person's phone."""
        return uuid4(source(0, "device", self.username))

    @property
    def device_key(self) -> ec.EllipticCurvePrivateKey:
        """The phone's signing key; a real one would never leave its phone."""
        secret = source(0, "device key", self.username).getrandbits(255)
        return ec.derive_private_key(secret, ec.SECP256R1())


_MUEANG = ("อ.เมืองหนองคาย", "Mueang Nong Khai")
_THA_BO = ("อ.ท่าบ่อ", "Tha Bo")

CAST = (
    Person(
        "mali", "มะลิ ตัวอย่างสุข", Role.VOLUNTEER,
        ("43010401", "43010402", "43010451"), "ต.กวนวัน", "Kuan Wan",
    ),
    Person(
        "somchai", "สมชาย สมมุติดี", Role.VOLUNTEER,
        ("43010501", "43010502", "43010601", "43010602"),
        "ต.เวียงคุก ต.วัดธาตุ", "Wiang Khuk, Wat That",
    ),
    Person(
        "kaew", "แก้วใจ จำลองทอง", Role.VOLUNTEER,
        ("43010701", "43010702", "43010801", "43010901", "43010902"),
        "ต.หาดคำ ต.หินโงม ต.บ้านเดื่อ", "Hat Kham, Hin Ngom, Ban Duea",
    ),
    Person(
        "prasert", "ประเสริฐ ทดลองไพร", Role.VOLUNTEER,
        ("43020301", "43020302"), *_THA_BO, is_outsider=True,
    ),
    Person("orawan", "อรวรรณ แบบเจริญ", Role.INSPECTOR, ("4301",), *_MUEANG),
    Person("wichai", "วิชัย นิทานมั่นคง", Role.INSPECTOR, ("4302",), *_THA_BO, is_outsider=True),
    Person("nipa", "นิภา ตัวอย่างงาม", Role.VIEWER, ("4301",), *_MUEANG),
    Person("suda", "สุดา สมมุติพัฒนา", Role.OFFICER, ("4301",), *_MUEANG, Level.DISTRICT),
    Person("ratana", "รัตนา จำลองศรี", Role.OFFICER, ("4302",), *_THA_BO, Level.DISTRICT, True),
    Person(
        "anan", "อนันต์ ทดลองรุ่งเรือง", Role.OFFICER, ("43",),
        "จ.หนองคาย", "Nong Khai", Level.PROVINCE,
    ),
    Person(
        "chalerm", "เฉลิม แบบทอง", Role.OFFICER, ("TH",),
        "ทั้งประเทศ", "The country", Level.DEPARTMENT,
    ),
)  # fmt: skip
BY_NAME = {one.username: one for one in CAST}
VOLUNTEERS = tuple(one for one in CAST if one.role is Role.VOLUNTEER)


def settle(session: Session, pepper: bytes) -> None:
    """Everybody of the cast can sign in and works where they should; volunteers have phones.

    The areas and the current round must be there. People who are there already stay as they are.
    """
    known = set(session.scalars(select(Account.username)))
    for one in CAST:
        if one.username not in known:
            wanted = NewAccount(one.role, one.username, one.name_th, one.areas, one.level)
            accounts.add(session, wanted, one.password, pepper, one.id)
        if one.role is Role.VOLUNTEER:
            give_phone(session, one)


def volunteer_of(village: str) -> Person:
    """Who is to visit a village."""
    return next(one for one in VOLUNTEERS if village in one.areas)


def give_phone(session: Session, person: Person) -> None:
    """As after its first hello; its hand-in token is nobody's, so it is of no use."""
    unknown = source(0, "token", person.username).randbytes(32)
    session.execute(
        insert(Device)
        .values(
            id=person.device,
            account_id=person.id,
            public_key=public_jwk(person.device_key),
            name="โทรศัพท์ตัวอย่าง",
            token_hash=unknown,
            token_expires_at=datetime(2000, 1, 1, tzinfo=UTC),
        )
        .on_conflict_do_nothing()
    )


def public_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    """The public half as a phone registers it (JWK, RFC 7517)."""
    point = public_point(key)
    x, y = to_base64url(point[1:33]), to_base64url(point[33:])
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}
