"""What surrounds the people of the office's benchmark: their work, orders, the log, notices."""

from __future__ import annotations

from typing import Any

import psycopg

from tests import world
from tests.benchmarks.office_spread import Spread

LOG = f"""
    insert into audit_entries (at, actor_id, act, path, subject, after)
    select now() - n * interval '7 seconds', '{world.OFFICER}', 'person.approved',
        'TH.43.4301.4301' || 10 + n % 20 || '.', '{{}}', '{{"status": "active"}}'
    from generate_series(1, 1000000) n;

    insert into notices (path, area_code, roles, title_th, text_th, author_id)
    select 'TH.43.4301.', '4301', array['volunteer', 'officer'], 'ประกาศที่ ' || n,
        'ขอเชิญประชุม', '{world.OFFICER}' from generate_series(1, 5000) n;
"""


def add(connection: psycopg.Connection[Any], spread: Spread) -> None:
    """The work is there afterwards; nothing is added twice."""
    found = connection.execute("select count(*) from appointment_orders").fetchone()
    if found and found[0]:
        return
    for step in (spread.households, spread.assignments, spread.orders, LOG):
        connection.execute(step)
    connection.execute("vacuum analyze")
