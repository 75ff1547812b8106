"""Everybody at a browser, and what they may ask about: near, far, above, beside, and nowhere.

The rows are those of the tests of row-level security; each person has a session of their own, kept
as the application keeps one.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.services import scopes_world as rows
from tests.services.scopes_conditions import RANK
from tests.services.scopes_expected import TABLES
from tests.services.scopes_places import ABROAD, BESIDE, FAR, NEAR, OWN, PLACES, Place, path_of
from webapp import files
from webapp.blueprints.sessions import COOKIE
from webapp.domain.actors import Role
from webapp.domain.service_plan import SERVICES

NOWHERE = "4399"
AREAS = ("4301", "43010101", "43", "4302", "44", NOWHERE)
"""Seen from district 4301: own, child, parent, sibling, another branch, and one that is none."""


@dataclass(frozen=True)
class Person:
    """Somebody who asks; `areas` are codes, `role` what the register takes them for."""

    name: str
    role: Role
    account: UUID | None
    areas: tuple[str, ...] = ()
    level: str = ""
    home: tuple[str, ...] = ()

    def covers(self, code: str) -> bool:
        """Whether the area is one of theirs or lies in one."""
        return code != NOWHERE and any(
            path_to(code).startswith(path_to(area)) for area in self.areas
        )

    def reaches(self, target: Target) -> bool:
        """Whether what is asked about lies in their areas."""
        return self.covers(target.code)

    def manages(self, target: Target) -> bool:
        """Whether they run an area around the person asked about and stand above them."""
        above = RANK[self.level] > RANK[target.level]
        return self.role is Role.OFFICER and above and self.covers(target.code)

    def is_asked_about(self, target: Target) -> bool:
        """Whether they themselves are."""
        return self.account is not None and self.account == target.account

    def relation(self, code: str) -> str:
        """How an area lies to theirs."""
        if not self.areas:
            return "none"
        mine, asked = self.areas[0], code
        if mine == asked:
            return "own"
        if self.covers(code):
            return "child"
        if mine.startswith(asked):
            return "parent"
        return "sibling" if mine[:-2] == asked[:-2] else "other branch"


@dataclass(frozen=True)
class Target:
    """What is asked about: an area, a village with all that is in it, or somebody at a desk."""

    code: str
    place: Place | None = None
    desk: Person | None = None

    @property
    def thing(self) -> Place:
        """The village's ids, or ids of nothing."""
        return self.place or Place(self.code, *[UUID(int=9)] * 5, digest=bytes(32))

    @property
    def interview(self) -> UUID:
        """Somebody's, or nobody's."""
        return self.thing.interview

    @property
    def number(self) -> int:
        """The key of what is numbered in the register."""
        return PLACES.index(self.place) + 1 if self.place else 99

    @property
    def account(self) -> UUID:
        """The person's; a village's is its volunteer."""
        found = self.desk.account if self.desk else self.thing.volunteer
        return found or UUID(int=9)

    @property
    def level(self) -> str:
        """An officer's."""
        return self.desk.level if self.desk else ""


def path_to(code: str) -> str:
    """From the country down."""
    return path_of(code) if code != "TH" else "TH."


def _desk(number: int, role: Role, *areas: str) -> Person:
    desk = rows.DESKS[number - 1]
    level = desk.scope.level if desk.scope else ""
    return Person(desk.name, role, UUID(int=number), areas, level)


ANONYMOUS = Person("nobody", Role.ANONYMOUS, None)
VOLUNTEER = Person("volunteer", Role.VOLUNTEER, OWN.volunteer, (OWN.code,), home=(OWN.code,))
SINGLE = Person("volunteer of one household", Role.VOLUNTEER, BESIDE.volunteer, home=(BESIDE.code,))
IDLE = Person("volunteer whose assignment ended", Role.VOLUNTEER, NEAR.volunteer, home=(NEAR.code,))
REVOKED = Person("revoked volunteer", Role.ANONYMOUS, FAR.waiting)
INSPECTOR, OUTSIDER = _desk(1, Role.INSPECTOR, "4301"), _desk(2, Role.INSPECTOR, "4401")
NO_AREA = _desk(3, Role.INSPECTOR)
VIEWER = _desk(4, Role.VIEWER, "4301")
DISTRICT, OTHER_DISTRICT = _desk(5, Role.OFFICER, "4301"), _desk(6, Role.OFFICER, "4302")
PROVINCE, DEPARTMENT = _desk(7, Role.OFFICER, "43"), _desk(8, Role.OFFICER, "TH")
DESKS = (INSPECTOR, OUTSIDER, NO_AREA, VIEWER, DISTRICT, OTHER_DISTRICT, PROVINCE, DEPARTMENT)
PEOPLE = (ANONYMOUS, VOLUNTEER, SINGLE, IDLE, REVOKED, *DESKS)
REVIEWERS = tuple(one for one in DESKS if one is not VIEWER)

