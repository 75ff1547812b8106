"""Accounts of the people who work in the survey, made by whoever runs the register."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.actors import Level, Role
from webapp.models.account import Account, Grant
from webapp.models.area import Area
from webapp.models.household import Assignment
from webapp.models.survey_round import Round
from webapp.services import passwords

SHORTEST_PASSWORD = 10
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
_EASY_TO_READ = "abcdefghjkmnpqrstuvwxyz23456789"


class AccountRefused(Exception):
    """The account cannot be made; the message says why, in Thai."""


@dataclass(frozen=True)
class NewAccount:
    """Who is to have an account, as what, and where."""

    role: Role
    username: str
    name_th: str
    area_codes: tuple[str, ...]
    level: Level | None = None


def add(
    session: Session, wanted: NewAccount, password: str, pepper: bytes, id: UUID | None = None
) -> UUID:
    """The person can sign in and works in those areas from now on; their id.

    A volunteer's areas are villages: each is assigned in the current round. Everybody else's are
    grants. They belong to the first area named. The password is kept as Argon2id only.

    Raises:
        AccountRefused: a name that is taken or not a name, an area that is not there, a weak
            password, or a level that does not fit the role.
    """
    _check(session, wanted, password)
    areas = _areas(session, wanted)
    account = Account(
        id=id or uuid4(),
        role=wanted.role.value,
        level=wanted.level.value if wanted.level else None,
        username=wanted.username,
        name_th=wanted.name_th,
        path=areas[0].path,
        password_hash=passwords.hash_password(password, pepper),
    )
    session.add(account)
    session.flush()
    session.add_all(
        Grant(account_id=account.id, area_code=area.code, path=area.path) for area in areas
    )
    if wanted.role is Role.VOLUNTEER:
        _assign(session, account.id, areas)
    session.flush()
    return account.id


def generated_password() -> str:
    """A password nobody chose: 60 bits, without letters that look alike."""
    parts = ("".join(secrets.choice(_EASY_TO_READ) for _ in range(4)) for _ in range(3))
    return "-".join(parts)


def _check(session: Session, wanted: NewAccount, password: str) -> None:
    if wanted.role is Role.ANONYMOUS:
        raise AccountRefused("บทบาทต้องเป็น volunteer, inspector, viewer หรือ officer")
    if (wanted.role is Role.OFFICER) != (wanted.level is not None):
        raise AccountRefused("เจ้าหน้าที่ต้องมีระดับ (district, province, department) บทบาทอื่นไม่มี")
    if not _USERNAME.fullmatch(wanted.username):
        raise AccountRefused("ชื่อผู้ใช้ต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข จุด ขีด 3-40 ตัว")
    if not wanted.name_th.strip():
        raise AccountRefused("ต้องมีชื่อ-สกุล")
    if len(password) < SHORTEST_PASSWORD:
        raise AccountRefused(f"รหัสผ่านต้องยาวอย่างน้อย {SHORTEST_PASSWORD} ตัวอักษร")
    if session.scalar(select(Account.id).where(Account.username == wanted.username)):
        raise AccountRefused(f"มีชื่อผู้ใช้ {wanted.username} แล้ว")


def _areas(session: Session, wanted: NewAccount) -> list[Area]:
    areas = list(session.scalars(select(Area).where(Area.code.in_(wanted.area_codes))))
    areas.sort(key=lambda area: wanted.area_codes.index(area.code))
    unknown = sorted(set(wanted.area_codes) - {area.code for area in areas})
    if unknown or not areas:
        raise AccountRefused(f"ไม่พบพื้นที่ {', '.join(unknown) or '(ต้องระบุอย่างน้อยหนึ่ง)'}")
    if wanted.role is Role.VOLUNTEER and any(area.level != "village" for area in areas):
        raise AccountRefused("พื้นที่ของอาสาสมัครต้องเป็นหมู่บ้าน")
    return areas


def _assign(session: Session, account: UUID, villages: Sequence[Area]) -> None:
    round_id = session.scalar(select(Round.id).where(Round.is_current))
    if round_id is None:
        raise AccountRefused("ยังไม่มีรอบการจัดเก็บที่เปิดอยู่ จึงมอบหมายหมู่บ้านไม่ได้")
    session.add_all(
        Assignment(round_id=round_id, account_id=account, village_code=one.code, path=one.path)
        for one in villages
    )


@dataclass(frozen=True)
class Listed:
    """One account as a list shows it."""

    username: str
    role: str
    level: str | None
    name_th: str
    status: str
    areas: tuple[str, ...]


def listed(session: Session) -> list[Listed]:
    """All accounts with the areas granted to them, by role and name."""
    areas: dict[UUID, list[str]] = {}
    for grant in session.scalars(select(Grant).where(Grant.ended_at.is_(None)).order_by(Grant.id)):
        areas.setdefault(grant.account_id, []).append(grant.area_code)
    accounts = session.scalars(select(Account).order_by(Account.role, Account.username))
    return [
        Listed(
            one.username, one.role, one.level, one.name_th, one.status, tuple(areas.get(one.id, ()))
        )
        for one in accounts
    ]
