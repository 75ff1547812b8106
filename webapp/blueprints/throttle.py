"""Wrong tries at the door, counted by name and by network, in a transaction of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from webapp.blueprints import entering, network
from webapp.db import transaction
from webapp.domain.actors import door
from webapp.domain.problems import Problem
from webapp.services import signing_in

WRONG = frozenset({"wrong-password", "wrong-code", "wrong-proof", "passkey"})


@contextmanager
def counted(name: str) -> Iterator[None]:
    """What is tried inside is refused after too many wrong tries; a wrong one counts.

    Raises:
        Problem: `throttled`, with the seconds to wait; and whatever was wrong.
    """
    subjects = signing_in.subjects(name, network.of_asker(), entering.secret("pepper"))
    with transaction(door(name=name)) as database:
        signing_in.refuse_if_throttled(database, subjects, datetime.now(UTC))
    try:
        yield
    except Problem as problem:
        if problem.code in WRONG:
            with transaction(door(name=name)) as database:
                signing_in.note_failure(database, subjects, datetime.now(UTC))
        raise
    with transaction(door(name=name)) as database:
        signing_in.forget_failures(database, subjects)
