"""Who acts, and what the database may show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is in the survey; the glossary's words."""

    ANONYMOUS = "anonymous"
    VOLUNTEER = "volunteer"
    INSPECTOR = "inspector"
    VIEWER = "viewer"
    OFFICER = "officer"


class Level(StrEnum):
    """The level an officer works at."""

    DISTRICT = "district"
    PROVINCE = "province"
    DEPARTMENT = "department"


@dataclass(frozen=True)
class Scope:
    """The database's view of who asks, set at the start of a transaction.

    `areas` are area paths (`TH.43.4301.`); whatever lies below one is inside the scope.
    Every field left empty shows nothing.
    """

    role: str
    account: UUID | None = None
    areas: tuple[str, ...] = ()
    households: tuple[UUID, ...] = ()
    interviews: tuple[UUID, ...] = ()
    door_token: bytes | None = None
    door_name: str = ""
    level: str = ""

    def settings(self) -> dict[str, str]:
        """The session settings that the row policies read."""
        return {
            "jpt.role": self.role,
            "jpt.account": str(self.account or ""),
            "jpt.areas": ",".join(self.areas),
            "jpt.households": _joined(self.households),
            "jpt.interviews": _joined(self.interviews),
            "jpt.door_token": (self.door_token or b"").hex(),
            "jpt.door_name": self.door_name,
            "jpt.level": self.level,
        }


@dataclass(frozen=True)
class Actor:
    """A signed-in person with their role and the areas granted to them."""

    account: UUID
    role: Role
    name_th: str
    username: str
    level: Level | None = None
    areas: tuple[str, ...] = ()
    households: tuple[UUID, ...] = ()

    def scope(self) -> Scope:
        """What this person may see."""
        level = self.level.value if self.level else ""
        return Scope(self.role.value, self.account, self.areas, self.households, level=level)

    def works_in(self, path: str) -> bool:
        """Whether the area lies inside one of this person's areas."""
        return any(path.startswith(area) for area in self.areas)


def intake(*interviews: UUID, account: UUID | None = None) -> Scope:
    """The register's own scope: finds and adds by interview id, shows nothing else."""
    return Scope("intake", account, interviews=interviews)


def door(*, token: bytes | None = None, name: str = "") -> Scope:
    """The scope of signing in: one session by its digest, or one account by its name."""
    return Scope("door", door_token=token, door_name=name)


def registration(account: UUID) -> Scope:
    """The scope of registering oneself: one waiting person, by the id made for them."""
    return Scope("register", account)


NOBODY = Scope("nobody")


def _joined(ids: Iterable[UUID]) -> str:
    return ",".join(str(one) for one in ids)
