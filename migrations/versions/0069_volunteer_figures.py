"""Count in the list of volunteers as progress does: a household once, and only what stands.

Who had a whole village and single households of it had those twice. An interview that another has
taken the place of is counted nowhere, and one in custody is not done yet.
"""

from alembic import op

revision = "0069_volunteer_figures"
down_revision = "0068_check_three_once"
branch_labels = None
depends_on = None

HEAD = """
create or replace function jpt_volunteer_list(round text, within text)
returns table (account uuid, path text, name_th text, title_th text, username text, status text,
    home_village_code text, phone bytea, order_number text, order_issued date,
    villages text, households bigint, done bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    with live as (
        select s.account_id, s.village_code, s.household_id
        from assignments s where s.round_id = round and s.ended_at is null and s.path ^@ within),
"""
TAIL = """
    select a.id, a.path, a.name_th, d.title_th, a.username, a.status, d.home_village_code, d.phone,
        o.number, o.issued_on, h.villages, coalesce(h.households, 0), coalesce(s.done, 0)
    from accounts a
        left join person_details d on d.account_id = a.id
        left join held h on h.account_id = a.id
        left join sent s on s.author_id = a.id
        left join lateral (
            select o.number, o.issued_on
            from appointed_people p join appointment_orders o on o.id = p.order_id
            where p.account_id = a.id and o.round_id = round and o.withdrawn_at is null
            order by o.issued_on desc, o.id limit 1) o on true
    where a.role = 'volunteer' and a.status in ('active', 'suspended') and a.path ^@ within
        and jpt_manages(a.path, a.level) and within ^@ any (jpt_areas())
    order by a.path, a.name_th, a.id
$$
"""
NOW = """
    given as (
        select l.account_id, l.village_code, bool_or(l.household_id is null) as has_whole,
            count(l.household_id) as single
        from live l group by l.account_id, l.village_code),
    held as (
        select g.account_id, string_agg(v.name_th, ', ' order by v.name_th) as villages,
            sum(case when g.has_whole then coalesce(p.todo + p.received + p.returned + p.accepted
                + p.custody + p.closed, 0) else g.single end)::bigint as households
        from given g join areas v on v.code = g.village_code
            left join village_progress p on p.round_id = round and p.village_code = g.village_code
        group by g.account_id),
    sent as (
        select i.author_id, count(*) as done from interviews i
        where i.round_id = round and i.path ^@ within and i.state in ('received', 'accepted')
        group by i.author_id)
"""
BEFORE = """
    held as (
        select l.account_id, string_agg(distinct v.name_th, ', ' order by v.name_th) as villages,
            coalesce(sum(p.todo + p.received + p.returned + p.accepted + p.custody + p.closed)
                filter (where l.household_id is null), 0) + count(l.household_id) as households
        from live l join areas v on v.code = l.village_code
            left join village_progress p on l.household_id is null
                and p.round_id = round and p.village_code = l.village_code
        group by l.account_id),
    sent as (
        select i.author_id, count(*) as done from interviews i
        where i.round_id = round and i.path ^@ within and i.state <> 'returned'
        group by i.author_id)
"""


def upgrade() -> None:
    op.execute(HEAD + NOW + TAIL)


def downgrade() -> None:
    op.execute(HEAD + BEFORE + TAIL)
