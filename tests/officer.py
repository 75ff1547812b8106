"""An officer at the desk, in a browser without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import handset, world
from webapp.models.account import Account, Grant
from webapp.models.area import Area
from webapp.models.person import PersonDetails
from webapp.services import details

OURS = {"Sec-Fetch-Site": "same-origin"}


class Officer:
    """Signed in; what they post carries the token of the page they were on."""

    def __init__(self, app: Flask, username: str) -> None:
        self.client = app.test_client()
        assert handset.sign_in(self.client, username).status_code == 302
        self.token = ""

    def get(self, address: str) -> str:
        """The page's text; it must be there."""
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        page = answer.get_data(as_text=True)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        self.token = found[1] if found else self.token
        return page

    def post(self, address: str, **fields: Any) -> TestResponse:
        """The form as a browser posts it."""
        if not self.token:
            self.get("/office/people")
        data = {"csrf_token": self.token} | fields
        return self.client.post(f"/office/people{address}", data=data, headers=OURS)

    def names(self, address: str = "/office/people") -> list[str]:
        """Whom a list shows."""
        return re.findall(r'<th scope="row"><a [^>]*>([^<]+)', self.get(address))


def person(
    register: Session,
    secrets: dict[str, bytes],
    name: str,
    *,
    village: str = world.NAM_SAI,
    role: str = "volunteer",
    level: str | None = None,
    status: str = "waiting",
    numbers: Iterable[str] = ("", ""),
) -> UUID:
    """Somebody in the register as registering would have left them; their id."""
    account = uuid4()
    path = world.PATHS[village]
    home = village if len(village) >= 8 else None
    register.add(
        Account(
            id=account,
            role=role,
            level=level,
            username=f"t-{account.hex[:12]}",
            name_th=name,
            path=path,
            status=status,
        )
    )
    register.flush()
    sealed = details.sealed(secrets, account, dict(zip(details.NUMBERS, numbers, strict=True)))
    register.add(PersonDetails(account_id=account, home_village_code=home, **sealed))
    register.commit()
    return account


def officer(register: Session, username: str, level: str, area: str) -> UUID:
    """An officer of an area who can sign in as the world's people do."""
    hashed = register.get_one(Account, world.OFFICER).password_hash
    account = uuid4()
    path = register.get_one(Area, area).path
    register.add(
        Account(
            id=account,
            role="officer",
            level=level,
            username=username,
            name_th=f"คุณ{username}",
            path=path,
            password_hash=hashed,
        )
    )
    register.flush()
    register.add(Grant(account_id=account, area_code=area, path=path))
    register.commit()
    return account
