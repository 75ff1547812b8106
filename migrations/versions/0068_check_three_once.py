"""Read the people of check 3 once: its counts and the first of each of its lists came by four passes.

A province's page took most of its time to find the same volunteers again for every list.
"""

from alembic import op

revision = "0068_check_three_once"
down_revision = "0067_findings_once"
branch_labels = None
depends_on = None

CHECK = """
create function jpt_standing_check(round text, within text, page integer)
returns table (which text, people bigint, account uuid, name_th text, path text, villages bigint)
language plpgsql stable security definer set search_path = public, pg_temp set jit = off as $$
declare
    asked constant text := round || ' ' || within;
    beyond constant text := left(within, -1) || '/';
begin
    if jpt_officer_around(within) is not true then
        return;
    end if;
    return query
    with here as materialized (
        select s.account_id, s.path, s.home_path ^@ within as local,
            (asked ^@ any (s.order_paths)
                or exists (select from unnest(s.order_paths) o where o ^@ asked)) as appointed
        from (select b.account_id, b.path, b.home_path, b.order_paths from volunteer_standings b
                where b.is_working and b.path ~>=~ within and b.path ~<~ beyond
            union all
            select t.account_id, t.path, t.home_path, t.order_paths
            from (select g.account_id from assignments g where g.ended_at is null
                    and g.round_id = round and g.path ~>=~ within and g.path ~<~ beyond
                except select b.account_id from volunteer_standings b
                where b.is_working and b.path ~>=~ within and b.path ~<~ beyond) g
                cross join lateral (select v.* from volunteer_standings v
                    where v.account_id = g.account_id limit 1) t
            where t.is_working and not t.path ^@ within) s),
    counted as (
        select count(*) as volunteers, count(*) filter (where h.appointed) as appointed,
            count(*) filter (where h.local) as local,
            count(*) filter (where not h.local) as not_local,
            count(*) filter (where h.local is null) as home_unknown,
            count(*) filter (where not h.appointed) as without_order
        from here h),
    listed as (
        (select 'without_order' as which, h.account_id, h.path from here h
            where not h.appointed order by h.path using ~<~, h.account_id limit page)
        union all
        (select 'not_local', h.account_id, h.path from here h
            where not h.local order by h.path using ~<~, h.account_id limit page)
        union all
        (select 'home_unknown', h.account_id, h.path from here h
            where h.local is null order by h.path using ~<~, h.account_id limit page))
    select t.which, t.people, null::uuid, null, null, null::bigint
    from counted c cross join lateral (values ('volunteers', c.volunteers),
        ('appointed', c.appointed), ('local', c.local), ('not_local', c.not_local),
        ('home_unknown', c.home_unknown), ('without_order', c.without_order)) t (which, people)
    union all
    select l.which, null, l.account_id, a.name_th, l.path, (select count(distinct g.village_code)
        from assignments g where g.account_id = l.account_id and g.ended_at is null
            and g.round_id = round and g.path ^@ within)
    from listed l join accounts a on a.id = l.account_id
    order by 1, 5 using ~<~, 3;
end $$;
drop function jpt_standing_counts(text, text);
"""


def upgrade() -> None:
    op.execute(CHECK)
    op.execute("revoke all on function jpt_standing_check(text, text, integer) from public")
    op.execute("grant execute on function jpt_standing_check(text, text, integer) to jpt_app")


def downgrade() -> None:
    raise RuntimeError("cannot be taken back: the application would ask for what is no more")
