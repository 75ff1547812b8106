"""Everybody at a browser, and what they may ask about: near, far, above, beside, and nowhere.

The rows are those of the tests of row-level security; each person has a session of their own, kept
as the application keeps one.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.services import scopes_world as rows
from tests.services.scopes_expected import TABLES
from tests.services.scopes_places import ABROAD, BESIDE, FAR, NEAR, OWN, Place, path_of
from webapp import files
from webapp.blueprints.sessions import COOKIE
from webapp.domain.actors import Role

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

    def covers(self, code: str) -> bool:
        """Whether the area is one of theirs or lies in one."""
        own = (path_of(area) if area != "TH" else "TH." for area in self.areas)
        return code != NOWHERE and any(path_of(code).startswith(path) for path in own)

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
    """An area that is asked about; with a village, also the interview in it."""

    code: str
    place: Place | None = None

    @property
    def interview(self) -> UUID:
        """Somebody's, or nobody's."""
        return self.place.interview if self.place else UUID(int=9)


def _desk(number: int, role: Role, *areas: str) -> Person:
    return Person(rows.DESKS[number - 1].name, role, UUID(int=number), areas)


ANONYMOUS = Person("nobody", Role.ANONYMOUS, None)
VOLUNTEER = Person("volunteer", Role.VOLUNTEER, OWN.volunteer, (OWN.code,))
SINGLE = Person("volunteer of one household", Role.VOLUNTEER, BESIDE.volunteer)
IDLE = Person("volunteer whose assignment ended", Role.VOLUNTEER, NEAR.volunteer)
REVOKED = Person("revoked volunteer", Role.ANONYMOUS, FAR.volunteer)
INSPECTOR, OUTSIDER = _desk(1, Role.INSPECTOR, "4301"), _desk(2, Role.INSPECTOR, "4401")
NO_AREA = _desk(3, Role.INSPECTOR)
VIEWER = _desk(4, Role.VIEWER, "4301")
DISTRICT, OTHER_DISTRICT = _desk(5, Role.OFFICER, "4301"), _desk(6, Role.OFFICER, "4302")
PROVINCE, DEPARTMENT = _desk(7, Role.OFFICER, "43"), _desk(8, Role.OFFICER, "TH")
DESKS = (INSPECTOR, OUTSIDER, NO_AREA, VIEWER, DISTRICT, OTHER_DISTRICT, PROVINCE, DEPARTMENT)
PEOPLE = (ANONYMOUS, VOLUNTEER, SINGLE, IDLE, REVOKED, *DESKS)
REVIEWERS = tuple(one for one in DESKS if one is not VIEWER)

VILLAGES = tuple(Target(place.code, place) for place in (OWN, NEAR, FAR, ABROAD))


@dataclass
class Rights:
    """The world as built, with a browser for everybody."""

    app: Flask
    engine: Engine
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def browser(self, person: Person) -> FlaskClient:
        """The person's browser; signed in anew where the last one signed out."""
        if person.name not in self.clients:
            self.clients[person.name] = self.app.test_client()
            if person.account:
                self._sign_in(person.account, self.clients[person.name])
        return self.clients[person.name]

    def leave(self, person: Person) -> None:
        """The browser is of no more use."""
        self.clients.pop(person.name, None)

    def ask(self, question: str, **values: Any) -> Any:
        """One value, with the owner's eyes."""
        with self.engine.connect() as connection:
            return connection.scalar(text(question), values)

    def _sign_in(self, account: UUID, client: FlaskClient) -> None:
        token = secrets.token_urlsafe(32)
        with self.engine.begin() as connection:
            connection.execute(
                text(
                    "insert into sessions (token_hash, account_id, data, expires_at) "
                    "values (:hash, :account, '{}', '2999-01-01')"
                ),
                {"hash": hashlib.sha256(token.encode()).digest(), "account": account},
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
