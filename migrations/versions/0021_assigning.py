"""Let officers give work out: who gave an assignment, who ended it and why.

An assignment is added and ended, never removed; officers do both inside their areas, for people they
may manage. What the work of a village looks like is asked of functions that apply the scope themselves.
"""

from alembic import op

revision = "0021_assigning"
down_revision = "0020_service_plan"
branch_labels = None
depends_on = None

COLUMNS = """
alter table assignments
    add column made_by uuid,
    add column ended_by uuid,
    add column end_reason text;
create unique index ix_assignments_live
    on assignments (round_id, account_id, village_code, household_id)
    nulls not distinct where ended_at is null;
"""

RIGHTS = """
create policy given on assignments for insert to jpt_app with check (
    jpt_role() = 'officer' and path ^@ any (jpt_areas())
    and made_by = jpt_person() and jpt_assignable(account_id));
create policy ended on assignments for update to jpt_app
    using (jpt_role() = 'officer' and path ^@ any (jpt_areas()))
    with check (jpt_role() = 'officer' and path ^@ any (jpt_areas()));
"""

FUNCTIONS = """
create function jpt_assignable(account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from accounts a where a.id = account and a.role = 'volunteer'
        and a.status = 'active' and jpt_role() = 'officer'
        and (jpt_manages(a.path, a.level) or a.path ^@ any (jpt_areas())))
$$;

create function jpt_village_work(round text, within text, after text, page integer)
returns table (code text, households bigint, todo bigint, done bigint, whole bigint, single bigint,
    names text[])
language sql stable security definer set search_path = public, pg_temp as $$
    select a.code, coalesce(p.todo + p.received + p.returned + p.accepted + p.custody + p.closed, 0),
        coalesce(p.todo, 0), coalesce(p.received + p.accepted + p.custody + p.closed, 0),
        w.whole, w.single, w.names
    from areas a
        left join village_progress p on p.round_id = round and p.village_code = a.code
        cross join lateral (
            select count(*) filter (where s.household_id is null) as whole,
                count(distinct s.household_id) as single,
                (array_agg(distinct b.name_th))[1:4] as names
            from assignments s join accounts b on b.id = s.account_id
            where s.village_code = a.code and s.round_id = round and s.ended_at is null) w
    where a.level = 'village' and a.is_active and a.path ^@ within and a.code > after
        and jpt_role() = 'officer' and within ^@ any (jpt_areas())
    order by a.code limit page
$$;
revoke all on function jpt_assignable(uuid), jpt_village_work(text, text, text, integer) from public;
grant execute on function jpt_assignable(uuid), jpt_village_work(text, text, text, integer) to jpt_app;
"""


def upgrade() -> None:
    for made in (COLUMNS, FUNCTIONS, RIGHTS):
        op.execute(made)


def downgrade() -> None:
    op.execute("""
        drop policy ended on assignments;
        drop policy given on assignments;
        drop function jpt_village_work(text, text, text, integer);
        drop function jpt_assignable(uuid);
        drop index ix_assignments_live;
        alter table assignments drop column end_reason, drop column ended_by, drop column made_by;
    """)
