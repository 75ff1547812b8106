"""The register's database and its three roles, and the addresses the application reads.

bin/database.py up | down | remove [folder of var]
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

import cluster

NAME = "jpt"
CLUSTERS = ("pg", "test-pg", "durable-test-pg")
"""The application's server, the tests' fast one, and the tests' one that gets killed."""
ROLES = {
    "jpt_owner": "nobypassrls",
    "jpt_app": "nobypassrls",
    "jpt_loader": "bypassrls",
}
"""Owner: owns every object, runs migrations. App: serves. Loader: bulk loads, command line only."""


@dataclass(frozen=True)
class Addresses:
    """Connections of the three roles to one database, as SQLAlchemy writes them."""

    app: str
    owner: str
    loader: str

    def environment(self, var: Path) -> dict[str, str]:
        """What the application reads from its environment."""
        return {
            "JPT_DATABASE_URL": self.app,
            "JPT_OWNER_URL": self.owner,
            "JPT_LOADER_URL": self.loader,
            "JPT_VAR": str(var.absolute()),
            "FLASK_APP": "wsgi",
        }


def passwords(folder: Path) -> dict[str, str]:
    """Each role's random password, made once and kept in a file only the caller can read."""
    path = folder / "database.json"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = {role: secrets.token_urlsafe(24) for role in ROLES}
        write_private(path, json.dumps(made))
    found: dict[str, str] = json.loads(path.read_text())
    return found


def write_private(path: Path, text: str) -> None:
    """The file holds the text and nobody else can read it, at no moment."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    unfinished.replace(path)


def ensure_roles(server: cluster.Server, secret: dict[str, str]) -> None:
    """The three roles exist with these passwords; none is a superuser."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(server.address(), autocommit=True) as connection:
        existing = {row[0] for row in connection.execute("select rolname from pg_roles")}
        for role, bypass in ROLES.items():
            verb = "alter" if role in existing else "create"
            statement = (
                f"{verb} role {{}} login nosuperuser nocreatedb nocreaterole {bypass} password {{}}"
            )
            connection.execute(
                sql.SQL(statement).format(sql.Identifier(role), sql.Literal(secret[role]))
            )


def create_database(server: cluster.Server, name: str) -> None:
    """An empty database with PostGIS, owned by jpt_owner, that only the three roles may enter."""
    import psycopg

    with psycopg.connect(server.address(), autocommit=True) as connection:
        known = connection.execute("select datname from pg_database").fetchall()
        if (name,) not in known:
            connection.execute(f"create database {name} owner jpt_owner")
    grant_entry(server, name)
    with psycopg.connect(server.address(name), autocommit=True) as connection:
        connection.execute("create extension if not exists postgis")


def grant_entry(server: cluster.Server, name: str) -> None:
    """Only the three roles may enter; only the loader makes temporary tables."""
    import psycopg

    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute(f"revoke all on database {name} from public")
        connection.execute(f"grant connect on database {name} to jpt_app, jpt_loader")
        connection.execute(f"grant temporary on database {name} to jpt_loader")


def addresses(server: cluster.Server, secret: dict[str, str], name: str) -> Addresses:
    """How each role reaches the database."""

    def of(role: str) -> str:
        return f"postgresql+psycopg://{role}:{secret[role]}@127.0.0.1:{server.port}/{name}"

    return Addresses(of("jpt_app"), of("jpt_owner"), of("jpt_loader"))


def up(var: Path) -> None:
    """Server, roles and database are there, and `environment` in var names them."""
    var.mkdir(parents=True, exist_ok=True)
    server = cluster.up(var / "pg")
    secret = passwords(var / "keys")
    ensure_roles(server, secret)
    create_database(server, NAME)
    found = addresses(server, secret, NAME).environment(var) | {"JPT_DEMO": "1"}
    lines = [f"export {key}={shlex.quote(value)}\n" for key, value in found.items()]
    write_private(var / "environment", "".join(lines))


def main(arguments: list[str]) -> int:
    """Do what the first word says to the server in the folder that the second names."""
    act, var = arguments[0], Path((arguments[1:] or ["var"])[0])
    try:
        if act == "up":
            up(var)
        for name in CLUSTERS:
            if act == "down":
                cluster.down(var / name)
            if act == "remove":
                cluster.remove(var / name)
    except cluster.ClusterFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
