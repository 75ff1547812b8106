"""Example requests about people and about oneself: registration, accounts, how somebody gets in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask

from tests.services.scopes_places import BESIDE
from tests.web.rights_asking import Example, form_of, page
from tests.web.rights_world import DESK_TARGETS, VILLAGES, Person, Target

UNKNOWN = UUID(int=79)


def account(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The person asked about."""
    return {"account": target.account}


def phone(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """The phone of the village's volunteer."""
    return {"device": target.thing.device}


def managed(*ok: int, **more: Any) -> Example:
    """What an officer does about somebody below, in their areas."""
    more = {"values": account, "about": (*VILLAGES, *DESK_TARGETS)} | more
    return page(*ok, whose=Person.manages, **more)


def own_phone(*ok: int, **more: Any) -> Example:
    """What somebody does about their own phone."""
    about = (Target(BESIDE.code, BESIDE), *VILLAGES[2:])
    return page(*ok, about=about, values=phone, whose=Person.is_asked_about, **more)


def viewer(app: Flask, person: Person, target: Target) -> dict[str, Any]:
    """Somebody whom every officer may add."""
    return {"kind": "viewer"}


PEOPLES: dict[tuple[str, str], Example] = {
    ("auth.passkey", "POST"): page(403, form=form_of(answer='{"id": "AAAA"}')),
    ("second.show", "GET"): page(401),
    ("second.show", "POST"): page(401),
    ("second.enrol", "GET"): page(401),
    ("second.enrol", "POST"): page(401),
    ("first.enter", "GET"): page(),
    ("first.enter", "POST"): page(422, form=form_of(code="123")),
    ("first.choose", "GET"): page(403),
    ("first.choose", "POST"): page(403, form=form_of(password="never read")),
    ("proof.page", "GET"): page(),
    ("proof.page", "POST"): page(422, form=form_of(answer="{}")),
    ("proof.go_on", "GET"): page(302),
    ("me.page", "GET"): page(),
    ("me.password", "POST"): page(422, form=form_of(old="", new="short")),
    ("me.add_passkey", "POST"): page(422),
    ("me.end_passkey", "POST"): page(404, form=lambda target: {"id": "00ff"}),
    ("me.name_phone", "POST"): own_phone(303, form=form_of(name="เครื่องแรก")),
    ("me.revoke_phone", "POST"): page(404, values=lambda *_: {"device": UNKNOWN}),
    ("me.end_session", "POST"): page(404, form=form_of(mark="0")),
    ("me.reset_authenticator", "POST"): page(404),
    ("entry.make_code", "POST"): managed(200),
    ("entry.revoke_phone", "POST"): managed(
        303,
        404,
        values=lambda app, person, target: {
            "account": target.account,
            "device": target.thing.device,
        },
    ),
    ("entry.reset_authenticator", "POST"): managed(404),
    ("entry.end_passkey", "POST"): managed(
        303, 404, form=lambda target: {"id": target.thing.digest.hex()}
    ),
    ("people.worklist", "GET"): page(),
    ("people.search", "POST"): page(303),
    ("people.approve_many", "POST"): page(303),
    ("people.act_on_many", "POST"): page(303, form=form_of(act="refuse")),
    ("people.person", "GET"): managed(),
    ("people.approve", "POST"): managed(409),
    ("people.resume", "POST"): managed(409, form=form_of()),
    ("people.act", "POST"): managed(409, form=form_of(act="reconsider")),
    ("people.unmask", "POST"): managed(422, form=form_of(reason="")),
    ("people.edit", "GET"): managed(),
    ("people.edit", "POST"): managed(422),
    ("people.transfer", "GET"): managed(),
    ("people.transfer", "POST"): managed(409, 422),
    ("people.choose_kind", "GET"): page(),
    ("people.new", "GET"): page(values=viewer),
    ("people.new", "POST"): page(422, values=viewer),
    ("people.import_list", "GET"): page(),
    ("people.import_list", "POST"): page(422),
    ("people.import_example", "GET"): page(),
}
