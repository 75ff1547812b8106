"""flask households: the list of households to visit in a round."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.cli.loading import conclude, loader_session
from webapp.models.survey_round import Round
from webapp.services import household_import, recounting

households_cli = AppGroup("households", help="Households to visit.")


@households_cli.command("recount")
@click.option("--round", "round_id", help="The round, e.g. 2569; the current one if not given.")
@click.option("--mend", is_flag=True, help="Write what was counted.")
def recount(round_id: str | None, mend: bool) -> None:
    """Count every village afresh and say where its figures are others; nobody is held up."""
    drifts, seen = 0, 0
    with loader_session() as session:
        wanted = _round(session, round_id)
        for village in recounting.villages(session, wanted):
            found = recounting.look(session, wanted, village, mend=mend)
            session.commit()
            session.expunge_all()
            seen += 1
            if found:
                drifts += 1
                told = (f"{name} {was} → {now}" for name, (was, now) in found.columns.items())
                click.echo(f"{village}: {', '.join(told)}")
    said = f"นับใหม่ {seen:,} หมู่บ้าน ไม่ตรงกับที่เก็บไว้ {drifts:,} หมู่บ้าน"
    click.echo(f"{said} แก้แล้ว" if mend and drifts else said)
    if drifts and not mend:
        raise click.exceptions.Exit(1)


@households_cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--round", "round_id", help="The round, e.g. 2569; the current one if not given.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def import_file(file: Path, round_id: str | None, dry_run: bool) -> None:
    """Take a household list (CSV, XLSX): all of it or nothing; a second time adds none twice."""
    with loader_session() as session:
        found = _round(session, round_id)
        conclude(session, household_import.take(session, file, found), dry_run=dry_run)


def _round(session: Session, round_id: str | None) -> str:
    wanted = Round.id == round_id if round_id else Round.is_current
    found = session.scalar(select(Round.id).where(wanted))
    if found is None:
        raise click.ClickException("ไม่พบรอบการจัดเก็บนี้ในระบบ")
    return found
