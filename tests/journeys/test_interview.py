"""A whole interview of five people without a signal, through a killed browser, to the map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import families, world
from tests.fixtures.application import Server
from tests.fixtures.browser import Start, kill
from tests.inspector import Inspector
from tests.journeys import in_the_register
from tests.volunteer import Volunteer
from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.models.household import Household
from webapp.models.interview import Interview, Member
from webapp.services import decoding

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Response


def test_an_interview_without_a_signal_survives_a_killed_browser_and_is_seen_on_the_map(
    live_server: Server,
    the_world: Session,
    app: Flask,
    start: Start,
    profile: Path,
    desk: BrowserContext,
) -> None:
    mali = Volunteer(start(), live_server.address, families.FIVE)
    mali.sign_in()
    mali.context.set_offline(True)
    mali.reload()
    photo = an_interview_of_five(mali)
    with mali.context.expect_event("close"):
        kill(profile)
    live_server.stop()  # Background Sync would send it before anybody looks

    again = Volunteer(start(), live_server.address)
    is_still_there(again, the_world)
    live_server.start()
    again.context.set_offline(False)
    again.outbox_says("ส่งครบแล้ว")
    is_what_was_entered(the_world, mali)
    the_evidence_opens(the_world, app, photo)
    make_copies(app)
    an_inspector_sees_it(desk, live_server.address)


def an_interview_of_five(mali: Volunteer) -> list[float]:
    """From the list to the outbox; how the photo looks on the phone."""
    expect(mali.page.locator(".houses .house")).to_have_count(2)
    mali.interview()
    mali.next()
    mali.give_evidence()
    photo = mali.shown_photo()
    mali.next()
    mali.finish()
    mali.outbox_says("รอส่ง 1 บ้าน")
    return photo


def is_still_there(mali: Volunteer, register: Session) -> None:
    """A cold start without network or register."""
    mali.context.set_offline(True)
    mali.open("/app/")
    mali.outbox_says("รอส่ง 1 บ้าน")
    assert in_the_register.revisions(register) == 0


def is_what_was_entered(register: Session, mali: Volunteer) -> None:
    """Position, people, cover and every single answer in PostGIS."""
    one = in_the_register.the_interview(register)
    where = register.scalar(select(func.st_astext(Interview.point)))
    assert (where, one.accuracy, one.position_inside) == ("POINT(102.701 17.851)", 12, True)
    assert (one.state, one.outcome, one.people, one.evidence_due) == (
        "received",
        "interviewed",
        5,
        0,
    )
    document = in_the_register.the_document(register)
    people = [in_the_register.as_kept(p, f"m{at}") for at, p in enumerate(families.FIVE.people, 1)]
    ticked = [{n: s for n, s in one.items() if s is not False} for one in document["members"]]
    assert ticked == people
    assert families.COVER.items() <= document["cover"].items()
    by_shortcut = document["answers"].keys() - mali.said.keys()
    usual = in_the_register.usual_answers()
    assert document["answers"] == mali.said | {name: usual[name] for name in by_shortcut}
    assert len(by_shortcut) > 30
    assert document["paradata"]["shortcuts"]
    assert sum(document["paradata"]["section_seconds"].values()) > 0
    assert register.get_one(Household, world.HOUSE).state == "received"
    names = list(register.scalars(select(Member.name).order_by(Member.ordinal)))
    assert names == [f"{p['first_name']} {p['last_name']}" for p in families.FIVE.people]


def the_evidence_opens(register: Session, app: Flask, photo: list[float]) -> None:
    """ID numbers, photo, signature and strokes: sealed, and the same when opened."""
    numbers = in_the_register.id_numbers(register, app.extensions["keys"])
    assert numbers == [person["national_id"] for person in families.FIVE.people]
    interview = in_the_register.the_interview(register)
    opened = in_the_register.evidence(register, app, interview)
    assert sorted(opened) == ["photo", "signature", "signature_strokes"]
    assert in_the_register.look_of(opened["photo"]) == pytest.approx(photo, abs=2)
    assert in_the_register.is_a_photo(opened["photo"])
    assert in_the_register.is_a_signature(opened["signature"], opened["signature_strokes"])


def make_copies(app: Flask) -> None:
    """What the decoder does by itself in a running installation."""
    folder = app.config["JPT"].evidence
    with app.app_context():
        done = True
        while done:
            with transaction(Scope("decoder")) as session:
                done = decoding.decode_one(session, app.extensions["keys"], folder)


def an_inspector_sees_it(desk: BrowserContext, address: str) -> None:
    """Nida signs in at her desk, finds the household and opens it beside the map."""
    tiles: list[Response] = []
    desk.on("response", lambda got: tiles.append(got) if ".mvt" in got.url else None)
    nida = Inspector(desk, address)
    nida.choose(world.HOUSE)
    expect(nida.title).to_have_text("บ้านเลขที่ 1")
    panel = nida.page.locator("#panel")
    expect(panel.locator("[data-longitude]").first).to_have_attribute("data-longitude", "102.701")
    pictures = panel.locator(".pictures img")
    expect(pictures).to_have_count(2)
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).not_to_have_js_property("naturalWidth", 0)
    for words in ("คลาดเคลื่อนไม่เกิน 12 เมตร", "5 คน", "อยู่ใน ต.ในเมือง"):
        expect(panel).to_contain_text(words)
    assert any(tile.body() for tile in tiles)
