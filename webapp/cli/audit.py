"""flask audit: the sealer, which goes on for ever, and the proof of the audit log."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from webapp.cli.loading import config, loader_session
from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.keys import Keys
from webapp.services import audit_proof, audit_sealing, checkpoints

audit_cli = AppGroup("audit", help="The audit log: sealing and proof.")

SEALER = Scope("sealer")
PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
MOST_LINES = 200


@audit_cli.command("seal")
@click.option("--forever", is_flag=True, help="Go on until stopped.")
def seal(forever: bool) -> None:
    """Number and chain what has been committed, and sign how far the chain reaches."""
    pause = PAUSE_SECONDS
    while True:
        try:
            more = _seal_some()
            pause = PAUSE_SECONDS
        except audit_sealing.WentBack as back:
            raise click.ClickException(str(back)) from back
        except (DBAPIError, OSError) as failure:  # the database may be away for a while
            if not forever:
                raise
            click.echo(f"{datetime.now(UTC).isoformat()} {type(failure).__name__}", err=True)
            more, pause = False, min(pause * 2, LONGEST_PAUSE_SECONDS)
        if more:
            continue
        if not forever:
            break
        time.sleep(pause)


def _seal_some() -> bool:
    """The checkpoint follows the commit: one that went ahead of it could accuse the innocent."""
    with transaction(SEALER) as session:
        sealed = audit_sealing.seal(session)
    with transaction(SEALER) as session:
        head = audit_sealing.head(session)
    if head.number:
        checkpoints.add(config().checkpoints, _keys(), head, datetime.now(UTC))
    return sealed > 0


@audit_cli.command("verify")
def verify() -> None:
    """Find any edit, deletion, insertion, reordering or truncation, and say where."""
    with loader_session() as session:
        proof = audit_proof.verify(session, checkpoints.read(config().checkpoints, _keys()))
        session.rollback()
    for finding in proof.findings[:MOST_LINES]:
        click.echo(f"[{finding.kind}] {finding.message_th}")
    if len(proof.findings) > MOST_LINES:
        click.echo(f"และอีก {len(proof.findings) - MOST_LINES:,} รายการ")
    click.echo(f"ตรวจ {proof.entries:,} รายการ กับจุดยืนยัน {proof.checkpoints:,} จุด")
    click.echo(f"มีลายเซ็นครอบคลุมถึงลำดับ {proof.covered:,}")
    if proof.findings:
        click.echo("พบสิ่งผิดปกติในบันทึกการใช้งาน กรุณาเก็บหลักฐานและแจ้งผู้ดูแลระบบ")
        raise click.exceptions.Exit(1)
    click.echo("ไม่พบการแก้ไขย้อนหลัง")


def _keys() -> Keys:
    kept: Keys = current_app.extensions["keys"]
    return kept
