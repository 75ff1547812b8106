"""What surrounds the people of the office's benchmark: their work, orders, the log, notices."""

from __future__ import annotations

from typing import Any

import psycopg

from tests import world

ROUND = world.ROUND
WORK = f"""
    insert into households (id, round_id, village_code, path, house_number, head_name)
    select gen_random_uuid(), '{ROUND}', a.code, a.path, n::text, 'หัวหน้า ตัวอย่าง' || n
    from areas a, generate_series(1, 150) n
    where a.level = 'village' and a.code not in (select village_code from households);

    insert into village_progress (round_id, village_code, path, todo)
    select '{ROUND}', village_code, path, count(*) from households
    group by village_code, path
    on conflict (round_id, village_code) do nothing;

    insert into assignments (round_id, account_id, village_code, path)
    select distinct on (path) '{ROUND}', id, split_part(path, '.', 5), path from accounts
    where role = 'volunteer' and status = 'active' and path like '%.%.%.%.%.'
        and id not in (select account_id from assignments)
    order by path, id;
"""
ORDERS = f"""
    insert into appointment_orders (id, round_id, area_code, path, number, issued_on, made_by)
    select gen_random_uuid(), '{ROUND}', '4301', 'TH.43.4301.', n || '/2569',
        date '2026-11-01' - n % 300, '{world.OFFICER}'
    from generate_series(1, 2000) n;

    insert into appointed_people (order_id, place, name_th, name_key, account_id, matched_by)
    select o.id, row_number() over (partition by o.id order by a.id), a.name_th,
        translate(a.name_th, ' ', ''), case when a.n % 10 > 0 then a.id end,
        case when a.n % 10 > 0 then 'name' end
    from (select id, name_th, row_number() over (order by id) n from accounts
            where role = 'volunteer' and status = 'active') a
    join (select id, row_number() over (order by number) n from appointment_orders) o
        on o.n = a.n % 2000 + 1;
"""
LOG = f"""
    insert into audit_entries (at, actor_id, act, path, subject, after)
    select now() - n * interval '7 seconds', '{world.OFFICER}', 'person.approved',
        'TH.43.4301.4301' || 10 + n % 20 || '.', '{{}}', '{{"status": "active"}}'
    from generate_series(1, 1000000) n;

    insert into notices (path, area_code, roles, title_th, text_th, author_id)
    select 'TH.43.4301.', '4301', array['volunteer', 'officer'], 'ประกาศที่ ' || n,
        'ขอเชิญประชุม', '{world.OFFICER}' from generate_series(1, 5000) n;
"""


def add(connection: psycopg.Connection[Any]) -> None:
    """The work is there afterwards; nothing is added twice."""
    found = connection.execute("select count(*) from appointment_orders").fetchone()
    if found and found[0]:
        return
    for step in (WORK, ORDERS, LOG):
        connection.execute(step)
    connection.execute("vacuum analyze")
