"""Show an area's volunteers page by page, also beyond five hundred of them.

A list that ended at 500 said nothing of the others, and was slow to draw. Who comes after is asked
by what was left to do and by account, so that no name stands in an address.
"""

from alembic import op

revision = "0058_progress_by_pages"
down_revision = "0057_volunteer_standings"
branch_labels = None
depends_on = None

STATES = ("todo", "received", "returned", "accepted", "custody", "closed")
VOLUNTEERS = """
create function jpt_progress_volunteers({given})
returns table (id uuid, name_th text, villages bigint, is_shared boolean, todo bigint,
    received bigint, returned bigint, accepted bigint, custody bigint, closed bigint, people bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    with asked as (
        select within as path from unnest(jpt_areas()) s where jpt_reviews() and within ^@ s
        limit 1
    ), given as (
        select s.account_id, s.village_code, s.household_id, s.round_id
        from asked a cross join lateral (
            select g.* from assignments g
            where g.path ~>=~ a.path and g.path ~<~ (left(a.path, -1) || '/')
                and g.ended_at is null
            order by g.path using ~<~ limit 100000) s
        union all
        select s.account_id, s.village_code, s.household_id, s.round_id from assignments s
        where jpt_role() = 'volunteer' and s.account_id = jpt_account() and s.ended_at is null
    ), now_given as (
        select distinct g.account_id, g.village_code, g.household_id, g.round_id from given g
        where g.round_id = (select r.id from rounds r where r.is_current)
    ), whole as (
        select g.account_id, g.village_code, g.round_id,
            count(*) over (partition by g.village_code) > 1 as is_shared
        from now_given g where g.household_id is null
    ), single as (
        select g.account_id, g.village_code, g.household_id from now_given g
        where g.household_id is not null and not exists (
            select from whole w
            where w.account_id = g.account_id and w.village_code = g.village_code)
    ), counted (account_id, village_code, is_shared, {states}, people) as (
        select w.account_id, w.village_code, w.is_shared, {of_village}, p.people
        from whole w cross join lateral (
            select v.* from village_progress v
            where v.round_id = w.round_id and v.village_code = w.village_code limit 1) p
        union all
        select x.account_id, x.village_code, false, {of_household}, coalesce(i.people, 0)
        from single x
            cross join lateral (
                select o.* from households o where o.id = x.household_id limit 1) h
            left join lateral (
                select v.people from interviews v where v.id = h.interview_id limit 1) i on true
    )
    select c.account_id, a.name_th, count(distinct c.village_code), bool_or(c.is_shared),
        {sums}
    from counted c cross join lateral (
        select n.name_th from accounts n where n.id = c.account_id limit 1) a
    group by c.account_id, a.name_th{having}
    order by sum(c.todo) desc, a.name_th, c.account_id limit most
$$;
revoke all on function jpt_progress_volunteers({types}) from public;
grant execute on function jpt_progress_volunteers({types}) to jpt_app;
"""
LATER = """
    having after_id is null or sum(c.todo) < after_todo or sum(c.todo) = after_todo
        and (a.name_th, c.account_id) > (select n.name_th, n.id from accounts n where n.id = after_id)"""
COLUMNS = {
    "states": ", ".join(STATES),
    "of_village": ", ".join(f"p.{one}" for one in STATES),
    "of_household": ", ".join(f"(h.state = '{one}')::integer" for one in STATES),
    "sums": ", ".join(f"sum(c.{one})::bigint" for one in (*STATES, "people")),
}
FORMER = {"given": "within text, most integer", "types": "text, integer", "having": ""}
NOW = {
    "given": "within text, most integer, after_todo bigint, after_id uuid",
    "types": "text, integer, bigint, uuid",
    "having": LATER,
}


def upgrade() -> None:
    op.execute(f"drop function jpt_progress_volunteers({FORMER['types']})")
    op.execute(VOLUNTEERS.format(**COLUMNS, **NOW))


def downgrade() -> None:
    op.execute(f"drop function jpt_progress_volunteers({NOW['types']})")
    op.execute(VOLUNTEERS.format(**COLUMNS, **FORMER))