PAPER = b"%PDF"
VILLAGES = tuple(Target(place.code, place) for place in (OWN, NEAR, FAR, ABROAD))
DESK_TARGETS = tuple(
    Target(person.areas[0], desk=person) for person in (VIEWER, DISTRICT, OTHER_DISTRICT, PROVINCE)
)
PROVED = '{"proved_at": "2999-01-01T00:00:00+00:00"}'
UNPROVED = '{"proved_at": "2000-01-01T00:00:00+00:00"}'


@dataclass
class Rights:
    """The world as built, with a browser for everybody."""

    app: Flask
    engine: Engine
    clients: dict[tuple[str, str], FlaskClient] = field(default_factory=dict)

    def browser(self, person: Person, kept: str = PROVED) -> FlaskClient:
        """The person's browser; signed in anew where the last one signed out."""
        if (person.name, kept) not in self.clients:
            self.clients[person.name, kept] = self.app.test_client()
            if person.account:
                self._sign_in(person.account, self.clients[person.name, kept], kept)
        return self.clients[person.name, kept]

    @contextmanager
    def no_form_tokens(self) -> Iterator[None]:
        """Forms take what has no token; the guard's own look at where a request is from stays."""
        self.app.config["WTF_CSRF_ENABLED"] = False
        try:
            yield
        finally:
            self.app.config["WTF_CSRF_ENABLED"] = True

    def leave(self, person: Person) -> None:
        """The browser is of no more use."""
        self.clients.pop((person.name, PROVED), None)

    def ask(self, question: str, **values: Any) -> Any:
        """One value, with the owner's eyes."""
        with self.engine.connect() as connection:
            return connection.scalar(text(question), values)

    def _sign_in(self, account: UUID, client: FlaskClient, kept: str) -> None:
        token = secrets.token_urlsafe(32)
        with self.engine.begin() as connection:
            connection.execute(
                text(
                    "insert into sessions (token_hash, account_id, data, expires_at) "
                    "values (:hash, :account, cast(:kept as jsonb), '2999-01-01')"
                ),
                {
                    "hash": hashlib.sha256(token.encode()).digest(),
                    "account": account,
                    "kept": kept,
                },
            )
        client.set_cookie(COOKIE, token, domain="localhost")


def build(app: Flask, engine: Engine) -> Rights:
    """Rows of every table; the desks have their grants, every interview a picture."""
    with Session(engine) as session:
        rows.build(session, TABLES)
        for person in DESKS:
            for code in person.areas:
                session.execute(
                    text("insert into grants (account_id, area_code, path) values (:a, :c, :p)"),
                    {"a": person.account, "c": code, "p": path_of(code) if code != "TH" else "TH."},
                )
        session.execute(
            text("update accounts set status = 'suspended' where id = :id"),
            {"id": REVOKED.account},
        )
        session.execute(text("delete from authenticators"))  # theirs could not be opened
        _open_services(session)
        _papers(app, session)
        session.commit()
    _pictures(app)
    app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own interface
    return Rights(app, engine)


def _pictures(app: Flask) -> None:
    key = app.extensions["keys"].secrets["copies"]
    for target in VILLAGES:
        if target.place:
            files.keep_copy(
                app.config["JPT"].evidence, key, target.place.digest, "small", b"a face"
            )


def _open_services(session: Session) -> None:
    """Every service of the round is open; recording is already."""
    for service in SERVICES:
        session.execute(
            text(
                "insert into service_windows (round_id, service, opens_on) "
                "values (:round, :service, '2000-01-01') on conflict do nothing"
            ),
            {"round": rows.ROUND, "service": service},
        )


def _papers(app: Flask, session: Session) -> None:
    """Every order has its document, sealed, and every notice its file."""
    config = app.config["JPT"]
    for target in VILLAGES:
        order = target.thing.order
        digest = _sealed(app, b"appointment order " + order.bytes)
        values = {"order": order, "digest": digest, "number": target.number}
        session.execute(
            text(
                "update appointment_orders set document_sha256 = :digest, "
                "document_type = 'application/pdf', document_name = 'a.pdf' where id = :order"
            ),
            values,
        )
        minutes = _sealed(app, b"working group minutes " + order.bytes)
        session.execute(
            text(
                "update working_group_minutes set document_sha256 = :digest, "
                "document_type = 'application/pdf', document_name = 'a.pdf' where id = :order"
            ),
            {"order": order, "digest": minutes},
        )
        paper = hashlib.sha256(PAPER + order.bytes).digest()
        files.keep(config.documents, iter([PAPER + order.bytes]), paper, 1000)
        session.execute(
            text("update notice_files set sha256 = :digest, size = 20 where id = :number"),
            values | {"digest": paper},
        )


def _sealed(app: Flask, about: bytes) -> bytes:
    """A paper on disk, sealed to what it is about; its digest there."""
    key, nonce = app.extensions["keys"].secrets["copies"], secrets.token_bytes(12)
    sealed = nonce + AESGCM(key).encrypt(nonce, PAPER + about, about)
    digest = hashlib.sha256(sealed).digest()
    files.keep(app.config["JPT"].documents, iter([sealed]), digest, len(sealed))
    return digest
