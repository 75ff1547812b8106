"""flask demo: a made-up province to look at, and made-up millions to measure with."""

from __future__ import annotations

import time
import unicodedata
from datetime import date, datetime, timedelta, timezone

import click
from flask import current_app
from flask.cli import AppGroup

from webapp.cli.loading import config, loader_session
from webapp.demo import cast, masses
from webapp.demo import load as loading
from webapp.demo.sending import Register

ABOUT_SIGNING_IN = (
    "เจ้าหน้าที่ใส่รหัส 6 หลักที่หน้าจอแสดงให้ในข้อมูลตัวอย่าง อาสาสมัครตั้ง PIN ของเครื่องเอง",
    "Officers enter the six digits that the page shows; volunteers choose their phone's PIN.",
)

demo_cli = AppGroup("demo", help="The demo province.")
THAILAND = timezone(timedelta(hours=7))


@demo_cli.command("load")
@click.option("--seed", default=1, show_default=True)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Today, if not given.")
def load(seed: int, day: datetime | None) -> None:
    """Load the demo province: areas, people, households, interviews; once."""
    _refuse_outside_demo()
    began = time.monotonic()
    today: date = (day or datetime.now(THAILAND)).date()
    register = Register(current_app.extensions["keys"], config().evidence)
    with loader_session() as session:
        loaded = loading.load(session, register, seed, today, _show_progress)
    if loaded.was_there:
        click.echo("ข้อมูลตัวอย่างมีอยู่แล้ว")
        return
    click.echo(
        f"ข้อมูลตัวอย่าง: {loaded.households} ครัวเรือน {loaded.interviews} การสัมภาษณ์ "
        f"ใน {time.monotonic() - began:.0f} วินาที"
    )


@demo_cli.command("cast")
def show_cast() -> None:
    """Print who can sign in, with what, and as what."""
    rows = [("username", "password", "บทบาท / role", "ชื่อ", "พื้นที่ / where")]
    for one in cast.CAST:
        level = f" {cast.LEVEL_TH[one.level]}" if one.level else ""
        role = f"{cast.ROLE_TH[one.role]}{level} / {one.role}{f' {one.level}' if level else ''}"
        where = f"{one.where_th} / {one.where_en}"
        rows.append((one.username, one.password, role, one.name_th, where))
    widths = [max(_width(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        cells = (cell + " " * (wide - _width(cell)) for cell, wide in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    click.echo()
    for line in ABOUT_SIGNING_IN:
        click.echo(line)


@demo_cli.command("generate")
@click.option("--households", type=click.IntRange(1), required=True)
@click.option("--villages", type=click.IntRange(1), help="1,000, or fewer for few households.")
@click.option("--interviewed", type=click.FloatRange(0, 1), default=1.0, show_default=True)
@click.option("--templates", default=300, show_default=True)
@click.option("--seed", default=1, show_default=True)
def generate(
    households: int, villages: int | None, interviewed: float, templates: int, seed: int
) -> None:
    """Make any number of households, by COPY, for measuring; every time adds more."""
    _refuse_outside_demo()
    began = time.monotonic()
    keys = current_app.extensions["keys"]
    wanted = masses.Wanted(
        households, villages or max(1, min(1_000, households // 4)), interviewed, templates, seed
    )
    with loader_session() as session:
        today = datetime.now(THAILAND).date()
        done = masses.generate(session, config().loader_url, keys, wanted, today, _show_done)
    if config().owner_url:
        masses.analyze(config().owner_url)
    click.echo(f"{done:,} ครัวเรือน ใน {time.monotonic() - began:.0f} วินาที")


def _refuse_outside_demo() -> None:
    """The cast's passwords are known to everybody."""
    if not config().demo:
        raise click.ClickException("ข้อมูลตัวอย่างใช้ได้เฉพาะเครื่องทดลอง (JPT_DEMO=1) เท่านั้น")


def _show_done(done: int) -> None:
    if done % 50_000 < masses.HOUSEHOLDS_A_BATCH:
        click.echo(f"  {done:,} ครัวเรือน")


def _show_progress(done: int, of: int) -> None:
    if done % 50 == 0 or done == of:
        click.echo(f"  {done}/{of} การสัมภาษณ์")


def _width(text: str) -> int:
    """Columns on a terminal: Thai vowels and tones above and below take none."""
    return sum(unicodedata.category(letter) != "Mn" for letter in text)
