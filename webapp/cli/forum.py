"""flask forum: a village's sample worked out again from its published seed."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import select

from webapp.cli.loading import loader_session
from webapp.domain.forum.draw import Drawn, number_of
from webapp.models.forum import Forum, ForumHouse
from webapp.models.survey_round import Round
from webapp.services import forum as acts

forum_cli = AppGroup("forum", help="Back-checks at village forums.")


@forum_cli.command("sample")
@click.argument("village")
@click.option("--round", "round_id", help="The round; the current one if none is named.")
def sample(village: str, round_id: str | None) -> None:
    """Draw the sample of VILLAGE again, and say whether it is the one that is kept.

    Each line: place, sample or reserve, household, and the beginning of its number.
    """
    with loader_session() as session:
        chosen = round_id or session.scalar(select(Round.id).where(Round.is_current))
        forum = session.scalar(
            select(Forum).where(Forum.village_code == village, Forum.round_id == chosen)
        )
        if forum is None:
            raise click.ClickException("หมู่บ้านนี้ยังไม่ได้สุ่มตัวอย่างในรอบนี้")
        again = acts.drawn_again(forum)
        kept = session.execute(
            select(ForumHouse.household_id, ForumHouse.is_reserve)
            .where(ForumHouse.forum_id == forum.id)
            .order_by(ForumHouse.place)
        ).all()
    click.echo(forum.seed)
    for one in again:
        click.echo(_line(forum.seed, one))
    if [(one.household, one.is_reserve) for one in again] != [tuple(row) for row in kept]:
        raise click.ClickException("ตัวอย่างที่คิดใหม่ไม่ตรงกับที่เก็บไว้ในทะเบียน")
    click.echo("ตรงกับตัวอย่างที่เก็บไว้ในทะเบียน")


def _line(seed: str, one: Drawn) -> str:
    part = "reserve" if one.is_reserve else "sample"
    return f"{one.place}\t{part}\t{one.household}\t{number_of(seed, one.household)[:12]}"
