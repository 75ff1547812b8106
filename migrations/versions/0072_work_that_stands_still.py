"""Say in the list of villages where somebody has work who may not work: nobody is doing it.

Who is suspended keeps the work until it is handed over; the list showed it as in good hands.
"""

from alembic import op

revision = "0072_work_that_stands_still"
down_revision = "0071_askers_by_name"
branch_labels = None
depends_on = None

WORK = """
drop function jpt_village_work(text, text, text, integer);
create function jpt_village_work(round text, within text, after text, page integer)
returns table (code text, households bigint, todo bigint, done bigint, whole bigint, single bigint,
    names text[]{columns})
language sql stable security definer set search_path = public, pg_temp as $$
    select a.code, coalesce(p.todo + p.received + p.returned + p.accepted + p.custody + p.closed, 0),
        coalesce(p.todo, 0), coalesce(p.received + p.accepted + p.custody + p.closed, 0),
        w.whole, w.single, w.names{shown}
    from areas a
        left join village_progress p on p.round_id = round and p.village_code = a.code
        cross join lateral (
            select count(*) filter (where s.household_id is null) as whole,
                count(distinct s.household_id) as single,
                (array_agg(distinct b.name_th))[1:4] as names{counted}
            from assignments s join accounts b on b.id = s.account_id
            where s.village_code = a.code and s.round_id = round and s.ended_at is null) w
    where a.level = 'village' and a.is_active and a.path ^@ within and a.code > after
        and jpt_role() = 'officer' and within ^@ any (jpt_areas())
    order by a.code limit page
$$;
revoke all on function jpt_village_work(text, text, text, integer) from public;
grant execute on function jpt_village_work(text, text, text, integer) to jpt_app;
"""
COUNTED = """,
                count(distinct b.id) filter (where b.status <> 'active') as stopped"""


def upgrade() -> None:
    op.execute(WORK.format(columns=", stopped bigint", shown=", w.stopped", counted=COUNTED))


def downgrade() -> None:
    op.execute(WORK.format(columns="", shown="", counted=""))
