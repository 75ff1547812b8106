"""Where the people of the office's benchmark are: all in one district, or over the country.

One district is the worst that could be; the country is what is: 76 provinces of eleven districts
and one of forty, as large as the largest there is, whose officers are those that are measured.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests import world
from tests.benchmarks.stage import PROVINCE

ROUND = world.ROUND
COUNTRY = """
    insert into areas (code, level, parent_code, path, name_th)
    select p::text, 'province', 'TH', 'TH.' || p || '.', 'จังหวัด ' || p
    from generate_series(10, 86) p where p <> 43;
    insert into areas (code, level, parent_code, path, name_th)
    select a.code || to_char(n, 'FM00'), 'district', a.code,
        a.path || a.code || to_char(n, 'FM00') || '.', 'อำเภอ ' || n
    from areas a, generate_series(1, case a.code when '43' then 40 else 11 end) n
    where a.level = 'province' on conflict (code) do nothing;
    insert into areas (code, level, parent_code, path, name_th)
    select a.code || n, 'subdistrict', a.code, a.path || a.code || n || '.', 'ตำบล ' || n
    from areas a, generate_series(10, 17) n where a.level = 'district';
    insert into areas (code, level, parent_code, path, name_th)
    select a.code || to_char(n, 'FM00'), 'village', a.code,
        a.path || a.code || to_char(n, 'FM00') || '.', 'บ้าน ' || n
    from areas a, generate_series(1, case when a.code like '43%' then 12 else 10 end) n
    where a.level = 'subdistrict' and right(a.code, 2) >= '10';
    insert into villages (code, subdistrict_code, moo, kind, point)
    select code, parent_code, right(code, 2)::integer, 'village', 'SRID=4326;POINT(102.7 17.85)'
    from areas where level = 'village' and code not in (select code from villages);
"""
ONE_IN_EACH_VILLAGE = f"""
    insert into assignments (round_id, account_id, village_code, path)
    select distinct on (path) '{ROUND}', id, split_part(path, '.', 5), path from accounts
    where role = 'volunteer' and status = 'active' and path like '%.%.%.%.%.'
        and id not in (select account_id from assignments)
    order by path, id;
"""
EVERYBODY = f"""
    insert into assignments (round_id, account_id, village_code, path)
    select '{ROUND}', id, split_part(path, '.', 5), path from accounts
    where role = 'volunteer' and status = 'active' and path like '%.%.%.%.%.'
        and id not in (select account_id from assignments);
"""
EACH_VILLAGES = f"""
    insert into households (id, round_id, village_code, path, house_number, head_name)
    select gen_random_uuid(), '{ROUND}', a.code, a.path, n::text, 'หัวหน้า ตัวอย่าง' || n
    from areas a, generate_series(1, 150) n
    where a.level = 'village' and a.code not in (select village_code from households);

    insert into village_progress (round_id, village_code, path, todo)
    select '{ROUND}', village_code, path, count(*) from households
    group by village_code, path
    on conflict (round_id, village_code) do nothing;
"""
HOUSEHOLDS = f"""
    insert into households (id, round_id, village_code, path, house_number, head_name)
    select gen_random_uuid(), '{ROUND}', a.code, a.path, n::text, 'หัวหน้า ตัวอย่าง' || n
    from areas a, generate_series(1, 150) n
    where a.level = 'village' and a.path like 'TH.43.4301.%'
        and a.code not in (select village_code from households);
"""
EVERYWHERE = f"""
    insert into village_progress (round_id, village_code, path, todo)
    select '{ROUND}', code, path, 150 from areas where level = 'village'
    on conflict (round_id, village_code) do nothing;
"""
NAMES = """
    with named as materialized (
        select id, name_th, {order_key} as of, row_number() over (order by id) as n
        from accounts where role = 'volunteer' and status = 'active'),
    orders as materialized (select id, {key} as key from appointment_orders)
    insert into appointed_people (order_id, place, name_th, name_key, account_id, matched_by)
    select o.id, row_number() over (partition by o.id order by a.id), a.name_th,
        translate(a.name_th, ' ', ''), case when a.n % 10 > 0 then a.id end,
        case when a.n % 10 > 0 then 'name' end
    from named a join orders o on o.key = a.of
"""
ORDERS = f"""
    insert into appointment_orders (id, round_id, area_code, path, number, issued_on, made_by)
    select gen_random_uuid(), '{ROUND}', code, path, n || '/2569', date '2026-11-01' - n % 300,
        '{world.OFFICER}' from areas, generate_series(1, {{each}}) n where {{where}};
    analyze appointment_orders;
"""
IN_ONE = ORDERS.format(each=2000, where="code = '4301'") + NAMES.format(
    order_key="(row_number() over (order by id)) % 2000 + 1",
    key="row_number() over (order by number)",
)
IN_EACH = ORDERS.format(each=1, where="level = 'district'") + NAMES.format(
    order_key="substring(path from '^(?:[^.]*[.]){3}')", key="path"
)


@dataclass(frozen=True)
class Spread:
    """Areas, households, assignments and appointment orders of one way to spread the people."""

    word: str
    name: str
    says: str
    areas: str
    households: str
    assignments: str
    orders: str


DISTRICT = Spread(
    "district",
    "office",
    "everybody in one district",
    PROVINCE,
    EACH_VILLAGES,
    ONE_IN_EACH_VILLAGE,
    IN_ONE,
)
LIFELIKE = Spread(
    "country",
    "office_country",
    "everybody over 887 districts, 10,900 in the largest province",
    COUNTRY,
    HOUSEHOLDS + EVERYWHERE,
    EVERYBODY,
    IN_EACH,
)
SPREADS = (DISTRICT, LIFELIKE)
