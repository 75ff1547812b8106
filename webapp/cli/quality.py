"""flask quality: the reckoner, which judges villages by the eight checks as they change."""

from __future__ import annotations

import time
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from webapp.cli.loading import conclude, loader_session
from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.models.survey_round import Round
from webapp.services import reckoning, register_totals

quality_cli = AppGroup("quality", help="The eight quality checks.")

RECKONER = Scope("reckoner")
PAUSE_SECONDS = 1.0


@quality_cli.command("reckon")
@click.option("--follow", is_flag=True, help="Go on until stopped.")
@click.option("--all", "everything", is_flag=True, help="Judge every village again.")
def reckon(follow: bool, everything: bool) -> None:
    """Judge every village whose figures have changed; twenty-five are a transaction."""
    if everything:
        with loader_session() as session:
            reckoning.again(session)
            session.commit()
    while True:
        try:
            with transaction(RECKONER) as session:
                done = reckoning.step(session)
        except (DBAPIError, OSError) as failure:  # the database may be away for a while
            if not follow:
                raise
            click.echo(type(failure).__name__, err=True)
            done = 0
        if done:
            continue
        if not follow:
            break
        time.sleep(PAUSE_SECONDS)


@quality_cli.command("totals")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Where the totals are from, e.g. ทร. 1 มกราคม 2569.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def totals(file: Path, source: str, dry_run: bool) -> None:
    """Take the register's houses and people of each village (CSV, XLSX): all of it or nothing."""
    with loader_session() as session:
        current = session.scalar(select(Round.id).where(Round.is_current))
        if current is None:
            raise click.ClickException("ยังไม่มีรอบการจัดเก็บปัจจุบัน")
        report = register_totals.take(session, file, current, source)
        conclude(session, report, dry_run=dry_run)
