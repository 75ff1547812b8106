"""flask questionnaire: versions checked, tried out on interviews, and published."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
from flask.cli import AppGroup

from webapp.domain import engine, questionnaire

questionnaire_cli = AppGroup("questionnaire", help="The questionnaire's versions.")


@questionnaire_cli.command("check", with_appcontext=False)
@click.argument("version", required=False)
@click.option("--all", "everything", is_flag=True, help="Every version that can be found.")
def check(version: str | None, everything: bool) -> None:
    """Say in plain words what is wrong with a version; all of them when none is named."""
    wanted = questionnaire.versions() if everything or version is None else [version]
    faulty = [one for one in wanted if not _is_sound(one)]
    if faulty:
        raise click.ClickException(f"ยังใช้ไม่ได้: {', '.join(faulty)}")


@questionnaire_cli.command("evaluate", with_appcontext=False)
@click.argument("version")
@click.option("--setting", "settings", multiple=True, help="A round's setting: income_line=40000.")
def evaluate(version: str, settings: tuple[str, ...]) -> None:
    """Read interviews as JSON lines; print each one's results and edit failures likewise."""
    chosen = _settings(_definition(version), settings)
    refused = 0
    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            said = _said_of(version, chosen, line)
            refused += "problem" in said
            click.echo(json.dumps({"line": number, **said}, ensure_ascii=False))
    if refused:
        raise click.ClickException(f"อ่านไม่ได้ {refused} บรรทัด")


@questionnaire_cli.command("publish", with_appcontext=False)
@click.argument("version")
def publish(version: str) -> None:
    """Fix a version for ever: its digest is kept, and a later change is refused."""
    if not _is_sound(version):
        raise click.ClickException(f"{version} ยังเผยแพร่ไม่ได้")
    try:
        digest = questionnaire.publish(version)
    except questionnaire.ChangedAfterPublication as change:
        raise click.ClickException(f"{version} เผยแพร่แล้ว แก้ไขไม่ได้ ให้ทำฉบับใหม่") from change
    click.echo(f"{version}: เผยแพร่แล้ว {digest}")


def _definition(version: str) -> dict[str, Any]:
    try:
        return questionnaire.load(version)
    except KeyError:
        known = ", ".join(questionnaire.versions())
        raise click.ClickException(f"ไม่มีแบบสอบถาม '{version}' (มี {known})") from None
    except json.JSONDecodeError as fault:
        raise click.ClickException(
            f"{version}: ไฟล์ไม่ใช่ JSON ที่ถูกต้อง (บรรทัด {fault.lineno}: {fault.msg})"
        ) from fault


def _is_sound(version: str) -> bool:
    """Print every problem of a version; whether there was none."""
    definition = _definition(version)
    try:
        problems = engine.check(definition)
    except engine.EngineFailure:
        problems = [{"where": version, "what_th": "โครงสร้างไม่ถูกต้อง", "what_en": "broken shape"}]
    for one in problems:
        click.echo(f"{version}: {one['where']}: {one['what_th']} / {one['what_en']}")
    if not questionnaire.is_unchanged(version):
        click.echo(f"{version}: เผยแพร่แล้วแต่ถูกแก้ไข / published, and edited since")
        return False
    if not problems:
        click.echo(f"{version}: ถูกต้อง / no problems")
    return not problems


def _settings(definition: dict[str, Any], pairs: tuple[str, ...]) -> engine.Settings:
    known = {one["name"] for one in definition["settings"]}
    known |= {one["module"] for one in definition["sections"] if one["module"]}
    chosen: engine.Settings = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        if name not in known:
            raise click.ClickException(f"ไม่มีค่ากำหนด '{name}' (มี {', '.join(sorted(known))})")
        try:
            chosen[name] = json.loads(value)
        except json.JSONDecodeError:
            raise click.ClickException(f"ค่าของ '{name}' ต้องเป็นตัวเลข หรือ true/false") from None
    return chosen


def _said_of(version: str, settings: engine.Settings, line: str) -> dict[str, Any]:
    try:
        interview = json.loads(line)
        if not isinstance(interview, dict):
            raise TypeError
        judged = engine.judge(version, interview, settings)
    except (ValueError, TypeError, engine.EngineFailure):
        return {"problem": "อ่านบรรทัดนี้ไม่ได้"}
    return {
        "interview": interview.get("interview"),
        "indicators": [
            _only(one, "no", "result", "eligible", "failing") for one in judged["indicators"]
        ],
        "failures": [_only(one, "id", "code", "severity", "member") for one in judged["failures"]],
        "missing": judged["missing"],
    }


def _only(found: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: found[name] for name in names if name in found}
