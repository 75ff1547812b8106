"""List volunteers for the export: one statement that applies the scope itself and can be streamed."""

from alembic import op

revision = "0027_volunteer_list"
down_revision = "0026_second_interview"
branch_labels = None
depends_on = None

LIST = """
create function jpt_volunteer_list(round text, within text)
returns table (account uuid, path text, name_th text, title_th text, username text, status text,
    home_village_code text, phone bytea, order_number text, order_issued date,
    villages text, households bigint, done bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    with live as (
        select s.account_id, s.village_code, s.household_id
        from assignments s where s.round_id = round and s.ended_at is null and s.path ^@ within),
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
$$;
revoke all on function jpt_volunteer_list(text, text) from public;
grant execute on function jpt_volunteer_list(text, text) to jpt_app;
"""


def upgrade() -> None:
    op.execute(LIST)


def downgrade() -> None:
    op.execute("drop function jpt_volunteer_list(text, text)")
