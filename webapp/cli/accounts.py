"""flask accounts: the people who sign in, until they can register themselves."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from webapp.cli.loading import loader_session
from webapp.domain.actors import Level, Role
from webapp.services import accounts
from webapp.services.accounts import AccountRefused, NewAccount

accounts_cli = AppGroup("accounts", help="People who sign in.")

_ROLES = [one.value for one in Role if one is not Role.ANONYMOUS]
_LEVELS = [one.value for one in Level]


@accounts_cli.command("add")
@click.argument("username")
@click.option("--role", type=click.Choice(_ROLES), required=True)
@click.option("--level", type=click.Choice(_LEVELS), help="Officers only.")
@click.option("--name", "name_th", required=True, help="Name and surname, in Thai.")
@click.option("--area", "areas", multiple=True, required=True, help="Area code; may be repeated.")
@click.option("--generate", is_flag=True, help="Make a password and print it once.")
def add(
    username: str,
    role: str,
    level: str | None,
    name_th: str,
    areas: tuple[str, ...],
    generate: bool,
) -> None:
    """Add an account; the password is asked for, or read from standard input."""
    password = accounts.generated_password() if generate else _asked_password()
    wanted = NewAccount(Role(role), username, name_th, areas, Level(level) if level else None)
    pepper = current_app.extensions["keys"].secrets["pepper"]
    with loader_session() as session:
        try:
            accounts.add(session, wanted, password, pepper)
        except AccountRefused as refused:
            raise click.ClickException(str(refused)) from refused
        session.commit()
    click.echo(f"เพิ่มบัญชี {username} แล้ว")
    if generate:
        click.echo(f"รหัสผ่าน: {password}")


@accounts_cli.command("list")
def show() -> None:
    """List the accounts with their areas."""
    with loader_session() as session:
        for one in accounts.listed(session):
            level = f" ({one.level})" if one.level else ""
            areas = " ".join(one.areas)
            click.echo(f"{one.username}\t{one.role}{level}\t{one.name_th}\t{one.status}\t{areas}")


def _asked_password() -> str:
    """Never an argument: those show in the process list."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    typed: str = click.prompt("รหัสผ่าน", hide_input=True, confirmation_prompt="อีกครั้ง")
    return typed
