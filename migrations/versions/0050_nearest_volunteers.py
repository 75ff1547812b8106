"""Find the volunteers nearest to a village by index, not by looking at everybody of the district."""

from alembic import op

revision = "0050_nearest_volunteers"
down_revision = "0049_desk_lists"
branch_labels = None
depends_on = None

NEAREST = """
create function jpt_nearest_volunteers(village text, most integer)
returns table (id uuid, name_th text, nearness integer, villages bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    at text := (select a.path from areas a where a.code = village);
    around text := substring(at from '^(?:[^.]*[.]){4}');
    district text := substring(at from '^(?:[^.]*[.]){3}');
begin
    if at is null or jpt_officer_around(at) is not true then
        return;
    end if;
    return query
    with near as (
        select s.account_id as who, 0 as far from assignments s
            where s.village_code = village and s.ended_at is null
        union all select o.account_id, 1 from offered_villages o where o.village_code = village
        union all (select a.id, 2 from accounts a where a.path = at
            and a.role = 'volunteer' and a.status = 'active' order by a.name_th limit most)
        union all (select a.id, 3 from accounts a where a.path ^@ around
            and a.role = 'volunteer' and a.status = 'active' order by a.name_th limit most)
        union all (select a.id, 4 from accounts a where a.path ^@ district
            and a.role = 'volunteer' and a.status = 'active' order by a.name_th limit most)
    ), best as (select n.who, min(n.far) as far from near n group by n.who)
    select a.id, a.name_th, least(b.far, 2), (select count(distinct s.village_code)
            from assignments s where s.account_id = a.id and s.ended_at is null)
    from best b join accounts a on a.id = b.who
    where a.role = 'volunteer' and a.status = 'active' and jpt_manages(a.path, a.level)
    order by b.far, a.name_th, a.id limit most;
end $$;
revoke all on function jpt_nearest_volunteers(text, integer) from public;
grant execute on function jpt_nearest_volunteers(text, integer) to jpt_app;
"""


def upgrade() -> None:
    op.execute(NEAREST)


def downgrade() -> None:
    op.execute("drop function jpt_nearest_volunteers(text, integer)")
